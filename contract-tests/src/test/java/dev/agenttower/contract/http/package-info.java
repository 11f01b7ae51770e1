/** The HTTP socket of the real daemon. */
@NullMarked
package dev.agenttower.contract.http;

import org.jspecify.annotations.NullMarked;
