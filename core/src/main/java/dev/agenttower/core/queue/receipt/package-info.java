/** Whether typed messages were read: {@link dev.agenttower.core.queue.receipt.Receipts}. */
@NullMarked
package dev.agenttower.core.queue.receipt;

import org.jspecify.annotations.NullMarked;
