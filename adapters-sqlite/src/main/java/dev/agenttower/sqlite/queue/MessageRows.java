package dev.agenttower.sqlite.queue;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.queue.MessageStore.KeyedMessage;
import dev.agenttower.core.queue.RoutingSwitch;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.Excerpt;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.MessageSource;
import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.OperatorAction;
import dev.agenttower.core.queue.message.OperatorDecision;
import dev.agenttower.core.queue.message.Origin;
import dev.agenttower.core.queue.message.Participant;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.RequestKey;
import dev.agenttower.core.queue.message.SendOptions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads messages and the kill switch. */
final class MessageRows {
    /** Selects messages, as the alias {@code m}. */
    static final String SELECT =
            "SELECT m.message_id, m.state, m.block_reason, m.failure_reason, h.reason AS hold_reason,"
                    + " m.sender_agent_id, m.sender_label, m.sender_role, m.sender_capability, m.target_agent_id,"
                    + " m.target_label, m.target_role, m.target_capability, m.target_container_id, m.target_pane_id,"
                    + " m.envelope_body, m.envelope_body_sha256, m.envelope_size_bytes, m.enqueued_at,"
                    + " m.delivery_attempt_started_at, m.delivered_at, m.failed_at, m.canceled_at, m.last_updated_at,"
                    + " m.operator_action, m.operator_action_at, m.operator_action_by, m.origin, m.route_id, m.event_id,"
                    + " o.send_when, o.digest, o.command FROM message_queue AS m"
                    + " LEFT JOIN message_holds AS h ON h.message_id = m.message_id"
                    + " LEFT JOIN message_options AS o ON o.message_id = m.message_id";

    private static final String KEYED =
            "SELECT message_id, state, block_reason, target_id, request_sha256 FROM request_keys"
                    + " WHERE scope = :scope AND request_key = :key";

    private MessageRows() {}

    static Optional<QueuedMessage> find(Handle handle, String messageId) {
        return handle.select(SELECT + " WHERE m.message_id = :id")
                .bind("id", messageId)
                .map((row, context) -> message(row))
                .findFirst();
    }

    static List<QueuedMessage> inFlight(Handle handle) {
        return handle.select(SELECT + " WHERE m.delivery_attempt_started_at IS NOT NULL AND m.delivered_at IS NULL"
                        + " AND m.failed_at IS NULL AND m.canceled_at IS NULL ORDER BY m.enqueued_at, m.message_id")
                .map((row, context) -> message(row))
                .list();
    }

    static RoutingSwitch routing(Handle handle) {
        return handle.select("SELECT value, last_updated_at, last_updated_by FROM daemon_state"
                        + " WHERE key = 'routing_enabled'")
                .map((row, context) -> new RoutingSwitch(
                        row.getString("value").equals("enabled"),
                        row.getString("last_updated_at"),
                        row.getString("last_updated_by")))
                .findFirst()
                .orElse(new RoutingSwitch(false, "", ""));
    }

    static Optional<KeyedMessage> sentWith(Handle handle, RequestKey key) {
        return handle.select(KEYED)
                .bindMethods(key)
                .map((row, context) -> new KeyedMessage(
                        row.getString("message_id"),
                        word(MessageState.class, "state", row.getString("state")),
                        wordOrNull(BlockReason.class, "block_reason", row.getString("block_reason")),
                        row.getString("target_id"),
                        row.getString("request_sha256")))
                .findFirst();
    }

    static QueuedMessage message(ResultSet row) throws SQLException {
        byte[] body = row.getBytes("envelope_body");
        return new QueuedMessage(
                row.getString("message_id"),
                participant(row, "sender"),
                participant(row, "target"),
                new ContainerId(row.getString("target_container_id")),
                row.getString("target_pane_id"),
                row.getString("envelope_body_sha256"),
                row.getInt("envelope_size_bytes"),
                row.getString("enqueued_at"),
                source(row),
                options(row),
                body == null ? "" : Excerpt.of(body),
                progress(row));
    }

    private static Participant participant(ResultSet row, String who) throws SQLException {
        return new Participant(
                row.getString(who + "_agent_id"),
                row.getString(who + "_label"),
                row.getString(who + "_role"),
                row.getString(who + "_capability"));
    }

    private static MessageSource source(ResultSet row) throws SQLException {
        long event = row.getLong("event_id");
        return new MessageSource(
                word(Origin.class, "origin", row.getString("origin")),
                row.getString("route_id"),
                row.wasNull() ? null : event);
    }

    private static SendOptions options(ResultSet row) throws SQLException {
        return new SendOptions(
                wordOrNull(SendOptions.When.class, "send_when", row.getString("send_when")),
                row.getBoolean("digest"),
                row.getBoolean("command"));
    }

    private static MessageProgress progress(ResultSet row) throws SQLException {
        return new MessageProgress(
                word(MessageState.class, "state", row.getString("state")),
                wordOrNull(BlockReason.class, "block_reason", row.getString("block_reason")),
                wordOrNull(FailureReason.class, "failure_reason", row.getString("failure_reason")),
                wordOrNull(HoldReason.class, "reason", row.getString("hold_reason")),
                row.getString("delivery_attempt_started_at"),
                row.getString("delivered_at"),
                row.getString("failed_at"),
                row.getString("canceled_at"),
                row.getString("last_updated_at"),
                decision(row));
    }

    private static @Nullable OperatorDecision decision(ResultSet row) throws SQLException {
        @Nullable String action = row.getString("operator_action");
        return action == null
                ? null
                : new OperatorDecision(
                        word(OperatorAction.class, "operator_action", action),
                        row.getString("operator_action_at"),
                        row.getString("operator_action_by"));
    }

    private static <E extends Enum<E>> @Nullable E wordOrNull(Class<E> words, String column, @Nullable String stored) {
        return stored == null ? null : word(words, column, stored);
    }

    /** The constant of a stored name, which is the constant in lower case. */
    static <E extends Enum<E>> E word(Class<E> words, String column, String stored) {
        Supplier<StorageException> unknown = () -> new StorageException(
                "cannot read the database: " + column + " of a message is \"" + stored + "\"",
                new IllegalArgumentException(stored));
        return Optional.of(stored.toUpperCase(Locale.ROOT))
                .flatMap(name -> Arrays.stream(words.getEnumConstants())
                        .filter(word -> word.name().equals(name))
                        .findFirst())
                .orElseThrow(unknown);
    }
}
