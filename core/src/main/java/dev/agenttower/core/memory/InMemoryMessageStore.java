package dev.agenttower.core.memory;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.queue.MessageFilter;
import dev.agenttower.core.queue.MessageFilter.Party;
import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.queue.QueueAuditEntry;
import dev.agenttower.core.queue.RoutingSwitch;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.WaitingMessage;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.Participant;
import dev.agenttower.core.queue.message.PromptBody;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.Receipt;
import dev.agenttower.core.queue.message.RequestKey;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stored messages, in memory. */
final class InMemoryMessageStore implements MessageStore {
    private static final Comparator<QueuedMessage> OLDEST_FIRST = Comparator.comparing(
                    QueuedMessage::enqueuedAt, Order.TEXT)
            .thenComparing(QueuedMessage::messageId, Order.TEXT);

    private final InMemoryTables tables;

    InMemoryMessageStore(InMemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public List<QueuedMessage> list(MessageFilter filter) {
        List<QueuedMessage> all = messages(tables.read())
                .filter(message -> filter.state() == null || message.state() == filter.state())
                .filter(message -> filter.origin() == null || message.source().origin() == filter.origin())
                .filter(message -> is(filter.target(), message.target()))
                .filter(message -> is(filter.sender(), message.sender()))
                .filter(message ->
                        filter.since() == null || Order.TEXT.compare(message.enqueuedAt(), filter.since()) >= 0)
                .filter(message -> filter.after() == null || isAfter(message, filter.after()))
                .sorted(OLDEST_FIRST)
                .toList();
        int limit = Math.min(filter.limit(), all.size());
        return filter.isNewest() ? all.subList(all.size() - limit, all.size()) : all.subList(0, limit);
    }

    private static boolean is(@Nullable Party party, Participant participant) {
        return party == null || party.matches(participant);
    }

    private static boolean isAfter(QueuedMessage message, MessageFilter.Position position) {
        int order = Order.TEXT.compare(message.enqueuedAt(), position.enqueuedAt());
        return order > 0 || (order == 0 && Order.TEXT.compare(message.messageId(), position.messageId()) > 0);
    }

    private static Stream<QueuedMessage> messages(Rows rows) {
        return rows.messages.values().stream().map(MessageRow::message);
    }

    @Override
    public Optional<QueuedMessage> find(String messageId) {
        return Optional.ofNullable(tables.read().messages.get(messageId)).map(MessageRow::message);
    }

    @Override
    public Map<String, Receipt> receipts(Collection<String> messageIds) {
        Map<String, Receipt> found = new HashMap<>(tables.read().receipts);
        found.keySet().retainAll(messageIds);
        return found;
    }

    @Override
    public List<QueuedMessage> unreceived(Collection<AgentId> targets, String from, String to) {
        Rows rows = tables.read();
        return messages(rows)
                .filter(message -> {
                    String typed = message.progress().deliveredAt();
                    return typed != null
                            && message.state() == MessageState.DELIVERED
                            && !message.options().command()
                            && targets.contains(new AgentId(message.target().agentId()))
                            && Order.TEXT.compare(typed, from) >= 0
                            && Order.TEXT.compare(typed, to) <= 0
                            && !rows.receipts.containsKey(message.messageId());
                })
                .sorted(OLDEST_FIRST)
                .toList();
    }

    @Override
    public RoutingSwitch routing() {
        return tables.read().routing;
    }

    @Override
    public List<WaitingMessage> heads() {
        Rows rows = tables.read();
        Set<List<Object>> panes = new HashSet<>();
        return messages(rows)
                .filter(message -> rows.routing.enabled() && message.progress().isWaiting())
                .sorted(OLDEST_FIRST)
                .filter(message -> panes.add(List.of(
                        message.targetContainer(),
                        message.targetPaneId(),
                        message.options().isNow())))
                .map(message -> new WaitingMessage(
                        message.messageId(),
                        message.targetContainer(),
                        message.targetPaneId(),
                        message.options().isNow()))
                .toList();
    }

    @Override
    public Optional<KeyedMessage> sentWith(RequestKey key) {
        return Optional.ofNullable(tables.read().requestKeys.get(key));
    }

    @Override
    public long unwrittenAudits() {
        return tables.read().unwrittenAudits.size();
    }

    @Override
    public List<UnwrittenAudit> unwrittenAudits(int limit) {
        Rows rows = tables.read();
        return rows.unwrittenAudits.entrySet().stream()
                .limit(limit)
                .map(entry -> new UnwrittenAudit(
                        entry.getKey(),
                        entry.getValue(),
                        message(rows, entry.getValue().messageId())))
                .toList();
    }

    private static @Nullable QueuedMessage message(Rows rows, @Nullable String id) {
        MessageRow row = id == null ? null : rows.messages.get(id);
        return row == null ? null : row.message();
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        return tables.write(rows -> work.apply(new Transaction(rows)));
    }

    record Transaction(Rows rows) implements Writes {
        @Override
        public Optional<QueuedMessage> find(String messageId) {
            return Optional.ofNullable(message(rows, messageId));
        }

        @Override
        public List<QueuedMessage> inFlight() {
            return messages(rows)
                    .filter(message -> message.progress().isInFlight())
                    .sorted(OLDEST_FIRST)
                    .toList();
        }

        @Override
        public RoutingSwitch routing() {
            return rows.routing;
        }

        @Override
        public Optional<Agent> agent(AgentId id) {
            return Optional.ofNullable(rows.agents.get(id.value())).map(AgentRow::toAgent);
        }

        @Override
        public boolean isContainerActive(ContainerId container) {
            return rows.isContainerActive(container);
        }

        @Override
        public boolean isPaneActive(ContainerId container, String paneId) {
            return rows.panes.values().stream()
                    .anyMatch(pane -> pane.active()
                            && pane.key().container().equals(container)
                            && pane.key().paneId().equals(paneId));
        }

        @Override
        public Optional<TypingTarget> typingTarget(AgentId id) {
            Agent agent = agent(id).orElse(null);
            Pane pane = agent == null ? null : rows.panes.get(agent.pane());
            if (agent == null || pane == null || !pane.active()) {
                return Optional.empty();
            }
            BenchContainer container = rows.containers.get(pane.key().container());
            PaneIdentity identity = rows.paneIdentities.get(pane.key());
            String configured = container == null ? null : container.configUser();
            return Optional.of(new TypingTarget(
                    BenchTarget.of(pane.key().container(), pane.containerName(), pane.containerUser(), configured),
                    pane.key(),
                    identity == null ? null : identity.server(),
                    pane.pid(),
                    rows.agentPrograms.get(id.value()),
                    agent.capability()));
        }

        @Override
        public PromptBody body(String messageId) {
            MessageRow row = rows.messages.get(messageId);
            if (row == null) {
                throw new StorageException("no message " + messageId, new IllegalStateException("missing"));
            }
            return row.body();
        }

        @Override
        public boolean isWaitedFor(ContainerId container, String paneId, boolean now) {
            return waitingAt(container, paneId)
                    .anyMatch(message -> !now || message.options().isNow());
        }

        private Stream<QueuedMessage> waitingAt(ContainerId container, String paneId) {
            return messages(rows)
                    .filter(message -> message.progress().isWaiting()
                            && message.targetContainer().equals(container)
                            && message.targetPaneId().equals(paneId));
        }

        @Override
        public List<QueuedMessage> waiting(ContainerId container, String paneId, int limit) {
            return waitingAt(container, paneId)
                    .filter(message -> !message.options().isNow())
                    .sorted(OLDEST_FIRST)
                    .limit(limit)
                    .toList();
        }

        @Override
        public void join(List<String> messageIds) {
            messageIds.forEach(id -> rows.joined.put(id, messageIds.get(0)));
        }

        @Override
        public @Nullable String lastEnqueuedAt(String targetId) {
            return messages(rows)
                    .filter(message -> message.target().agentId().equals(targetId))
                    .map(QueuedMessage::enqueuedAt)
                    .max(Order.TEXT)
                    .orElse(null);
        }

        @Override
        public void insert(QueuedMessage message, PromptBody body) {
            boolean isTaken = message.source().routeId() != null
                    && messages(rows).anyMatch(other -> other.source().equals(message.source()));
            if (isTaken || rows.messages.containsKey(message.messageId())) {
                throw new StorageException(
                        "message " + message.messageId() + " is stored already", new IllegalStateException("unique"));
            }
            rows.messages.put(message.messageId(), new MessageRow(message, body));
            keepPane(message.messageId(), message.progress());
        }

        private void keepPane(String messageId, MessageProgress progress) {
            if (progress.isWaiting()) {
                QueuedMessage message = Objects.requireNonNull(message(rows, messageId));
                typingTarget(new AgentId(message.target().agentId()))
                        .ifPresent(target -> rows.messagePanes.putIfAbsent(messageId, target.panePid()));
            } else if (progress.state() != MessageState.QUEUED) {
                rows.messagePanes.remove(messageId);
            }
        }

        @Override
        public OptionalLong paneProcess(String messageId) {
            Long pid = rows.messagePanes.get(messageId);
            return pid == null ? OptionalLong.empty() : OptionalLong.of(pid);
        }

        @Override
        public boolean replace(String messageId, MessageProgress before, MessageProgress after) {
            MessageRow row = rows.messages.get(messageId);
            if (row == null
                    || row.message().state() != before.state()
                    || row.message().progress().isInFlight() != before.isInFlight()) {
                return false;
            }
            rows.messages.put(messageId, new MessageRow(row.message().at(after), row.body()));
            keepPane(messageId, after);
            return true;
        }

        @Override
        public void audit(QueueAuditEntry entry) {
            long id = rows.events.keySet().stream()
                            .mapToLong(Long::longValue)
                            .max()
                            .orElse(0)
                    + 1;
            rows.events.put(id, new EventRow(id, entry.type().wire(), entry.agentId(), entry.observedAt()));
            rows.unwrittenAudits.put(id, entry);
        }

        @Override
        public List<Unread> unread(AgentId target) {
            Map<String, List<Typed>> unread = rows.messages.values().stream()
                    .filter(row -> row.message().target().agentId().equals(target.value())
                            && row.message().progress().attemptStartedAt() != null
                            && (row.message().state() == MessageState.QUEUED
                                    || row.message().state() == MessageState.DELIVERED)
                            && receipt(row.messageId()).receivedAt() == null)
                    .sorted(Comparator.comparing(MessageRow::message, OLDEST_FIRST))
                    .map(row -> new Typed(row.message(), row.body()))
                    .collect(Collectors.groupingBy(
                            typed -> rows.joined.getOrDefault(
                                    typed.message().messageId(), typed.message().messageId()),
                            LinkedHashMap::new,
                            Collectors.toList()));
            return unread.values().stream()
                    .skip(Math.max(0, unread.size() - MOST_UNREAD))
                    .map(Unread::new)
                    .toList();
        }

        @Override
        public void received(String messageId, String at) {
            rows.receipts.put(messageId, new Receipt(at, null, null, null));
        }

        @Override
        public boolean missed(String messageId, String at) {
            return rows.receipts.putIfAbsent(messageId, new Receipt(null, null, null, at)) == null;
        }

        private Receipt receipt(String messageId) {
            return rows.receipts.getOrDefault(messageId, Receipt.NONE);
        }

        @Override
        public List<String> answered(AgentId target, String at, String answer) {
            List<String> answered = messages(rows)
                    .filter(message -> message.target().agentId().equals(target.value()))
                    .map(QueuedMessage::messageId)
                    .filter(id -> {
                        Receipt receipt = receipt(id);
                        return receipt.receivedAt() != null && receipt.answeredAt() == null;
                    })
                    .toList();
            answered.forEach(id -> rows.receipts.computeIfPresent(
                    id, (same, receipt) -> new Receipt(receipt.receivedAt(), at, answer, null)));
            return answered;
        }

        @Override
        public void written(Collection<Long> eventIds) {
            rows.unwrittenAudits.keySet().removeAll(eventIds);
        }

        @Override
        public void setRouting(RoutingSwitch routing) {
            rows.routing = routing;
        }

        @Override
        public Optional<KeyedMessage> sentWith(RequestKey key) {
            return Optional.ofNullable(rows.requestKeys.get(key));
        }

        @Override
        public void remember(RequestKey key, KeyedMessage message) {
            rows.requestKeys.put(key, message);
            List<RequestKey> ofScope = rows.requestKeys.keySet().stream()
                    .filter(known -> known.scope().equals(key.scope()))
                    .toList();
            ofScope.subList(0, Math.max(0, ofScope.size() - RequestKey.REMEMBERED))
                    .forEach(rows.requestKeys::remove);
        }

        @Override
        public void forgetKeys(String scopePrefix) {
            rows.requestKeys.keySet().removeIf(key -> key.scope().startsWith(scopePrefix));
        }
    }
}
