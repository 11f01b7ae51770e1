package dev.agenttower.sqlite.queue;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.TmuxServer;
import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.queue.MessageStore.KeyedMessage;
import dev.agenttower.core.queue.MessageStore.Typed;
import dev.agenttower.core.queue.MessageStore.Unread;
import dev.agenttower.core.queue.QueueAuditEntry;
import dev.agenttower.core.queue.RoutingSwitch;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.PromptBody;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.RequestKey;
import dev.agenttower.core.queue.message.SendOptions;
import dev.agenttower.sqlite.agent.SqliteAgentStore;
import dev.agenttower.sqlite.pane.PaneRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** The operations on messages within one transaction. */
public final class MessageWrites implements MessageStore.Writes {
    private static final String INSERT = """
            INSERT INTO message_queue (message_id, state, block_reason, sender_agent_id, sender_label, sender_role,
                sender_capability, target_agent_id, target_label, target_role, target_capability,
                target_container_id, target_pane_id, envelope_body, envelope_body_sha256, envelope_size_bytes,
                enqueued_at, delivery_attempt_started_at, last_updated_at, origin, route_id, event_id)
            VALUES (:messageId, :state.wire, :progress.blockReason?.wire, :sender.agentId, :sender.label,
                :sender.role, :sender.capability, :target.agentId, :target.label, :target.role, :target.capability,
                :targetContainer.value, :targetPaneId, :body, :bodySha256, :envelopeSize, :enqueuedAt,
                :progress.attemptStartedAt, :progress.lastUpdatedAt, :source.origin.wire, :source.routeId, :source.eventId)""";
    // Reasons, stamps and decisions change with the state only, so the state and the attempt tell whether somebody else
    // changed the row.
    private static final String REPLACE = """
            UPDATE message_queue SET state = :state.wire, block_reason = :blockReason?.wire,
                failure_reason = :failureReason?.wire, delivery_attempt_started_at = :attemptStartedAt,
                delivered_at = :deliveredAt, failed_at = :failedAt, canceled_at = :canceledAt,
                last_updated_at = :lastUpdatedAt, operator_action = :decision?.action?.wire,
                operator_action_at = :decision?.at, operator_action_by = :decision?.by
            WHERE message_id = :messageId AND state = :fromState
                AND delivery_attempt_started_at IS :fromAttempt""";
    private static final String TYPING_TARGET =
            "SELECT a.capability, p.container_id, p.tmux_socket_path, p.tmux_session_name,"
                    + " p.tmux_window_index, p.tmux_pane_index, p.tmux_pane_id, p.container_name, p.container_user, p.pane_pid,"
                    + " c.config_user, i.server_pid, i.server_started, g.program FROM agents AS a JOIN panes AS p ON "
                    + PaneRows.sameKey("p", "a") + " LEFT JOIN containers AS c ON c.container_id = p.container_id"
                    + " LEFT JOIN pane_identities AS i ON " + PaneRows.sameKey("i", "p")
                    + " LEFT JOIN agent_programs AS g ON g.agent_id = a.agent_id WHERE a.agent_id = :id AND p.active = 1";

    private static final String KEEP_PANE = "INSERT OR IGNORE INTO message_panes (message_id, pane_pid)"
            + " SELECT m.message_id, p.pane_pid FROM message_queue AS m JOIN agents AS a ON a.agent_id = m.target_agent_id"
            + " JOIN panes AS p ON " + PaneRows.sameKey("p", "a") + " WHERE m.message_id = ? AND p.active = 1";

    private static final String UNREAD = MessageRows.SELECT + "\n" + """
            WHERE m.target_agent_id = ? AND m.state IN ('queued', 'delivered')
                AND m.delivery_attempt_started_at IS NOT NULL
                AND (o.typed_with IS NULL OR o.typed_with = m.message_id)
                AND NOT EXISTS (SELECT 1 FROM message_receipts AS r WHERE r.message_id = m.message_id)
            ORDER BY m.enqueued_at DESC, m.message_id DESC LIMIT ?""";
    private static final String TYPED_WITH = MessageRows.SELECT + "\n" + """
            WHERE o.typed_with = ? AND m.state IN ('queued', 'delivered') AND m.delivery_attempt_started_at IS NOT NULL
            ORDER BY m.enqueued_at, m.message_id""";
    private static final String WAITING = MessageRows.SELECT + "\n" + """
            WHERE m.state = 'queued' AND m.delivery_attempt_started_at IS NULL AND m.target_container_id = ?
                AND m.target_pane_id = ? AND o.send_when IS NOT 'now' ORDER BY m.enqueued_at, m.message_id LIMIT ?""";
    private static final String ANSWERED = """
            UPDATE message_receipts SET answered_at = ?, answer = ? WHERE answered_at IS NULL
                AND message_id IN (SELECT message_id FROM message_queue WHERE target_agent_id = ?) RETURNING message_id""";

    private final Handle handle;

    /** In the transaction of this handle. */
    public MessageWrites(Handle handle) {
        this.handle = handle;
    }

    @Override
    public Optional<QueuedMessage> find(String messageId) {
        return MessageRows.find(handle, messageId);
    }

    @Override
    public List<QueuedMessage> inFlight() {
        return MessageRows.inFlight(handle);
    }

    @Override
    public RoutingSwitch routing() {
        return MessageRows.routing(handle);
    }

    @Override
    public Optional<Agent> agent(AgentId id) {
        return handle.select("SELECT " + SqliteAgentStore.COLUMNS + " FROM agents AS a WHERE a.agent_id = :id")
                .bind("id", id.value())
                .map((row, context) -> SqliteAgentStore.agent(row))
                .findFirst();
    }

    @Override
    public boolean isContainerActive(ContainerId container) {
        return exists("SELECT 1 FROM containers WHERE active = 1 AND container_id = ?", container.value());
    }

    @Override
    public boolean isPaneActive(ContainerId container, String paneId) {
        return exists(
                "SELECT 1 FROM panes WHERE active = 1 AND container_id = ? AND tmux_pane_id = ?",
                container.value(),
                paneId);
    }

    private boolean exists(String sql, Object... values) {
        return handle.select(sql, values).mapTo(Integer.class).findFirst().isPresent();
    }

    @Override
    public Optional<TypingTarget> typingTarget(AgentId id) {
        return handle.select(TYPING_TARGET)
                .bind("id", id.value())
                .map((row, context) -> {
                    long server = row.getLong("server_pid");
                    @Nullable TmuxServer run = row.wasNull() ? null : new TmuxServer(server, row.getLong("server_started"));
                    return new TypingTarget(
                            BenchTarget.of(
                                    new ContainerId(row.getString("container_id")),
                                    row.getString("container_name"),
                                    Objects.requireNonNullElse(row.getString("container_user"), ""),
                                    row.getString("config_user")),
                            PaneRows.key(row),
                            run,
                            row.getLong("pane_pid"),
                            row.getString("program"),
                            SqliteAgentStore.capability(row));
                })
                .findFirst();
    }

    @Override
    public PromptBody body(String messageId) {
        return handle.select("SELECT envelope_body FROM message_queue WHERE message_id = ?", messageId)
                .map((row, context) -> PromptBody.stored(row.getBytes("envelope_body")))
                .findFirst()
                .orElseThrow(() -> new StorageException(
                        "cannot read the database: no message " + messageId, new IllegalStateException("missing")));
    }

    @Override
    public boolean isWaitedFor(ContainerId container, String paneId, boolean now) {
        return exists(
                "SELECT 1 FROM message_queue AS m WHERE state = 'queued' AND delivery_attempt_started_at IS NULL"
                        + " AND target_container_id = ? AND target_pane_id = ?"
                        + (now
                                ? " AND EXISTS (SELECT 1 FROM message_options AS o WHERE o.message_id = m.message_id"
                                        + " AND o.send_when = 'now')"
                                : ""),
                container.value(),
                paneId);
    }

    @Override
    public List<QueuedMessage> waiting(ContainerId container, String paneId, int limit) {
        return handle.select(WAITING, container.value(), paneId, limit)
                .map((row, context) -> MessageRows.message(row))
                .list();
    }

    @Override
    public void join(List<String> messageIds) {
        handle.execute(
                "UPDATE message_options SET typed_with = ? WHERE message_id IN (SELECT value FROM json_each(?))",
                messageIds.get(0),
                JsonForm.line(messageIds));
    }

    @Override
    public @Nullable String lastEnqueuedAt(String targetId) {
        return handle.select("SELECT MAX(enqueued_at) AS latest FROM message_queue WHERE target_agent_id = ?", targetId)
                .map((row, context) -> Optional.ofNullable(row.getString("latest")))
                .one()
                .orElse(null);
    }

    @Override
    public void insert(QueuedMessage message, PromptBody body) {
        handle.createUpdate(INSERT)
                .bindMethods(message)
                .bind("body", body.bytes())
                .execute();
        if (!message.options().equals(SendOptions.NONE)) {
            handle.createUpdate("INSERT INTO message_options (message_id, send_when, digest, command)"
                            + " VALUES (:messageId, :options.when?.wire, :options.digest, :options.command)")
                    .bindMethods(message)
                    .execute();
        }
        if (message.progress().isWaiting()) {
            handle.execute(KEEP_PANE, message.messageId());
        }
    }

    @Override
    public OptionalLong paneProcess(String messageId) {
        return handle.select("SELECT pane_pid FROM message_panes WHERE message_id = ?", messageId)
                .mapTo(Long.class)
                .findFirst()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    @Override
    public boolean replace(String messageId, MessageProgress before, MessageProgress after) {
        Update update = handle.createUpdate(REPLACE)
                .bindMethods(after)
                .bind("messageId", messageId)
                .bind("fromState", before.state().wire())
                .bind("fromAttempt", before.attemptStartedAt());
        if (update.execute() == 0) {
            return false;
        }
        if (after.isWaiting()) {
            handle.execute(KEEP_PANE, messageId);
        } else if (after.state() != MessageState.QUEUED) {
            handle.execute("DELETE FROM message_panes WHERE message_id = ?", messageId);
        }
        @Nullable HoldReason hold = after.holdReason();
        if (hold != before.holdReason()) {
            if (hold == null) {
                handle.execute("DELETE FROM message_holds WHERE message_id = ?", messageId);
            } else {
                handle.execute(
                        "INSERT OR REPLACE INTO message_holds (message_id, reason) VALUES (?, ?)",
                        messageId,
                        hold.wire());
            }
        }
        return true;
    }

    @Override
    public List<Unread> unread(AgentId target) {
        List<Unread> unread = new ArrayList<>();
        // Newest first, so that the limit keeps those.
        for (Typed first : typed(UNREAD, target.value(), MessageStore.MOST_UNREAD)) {
            List<Typed> together = first.message().options().digest()
                    ? typed(TYPED_WITH, first.message().messageId())
                    : List.of();
            unread.add(0, new Unread(together.isEmpty() ? List.of(first) : together));
        }
        return unread;
    }

    private List<Typed> typed(String sql, Object... values) {
        return handle.select(sql, values)
                .map((row, context) ->
                        new Typed(MessageRows.message(row), PromptBody.stored(row.getBytes("envelope_body"))))
                .list();
    }

    @Override
    public void received(String messageId, String at) {
        handle.execute("INSERT INTO message_receipts (message_id, received_at) VALUES (?, ?)", messageId, at);
        handle.execute("DELETE FROM message_misses WHERE message_id = ?", messageId);
    }

    @Override
    public boolean missed(String messageId, String at) {
        return handle.execute(
                        "INSERT OR IGNORE INTO message_misses (message_id, missed_at) SELECT ?, ? WHERE NOT EXISTS"
                                + " (SELECT 1 FROM message_receipts WHERE message_id = ?)",
                        messageId,
                        at,
                        messageId)
                > 0;
    }

    @Override
    public List<String> answered(AgentId target, String at, String answer) {
        return handle.select(ANSWERED, at, answer, target.value())
                .mapTo(String.class)
                .list();
    }

    @Override
    public void audit(QueueAuditEntry entry) {
        handle.execute(
                "INSERT INTO events (event_type, agent_id, observed_at, excerpt) VALUES (?, ?, ?, ?)",
                entry.type().wire(),
                entry.agentId(),
                entry.observedAt(),
                entry.excerpt());
        handle.createUpdate(
                        "INSERT INTO unwritten_audits (event_id, message_id, from_state, to_state, reason, operator)"
                                + " VALUES (last_insert_rowid(), :messageId, :from, :to, :reason, :operator)")
                .bindMethods(entry)
                .execute();
    }

    @Override
    public void written(Collection<Long> eventIds) {
        String ids = eventIds.toString(); // an array in JSON, too
        handle.execute(
                "UPDATE events SET jsonl_appended_at = observed_at WHERE event_id IN (SELECT value FROM json_each(?))",
                ids);
        handle.execute("DELETE FROM unwritten_audits WHERE event_id IN (SELECT value FROM json_each(?))", ids);
    }

    @Override
    public void setRouting(RoutingSwitch routing) {
        handle.createUpdate("INSERT OR REPLACE INTO daemon_state (key, value, last_updated_at, last_updated_by)"
                        + " VALUES ('routing_enabled', :value, :lastUpdatedAt, :lastUpdatedBy)")
                .bindMethods(routing)
                .execute();
    }

    @Override
    public Optional<KeyedMessage> sentWith(RequestKey key) {
        return MessageRows.sentWith(handle, key);
    }

    @Override
    public void remember(RequestKey key, KeyedMessage message) {
        handle.createUpdate("INSERT INTO request_keys (scope, request_key, message_id, state, block_reason, target_id,"
                        + " request_sha256) VALUES (:scope, :key, :messageId, :state.wire, :blockReason?.wire,"
                        + " :targetId, :requestSha256)")
                .bindMethods(key)
                .bindMethods(message)
                .execute();
        handle.execute(
                "DELETE FROM request_keys WHERE scope = ? AND number NOT IN (SELECT number FROM request_keys"
                        + " WHERE scope = ? ORDER BY number DESC LIMIT ?)",
                key.scope(),
                key.scope(),
                RequestKey.REMEMBERED);
    }

    @Override
    public void forgetKeys(String scopePrefix) {
        handle.execute("DELETE FROM request_keys WHERE substr(scope, 1, length(?)) = ?", scopePrefix, scopePrefix);
    }
}
