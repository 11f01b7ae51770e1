/**
 * The audit trail as a file of JSON lines. Entry type: {@link dev.agenttower.jsonl.JsonlAuditLog}. Independent of the records' meaning.
 */
@NullMarked
package dev.agenttower.jsonl;

import org.jspecify.annotations.NullMarked;
