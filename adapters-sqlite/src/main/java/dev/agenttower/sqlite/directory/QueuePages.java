package dev.agenttower.sqlite.directory;

import dev.agenttower.core.directory.QueueView;
import dev.agenttower.core.queue.message.MessageState;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list of messages. */
final class QueuePages extends Pages<QueueView> {
    // Must equal the expression of an index in queue.sql, which is not used otherwise.
    private static final String PRIORITY =
            "CASE m.state WHEN 'queued' THEN 1 WHEN 'blocked' THEN 2 WHEN 'failed' THEN 3"
                    + " WHEN 'delivered' THEN 4 WHEN 'canceled' THEN 5 ELSE 99 END";
    private static final long PRIORITY_OF_OTHERS = 99;

    QueuePages() {
        super(
                QueueView.LIST,
                "message_queue AS m",
                Map.ofEntries(
                        Map.entry("message_id", "m.message_id"),
                        Map.entry("state", "m.state"),
                        Map.entry("state_priority", PRIORITY),
                        Map.entry("block_reason", "m.block_reason"),
                        Map.entry("failure_reason", "m.failure_reason"),
                        Map.entry("sender_agent_id", "m.sender_agent_id"),
                        Map.entry("target_agent_id", "m.target_agent_id"),
                        Map.entry("payload_preview", "CAST(m.envelope_body AS TEXT)"),
                        Map.entry("enqueued_at", "m.enqueued_at"),
                        Map.entry("last_updated_at", "m.last_updated_at")));
    }

    @Override
    @Nullable Object leadingValue(Map<String, Object> filters) {
        return filters.get("state") instanceof String state
                ? MessageState.parse(state)
                        .map(known -> (long) known.priority())
                        .orElse(PRIORITY_OF_OTHERS)
                : null;
    }
}
