/** The examples of the documents, compiled and run. */
@NullMarked
package dev.agenttower.contract.docs;

import org.jspecify.annotations.NullMarked;
