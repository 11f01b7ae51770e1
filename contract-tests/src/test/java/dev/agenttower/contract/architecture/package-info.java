/** The rules that the whole code base keeps, as sentences with their reasons. */
@NullMarked
package dev.agenttower.contract.architecture;

import org.jspecify.annotations.NullMarked;
