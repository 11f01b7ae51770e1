/**
 * Keyset paging: a sort, a position, a page.
 */
@NullMarked
package dev.agenttower.core.page;

import org.jspecify.annotations.NullMarked;
