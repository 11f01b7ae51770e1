/** The tables of the prompt queue: messages, the kill switch, and what waits for the audit trail. */
@NullMarked
package dev.agenttower.sqlite.queue;

import org.jspecify.annotations.NullMarked;
