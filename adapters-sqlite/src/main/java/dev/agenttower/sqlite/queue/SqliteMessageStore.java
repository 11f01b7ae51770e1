package dev.agenttower.sqlite.queue;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.queue.MessageFilter;
import dev.agenttower.core.queue.MessageFilter.Party;
import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.queue.QueueAuditEntry;
import dev.agenttower.core.queue.RoutingSwitch;
import dev.agenttower.core.queue.WaitingMessage;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.Receipt;
import dev.agenttower.core.queue.message.RequestKey;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.database.Readers;
import dev.agenttower.sqlite.database.Tables;
import dev.agenttower.sqlite.database.Writer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The messages in the table {@code message_queue}. */
public final class SqliteMessageStore implements MessageStore {
    private static final String HEADS = """
            SELECT message_id, target_container_id, target_pane_id, now FROM (
                SELECT m.message_id, target_container_id, target_pane_id, enqueued_at, o.send_when IS 'now' AS now,
                    ROW_NUMBER() OVER (PARTITION BY target_container_id, target_pane_id, o.send_when IS 'now'
                        ORDER BY enqueued_at, m.message_id) AS place
                FROM message_queue AS m LEFT JOIN message_options AS o ON o.message_id = m.message_id
                WHERE state = 'queued' AND delivery_attempt_started_at IS NULL
                    AND EXISTS (SELECT 1 FROM daemon_state WHERE key = 'routing_enabled' AND value = 'enabled'))
            WHERE place = 1 ORDER BY enqueued_at, message_id""";
    // What is delivered was updated last when it was typed; the index of that column bounds the search.
    private static final String UNRECEIVED = MessageRows.SELECT + "\n" + """
            WHERE m.last_updated_at >= ? AND m.delivered_at >= ? AND m.delivered_at <= ? AND m.state = 'delivered'
                AND m.target_agent_id IN (SELECT value FROM json_each(?)) AND o.command IS NOT 1
                AND NOT EXISTS (SELECT 1 FROM message_receipts AS r WHERE r.message_id = m.message_id)
                AND NOT EXISTS (SELECT 1 FROM message_misses AS s WHERE s.message_id = m.message_id)
            ORDER BY m.enqueued_at, m.message_id""";
    private static final String UNWRITTEN = "SELECT u.event_id, u.message_id, u.from_state, u.to_state, u.reason,"
            + " u.operator, e.event_type, e.agent_id, e.observed_at, e.excerpt FROM unwritten_audits AS u"
            + " LEFT JOIN events AS e ON e.event_id = u.event_id ORDER BY u.event_id LIMIT ?";

    private final Readers readers;
    private final Writer writer;

    public SqliteMessageStore(Readers readers, Writer writer) {
        this.readers = readers;
        this.writer = writer;
    }

    @Override
    public List<QueuedMessage> list(MessageFilter filter) {
        Conditions conditions = conditions(filter);
        String order = filter.isNewest()
                ? " ORDER BY m.enqueued_at DESC, m.message_id DESC LIMIT ?"
                : " ORDER BY m.enqueued_at, m.message_id LIMIT ?";
        String sql = MessageRows.SELECT + conditions.where() + order;
        List<QueuedMessage> found = readers.read(snapshot -> snapshot.handle()
                .select(sql, conditions.values(filter.limit()))
                .map((row, context) -> MessageRows.message(row))
                .list());
        if (filter.isNewest()) {
            Collections.reverse(found);
        }
        return found;
    }

    private static Conditions conditions(MessageFilter filter) {
        Conditions conditions = new Conditions();
        if (filter.state() != null) {
            conditions.and("m.state = ?", filter.state().wire());
        }
        if (filter.origin() != null) {
            conditions.and("m.origin = ?", filter.origin().wire());
        }
        addParty(conditions, "target", filter.target());
        addParty(conditions, "sender", filter.sender());
        if (filter.since() != null) {
            conditions.and("m.enqueued_at >= ?", filter.since());
        }
        if (filter.after() != null) {
            conditions.and(
                    "(m.enqueued_at, m.message_id) > (?, ?)",
                    filter.after().enqueuedAt(),
                    filter.after().messageId());
        }
        return conditions;
    }

    private static void addParty(Conditions conditions, String who, @Nullable Party party) {
        if (party == null) {
            return;
        }
        if (party.byLabel()) {
            conditions.and("(m.%1$s_agent_id = ? OR m.%1$s_label = ?)".formatted(who), party.value(), party.value());
        } else {
            conditions.and("m.%s_agent_id = ?".formatted(who), party.value());
        }
    }

    @Override
    public Optional<QueuedMessage> find(String messageId) {
        return readers.read(snapshot -> MessageRows.find(snapshot.handle(), messageId));
    }

    @Override
    public RoutingSwitch routing() {
        return readers.read(snapshot -> MessageRows.routing(snapshot.handle()));
    }

    @Override
    public List<WaitingMessage> heads() {
        return readers.read(snapshot -> snapshot.handle()
                .select(HEADS)
                .map((row, context) -> new WaitingMessage(
                        row.getString("message_id"),
                        new ContainerId(row.getString("target_container_id")),
                        row.getString("target_pane_id"),
                        row.getBoolean("now")))
                .list());
    }

    @Override
    public Optional<KeyedMessage> sentWith(RequestKey key) {
        return readers.read(snapshot -> MessageRows.sentWith(snapshot.handle(), key));
    }

    @Override
    public Map<String, Receipt> receipts(Collection<String> messageIds) {
        return readers.read(snapshot -> snapshot
                .handle()
                .select(
                        "SELECT i.value AS message_id, r.received_at, r.answered_at, r.answer, s.missed_at"
                                + " FROM json_each(?) AS i LEFT JOIN message_receipts AS r ON r.message_id = i.value"
                                + " LEFT JOIN message_misses AS s ON s.message_id = i.value"
                                + " WHERE r.message_id IS NOT NULL OR s.message_id IS NOT NULL",
                        JsonForm.line(List.copyOf(messageIds)))
                .map((row, context) -> Map.entry(
                        row.getString("message_id"),
                        new Receipt(
                                row.getString("received_at"),
                                row.getString("answered_at"),
                                row.getString("answer"),
                                row.getString("missed_at"))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    @Override
    public List<QueuedMessage> unreceived(Collection<AgentId> targets, String from, String to) {
        String ids = JsonForm.line(targets.stream().map(AgentId::value).toList());
        return readers.read(snapshot -> snapshot.handle()
                .select(UNRECEIVED, from, from, to, ids)
                .map((row, context) -> MessageRows.message(row))
                .list());
    }

    @Override
    public long unwrittenAudits() {
        return readers.read(snapshot -> Tables.number(snapshot.handle(), "SELECT COUNT(*) FROM unwritten_audits"));
    }

    @Override
    public List<UnwrittenAudit> unwrittenAudits(int limit) {
        return readers.read(snapshot -> snapshot.handle()
                .select(UNWRITTEN, limit)
                .map((row, context) -> audit(snapshot.handle(), row))
                .list());
    }

    private static UnwrittenAudit audit(Handle handle, ResultSet row) throws SQLException {
        QueueAuditEntry entry = entry(row);
        String messageId = entry == null ? null : entry.messageId();
        QueuedMessage message =
                messageId == null ? null : MessageRows.find(handle, messageId).orElse(null);
        return new UnwrittenAudit(row.getLong("event_id"), entry, message);
    }

    private static @Nullable QueueAuditEntry entry(ResultSet row) throws SQLException {
        String type = row.getString("event_type");
        if (type == null) {
            return null;
        }
        return new QueueAuditEntry(
                Arrays.stream(QueueAuditEntry.Transition.values())
                        .filter(known -> known.wire().equals(type))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("an audit of type " + type)),
                row.getString("observed_at"),
                row.getString("message_id"),
                row.getString("agent_id"),
                row.getString("from_state"),
                row.getString("to_state"),
                row.getString("reason"),
                row.getString("operator"),
                row.getString("excerpt"));
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return writer.write(handle -> work.apply(new MessageWrites(handle)));
    }
}
