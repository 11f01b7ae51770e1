/**
 * Lists: the definition of a list ({@link dev.agenttower.core.page.ListDefinition}) and its pages, each of which begins after the last row of
 * the one before.
 */
@NullMarked
package dev.agenttower.core.page;

import org.jspecify.annotations.NullMarked;
