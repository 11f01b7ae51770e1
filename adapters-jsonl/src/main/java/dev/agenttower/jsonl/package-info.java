/**
 * The audit trail as a file of JSON lines. Starts at {@link dev.agenttower.jsonl.JsonlAuditLog}; knows nothing of what the records mean.
 */
@NullMarked
package dev.agenttower.jsonl;

import org.jspecify.annotations.NullMarked;
