/**
 * Lists: what a list is ({@link dev.agenttower.core.page.ListDefinition}), and one page of it, which begins after the row that the page before it ended with.
 */
@NullMarked
package dev.agenttower.core.page;

import org.jspecify.annotations.NullMarked;
