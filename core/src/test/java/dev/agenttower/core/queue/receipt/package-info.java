/** Tests of receipts. */
@NullMarked
package dev.agenttower.core.queue.receipt;

import org.jspecify.annotations.NullMarked;
