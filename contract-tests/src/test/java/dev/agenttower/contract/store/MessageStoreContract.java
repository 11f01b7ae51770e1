package dev.agenttower.contract.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.memory.MessageRow;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.queue.MessageFilter;
import dev.agenttower.core.queue.MessageFilter.Party;
import dev.agenttower.core.queue.MessageFilter.Position;
import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.queue.MessageStore.KeyedMessage;
import dev.agenttower.core.queue.MessageStore.UnwrittenAudit;
import dev.agenttower.core.queue.MessageStore.Writes;
import dev.agenttower.core.queue.QueueAuditEntry;
import dev.agenttower.core.queue.RoutingSwitch;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.WaitingMessage;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.MessageSource;
import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.OperatorAction;
import dev.agenttower.core.queue.message.OperatorDecision;
import dev.agenttower.core.queue.message.Origin;
import dev.agenttower.core.queue.message.Participant;
import dev.agenttower.core.queue.message.PromptBody;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.Receipt;
import dev.agenttower.core.queue.message.RequestKey;
import dev.agenttower.core.queue.message.SendOptions;
import dev.agenttower.core.queue.message.SendOptions.When;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

abstract class MessageStoreContract extends StoreContract {
    private static final Participant MASTER = new Participant("agt_00000000000a", "lead", "master", "claude");
    private static final Participant SLAVE = new Participant("agt_00000000000b", "wörker", "slave", null);
    private static final PromptBody BODY = PromptBody.of("hi — ü😀\n\tthere".getBytes(UTF_8));

    private static String at(int second) {
        return "2026-05-08T10:00:%02d.000Z".formatted(second);
    }

    private static QueuedMessage message(String id, Participant target, int second, MessageSource source) {
        return new QueuedMessage(
                id,
                MASTER,
                target,
                StoredRows.id("c"),
                "%3",
                BODY.sha256(),
                300,
                at(second),
                source,
                SendOptions.NONE,
                BODY.excerpt(),
                progress(MessageState.QUEUED, null, null, null, second));
    }

    private static QueuedMessage message(String id, int second) {
        return message(id, SLAVE, second, MessageSource.DIRECT);
    }

    private static MessageProgress progress(
            MessageState state,
            @Nullable BlockReason block,
            @Nullable HoldReason hold,
            @Nullable String attempt,
            int second) {
        return new MessageProgress(
                state,
                block,
                null,
                hold,
                attempt,
                state == MessageState.DELIVERED ? at(second) : null,
                null,
                null,
                at(second),
                null);
    }

    private void write(Consumer<Writes> work) {
        tables.messages().write(writes -> {
            work.accept(writes);
            return work;
        });
    }

    private void insert(QueuedMessage... messages) {
        write(writes -> {
            for (QueuedMessage message : messages) {
                writes.insert(message, BODY);
            }
        });
    }

    private List<String> ids(MessageFilter filter) {
        return tables.messages().list(filter).stream()
                .map(QueuedMessage::messageId)
                .toList();
    }

    private MessageFilter filter(
            @Nullable MessageState state, @Nullable Party target, @Nullable Party sender, @Nullable String since) {
        return new MessageFilter(state, target, sender, since, null, null, 100, false);
    }

    @Test
    void a_new_message_is_found_with_everything_that_was_stored() {
        QueuedMessage stored = message("m1", 1);
        QueuedMessage blocked = message("m2", SLAVE, 2, MessageSource.route("r", 7))
                .at(progress(MessageState.BLOCKED, BlockReason.TARGET_NOT_ACTIVE, null, null, 2));
        insert(stored, blocked);
        assertThat(tables.messages().find("m1")).contains(stored);
        assertThat(tables.messages().find("m2")).contains(blocked);
        assertThat(tables.messages().find("m3")).isEmpty();
        assertThat(tables.messages().list(MessageFilter.first(9))).containsExactly(stored, blocked);
        write(writes -> {
            assertThat(writes.find("m1")).contains(stored);
            assertThat(writes.body("m1")).isEqualTo(BODY);
        });
    }

    @Test
    void an_id_and_the_message_of_a_route_for_an_event_are_unique() {
        insert(message("m1", SLAVE, 1, MessageSource.route("r", 7)));
        assertThatThrownBy(() -> insert(message("m1", 2))).isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> insert(message("m2", SLAVE, 2, MessageSource.route("r", 7))))
                .isInstanceOf(StorageException.class);
        insert(message("m2", SLAVE, 2, MessageSource.route("r", 8)), message("m3", 3), message("m4", 3));
        assertThat(ids(MessageFilter.first(9))).containsExactly("m1", "m2", "m3", "m4");
    }

    @Test
    void lists_are_ordered_filtered_and_continued() {
        Participant other = new Participant("agt_00000000000c", "lead", "swarm", "codex");
        insert(
                message("m2", 5),
                message("m1", 5),
                message("m3", other, 4, MessageSource.route("r", 1)),
                message("m4", 6).at(progress(MessageState.BLOCKED, BlockReason.OPERATOR_DELAYED, null, null, 6)));
        assertThat(ids(MessageFilter.first(9))).containsExactly("m3", "m1", "m2", "m4");
        assertThat(ids(MessageFilter.first(2))).containsExactly("m3", "m1");
        assertThat(ids(new MessageFilter(null, null, null, null, null, null, 2, true)))
                .containsExactly("m2", "m4");
        assertThat(ids(new MessageFilter(MessageState.QUEUED, null, null, null, null, null, 9, true)))
                .containsExactly("m3", "m1", "m2");
        assertThat(ids(filter(MessageState.BLOCKED, null, null, null))).containsExactly("m4");
        assertThat(ids(filter(null, new Party(other.agentId(), false), null, null)))
                .containsExactly("m3");
        assertThat(ids(filter(null, new Party("lead", false), null, null))).isEmpty();
        assertThat(ids(filter(null, new Party("lead", true), null, null))).containsExactly("m3");
        assertThat(ids(filter(null, null, new Party("lead", true), at(5)))).containsExactly("m1", "m2", "m4");
        assertThat(ids(new MessageFilter(null, null, null, null, Origin.ROUTE, null, 9, false)))
                .containsExactly("m3");
        assertThat(ids(new MessageFilter(null, null, null, null, null, new Position(at(5), "m1"), 9, false)))
                .containsExactly("m2", "m4");
    }

    @Test
    void a_message_can_be_stored_with_its_attempt_begun_and_then_does_not_wait() {
        QueuedMessage waiting = message("m1", 1);
        QueuedMessage begun = message("m2", 2);
        insert(begun.at(begun.progress().stamped(at(2))));
        write(writes -> {
            assertThat(writes.isWaitedFor(begun.targetContainer(), begun.targetPaneId(), false))
                    .isFalse();
            assertThat(writes.inFlight()).extracting(QueuedMessage::messageId).containsExactly("m2");
            writes.insert(waiting, BODY);
            assertThat(writes.isWaitedFor(begun.targetContainer(), begun.targetPaneId(), false))
                    .isTrue();
            assertThat(writes.isWaitedFor(begun.targetContainer(), "%other", false))
                    .isFalse();
        });
        assertThat(tables.messages().find("m2"))
                .map(QueuedMessage::progress)
                .contains(begun.progress().stamped(at(2)));
    }

    @Test
    void rows_of_other_programs_are_seen_and_wait() {
        tables.put(new MessageRow("m1", "queued", "direct", "agt_x", at(2)));
        tables.put(new MessageRow("m0", "queued", "direct", "agt_x", at(1)));
        tables.put(new MessageRow("m2", "delivered", "direct", "agt_x", at(1)));
        assertThat(tables.messages().heads())
                .containsExactly(new WaitingMessage("m0", StoredRows.id("container"), "%1", false));
        write(writes -> {
            assertThat(writes.lastEnqueuedAt("agt_x")).isEqualTo(at(2));
            assertThat(writes.lastEnqueuedAt("agt_y")).isNull();
        });
    }

    @Test
    void the_oldest_message_of_each_pane_is_next_while_routing_is_enabled() {
        tables.put(new MessageRow("m0", "queued", "direct", "agt_x", at(4)));
        insert(message("m3", 3), message("m1", 2), message("m2", 2));
        WaitingMessage first = new WaitingMessage("m1", StoredRows.id("c"), "%3", false);
        WaitingMessage other = new WaitingMessage("m0", StoredRows.id("container"), "%1", false);
        assertThat(tables.messages().heads()).containsExactly(first, other);
        write(writes -> writes.replace(
                "m1", message("m1", 2).progress(), progress(MessageState.DELIVERED, null, null, at(5), 5)));
        assertThat(tables.messages().heads())
                .containsExactly(new WaitingMessage("m2", StoredRows.id("c"), "%3", false), other);
        write(writes -> writes.setRouting(new RoutingSwitch(false, at(6), "host-operator")));
        assertThat(tables.messages().heads()).isEmpty();
    }

    @Test
    void a_progress_is_replaced_only_from_the_expected_one() {
        QueuedMessage queued = message("m1", 1);
        insert(queued);
        MessageProgress begun = progress(MessageState.QUEUED, null, null, at(2), 2);
        MessageProgress held = progress(MessageState.QUEUED, null, HoldReason.PANE_IN_MODE, null, 3);
        MessageProgress again = progress(MessageState.QUEUED, null, HoldReason.PANE_IN_MODE, at(4), 4);
        MessageProgress delivered = progress(MessageState.DELIVERED, null, null, at(4), 5);
        write(writes -> {
            assertThat(writes.replace("m1", begun, delivered)).isFalse();
            assertThat(writes.replace("m0", queued.progress(), begun)).isFalse();
            assertThat(writes.replace("m1", queued.progress(), begun)).isTrue();
            assertThat(writes.replace("m1", queued.progress(), begun)).isFalse();
            assertThat(writes.inFlight()).containsExactly(queued.at(begun));
        });
        assertThat(tables.messages().heads()).isEmpty();
        write(writes -> assertThat(writes.replace("m1", begun, held)).isTrue());
        assertThat(tables.messages().find("m1")).contains(queued.at(held));
        assertThat(tables.messages().heads()).hasSize(1);
        write(writes -> {
            assertThat(writes.replace("m1", held, again)).isTrue();
            assertThat(writes.replace("m1", again, delivered)).isTrue();
            assertThat(writes.inFlight()).isEmpty();
        });
        assertThat(tables.messages().find("m1")).contains(queued.at(delivered));
    }

    @Test
    void a_decision_is_stored() {
        insert(message("m1", 1));
        MessageProgress canceled = new MessageProgress(
                MessageState.CANCELED,
                null,
                null,
                null,
                null,
                null,
                null,
                at(2),
                at(2),
                new OperatorDecision(OperatorAction.CANCELED, at(2), "host-operator"));
        write(writes -> writes.replace("m1", message("m1", 1).progress(), canceled));
        assertThat(tables.messages().find("m1")).map(QueuedMessage::progress).contains(canceled);
    }

    @Test
    void audit_entries_wait_in_order_until_they_are_written() {
        QueuedMessage message = message("m1", 1);
        QueueAuditEntry first = new QueueAuditEntry(
                QueueAuditEntry.Transition.ENQUEUED,
                at(1),
                "m1",
                SLAVE.agentId(),
                null,
                "queued",
                null,
                null,
                "hi — ü😀 there");
        QueueAuditEntry second = new QueueAuditEntry(
                QueueAuditEntry.Transition.TOGGLED,
                at(2),
                null,
                "host-operator",
                "enabled",
                "disabled",
                null,
                "host-operator",
                "routing disabled (was enabled)");
        write(writes -> {
            writes.insert(message, BODY);
            writes.audit(first);
            writes.audit(second);
        });
        assertThat(tables.messages().unwrittenAudits()).isEqualTo(2);
        List<UnwrittenAudit> waiting = tables.messages().unwrittenAudits(9);
        assertThat(waiting).extracting(UnwrittenAudit::entry).containsExactly(first, second);
        assertThat(waiting).extracting(UnwrittenAudit::message).containsExactly(message, null);
        assertThat(tables.messages().unwrittenAudits(1)).containsExactly(waiting.get(0));
        write(writes -> writes.written(List.of(waiting.get(0).eventId())));
        assertThat(tables.messages().unwrittenAudits(9)).containsExactly(waiting.get(1));
        assertThat(tables.dashboard().read(5).events()).isEqualTo(2);
    }

    @Test
    void routing_is_enabled_until_it_is_set() {
        assertThat(tables.messages().routing().enabled()).isTrue();
        assertThat(tables.messages().routing().lastUpdatedBy()).isEqualTo("(daemon-init)");
        RoutingSwitch disabled = new RoutingSwitch(false, at(3), "host-operator");
        write(writes -> {
            writes.setRouting(disabled);
            assertThat(writes.routing()).isEqualTo(disabled);
        });
        assertThat(tables.messages().routing()).isEqualTo(disabled);
    }

    @Test
    void keys_are_remembered_within_their_scope_and_the_oldest_are_dropped() {
        KeyedMessage message = new KeyedMessage(
                "m1", MessageState.BLOCKED, BlockReason.TARGET_PANE_MISSING, SLAVE.agentId(), "ab".repeat(32));
        RequestKey key = new RequestKey("a:1", "k");
        write(writes -> {
            writes.remember(key, message);
            assertThat(writes.sentWith(key)).contains(message);
        });
        assertThat(tables.messages().sentWith(key)).contains(message);
        assertThat(tables.messages().sentWith(new RequestKey("a:2", "k"))).isEmpty();
        write(writes -> {
            for (int i = 0; i < RequestKey.REMEMBERED; i++) {
                writes.remember(new RequestKey("a:1", "k" + i), message);
            }
            writes.remember(new RequestKey("b:1", "k"), message);
        });
        assertThat(tables.messages().sentWith(key)).isEmpty();
        assertThat(tables.messages().sentWith(new RequestKey("a:1", "k0"))).contains(message);
        write(writes -> writes.forgetKeys("a:"));
        assertThat(tables.messages().sentWith(new RequestKey("a:1", "k0"))).isEmpty();
        assertThat(tables.messages().sentWith(new RequestKey("b:1", "k"))).contains(message);
    }

    @Test
    void a_transaction_that_throws_changes_nothing() {
        assertThatThrownBy(() -> write(writes -> {
                    writes.insert(message("m1", 1), BODY);
                    writes.setRouting(new RoutingSwitch(false, at(1), "x"));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(tables.messages().find("m1")).isEmpty();
        assertThat(tables.messages().routing().enabled()).isTrue();
    }

    @Test
    void what_hooks_tell_of_typed_messages_is_kept() {
        AgentId target = new AgentId(SLAVE.agentId());
        QueuedMessage waiting = message("m1", 1);
        QueuedMessage typing = message("m2", 2).at(message("m2", 2).progress().stamped(at(2)));
        QueuedMessage typed = message("m3", 3).at(message("m3", 3).progress().stamped(at(3)));
        QueuedMessage failed = message("m4", 4).at(message("m4", 4).progress().stamped(at(4)));
        insert(waiting, typing, typed, failed);
        write(writes -> {
            writes.replace("m3", typed.progress(), typed.progress().delivered(at(5)));
            writes.replace("m4", failed.progress(), failed.progress().failed(FailureReason.TMUX_PASTE_FAILED, at(5)));
            assertThat(writes.unread(target))
                    .extracting(unread -> ids(unread.messages()))
                    .containsExactly(List.of("m2"), List.of("m3"));
            assertThat(writes.unread(new AgentId("agt_ffffffffffff"))).isEmpty();
            writes.received("m3", at(6));
            assertThat(writes.unread(target))
                    .extracting(unread -> ids(unread.messages()))
                    .containsExactly(List.of("m2"));
            assertThat(writes.answered(new AgentId("agt_ffffffffffff"), at(7), "x"))
                    .isEmpty();
        });
        assertThat(tables.messages().receipts(List.of("m1", "m2", "m3")))
                .isEqualTo(Map.of("m3", new Receipt(at(6), null, null, null)));
        write(writes -> {
            assertThat(writes.answered(target, at(7), "done")).containsExactly("m3");
            assertThat(writes.answered(target, at(8), "later")).isEmpty();
        });
        assertThat(tables.messages().receipts(List.of("m3")))
                .isEqualTo(Map.of("m3", new Receipt(at(6), at(7), "done", null)));
        assertThat(tables.messages().receipts(List.of("m1"))).isEmpty();
    }

    private static List<String> ids(List<MessageStore.Typed> messages) {
        return messages.stream().map(typed -> typed.message().messageId()).toList();
    }

    private static QueuedMessage asked(String id, int second, SendOptions options) {
        QueuedMessage plain = message(id, second);
        return new QueuedMessage(
                id,
                plain.sender(),
                plain.target(),
                plain.targetContainer(),
                plain.targetPaneId(),
                plain.bodySha256(),
                plain.envelopeSize(),
                plain.enqueuedAt(),
                plain.source(),
                options,
                plain.excerpt(),
                plain.progress());
    }

    @Test
    void what_senders_ask_for_is_kept_and_messages_for_now_have_a_place_of_their_own() {
        QueuedMessage first = asked("m1", 1, new SendOptions(When.IDLE, true, false));
        QueuedMessage now = asked("m2", 2, new SendOptions(When.NOW, false, true));
        insert(first, now, message("m3", 3));
        assertThat(tables.messages().find("m1")).map(QueuedMessage::options).contains(first.options());
        assertThat(tables.messages().find("m2")).map(QueuedMessage::options).contains(now.options());
        assertThat(tables.messages().find("m3")).map(QueuedMessage::options).contains(SendOptions.NONE);
        assertThat(tables.messages().heads())
                .containsExactly(
                        new WaitingMessage("m1", StoredRows.id("c"), "%3", false),
                        new WaitingMessage("m2", StoredRows.id("c"), "%3", true));
        write(writes -> {
            assertThat(writes.waiting(first.targetContainer(), "%3", 9))
                    .extracting(QueuedMessage::messageId)
                    .containsExactly("m1", "m3");
            assertThat(writes.waiting(first.targetContainer(), "%3", 1)).hasSize(1);
            assertThat(writes.waiting(first.targetContainer(), "%other", 9)).isEmpty();
            assertThat(writes.isWaitedFor(first.targetContainer(), "%3", true)).isTrue();
            writes.replace("m2", now.progress(), now.progress().stamped(at(4)));
            assertThat(writes.isWaitedFor(first.targetContainer(), "%3", true)).isFalse();
            assertThat(writes.isWaitedFor(first.targetContainer(), "%3", false)).isTrue();
        });
    }

    @Test
    void messages_that_are_typed_together_are_unread_together() {
        SendOptions digest = new SendOptions(null, true, false);
        QueuedMessage[] begun = {asked("m1", 1, digest), asked("m2", 2, digest), asked("m3", 3, digest)};
        for (int i = 0; i < begun.length; i++) {
            begun[i] = begun[i].at(begun[i].progress().stamped(at(5)));
        }
        insert(begun);
        AgentId target = new AgentId(SLAVE.agentId());
        write(writes -> {
            writes.join(List.of("m1", "m2"));
            assertThat(writes.unread(target))
                    .extracting(unread -> ids(unread.messages()))
                    .containsExactly(List.of("m1", "m2"), List.of("m3"));
            assertThat(writes.unread(target).get(0).messages().get(1).body()).isEqualTo(BODY);
            writes.received("m1", at(6));
            writes.received("m2", at(6));
            assertThat(writes.unread(target))
                    .extracting(unread -> ids(unread.messages()))
                    .containsExactly(List.of("m3"));
        });
    }

    @Test
    void a_receipt_that_is_missing_is_marked_once_until_it_comes() {
        QueuedMessage typed = message("m1", 1).at(message("m1", 1).progress().stamped(at(1)));
        QueuedMessage command = asked("m2", 2, new SendOptions(null, false, true));
        command = command.at(command.progress().stamped(at(2)));
        insert(typed, command, message("m3", 3));
        MessageProgress commanded = command.progress();
        write(writes -> {
            writes.replace("m1", typed.progress(), typed.progress().delivered(at(5)));
            writes.replace("m2", commanded, commanded.delivered(at(5)));
        });
        List<AgentId> target = List.of(new AgentId(SLAVE.agentId()));
        assertThat(tables.messages().unreceived(target, at(5), at(5)))
                .extracting(QueuedMessage::messageId)
                .containsExactly("m1");
        assertThat(tables.messages().unreceived(target, at(6), at(9))).isEmpty();
        assertThat(tables.messages().unreceived(target, at(1), at(4))).isEmpty();
        assertThat(tables.messages().unreceived(List.of(), at(1), at(9))).isEmpty();
        write(writes -> {
            assertThat(writes.missed("m1", at(7))).isTrue();
            assertThat(writes.missed("m1", at(8))).isFalse();
            assertThat(writes.unread(target.get(0)))
                    .extracting(unread -> ids(unread.messages()))
                    .contains(List.of("m1"));
            assertThat(writes.answered(target.get(0), at(8), "x")).isEmpty();
        });
        assertThat(tables.messages().unreceived(target, at(1), at(9))).isEmpty();
        assertThat(tables.messages().receipts(List.of("m1", "m3")))
                .isEqualTo(Map.of("m1", new Receipt(null, null, null, at(7))));
        write(writes -> {
            writes.received("m1", at(8));
            assertThat(writes.missed("m1", at(9))).isFalse();
        });
        assertThat(tables.messages().receipts(List.of("m1")))
                .isEqualTo(Map.of("m1", new Receipt(at(8), null, null, null)));
    }

    @Test
    void the_process_of_the_pane_is_kept_while_a_message_waits() {
        PaneKey pane = StoredRows.key("c", 3);
        tables.put(StoredRows.container("c", true));
        tables.put(StoredRows.pane(pane, true));
        tables.put(StoredRows.agent(SLAVE.agentId(), pane, true));
        QueuedMessage waiting = message("m1", 1);
        QueuedMessage begun = message("m2", 2).at(message("m2", 2).progress().stamped(at(2)));
        insert(waiting, begun);
        tables.put(new Pane(pane, "c-name", "user", 43, "", "", "", "", true, true, at(0), at(0)));
        write(writes -> {
            assertThat(writes.paneProcess("m1")).hasValue(42);
            assertThat(writes.paneProcess("m2")).isEmpty();
            assertThat(writes.paneProcess("none")).isEmpty();
            MessageProgress held = begun.progress().held(HoldReason.PANE_IN_MODE, at(3));
            writes.replace("m2", begun.progress(), held);
            assertThat(writes.paneProcess("m2")).hasValue(43);
            MessageProgress delayed = waiting.progress().delayed("host-operator", at(3));
            writes.replace("m1", waiting.progress(), delayed);
            assertThat(writes.paneProcess("m1")).isEmpty();
            writes.replace("m1", delayed, delayed.approved("host-operator", at(4)));
            assertThat(writes.paneProcess("m1")).hasValue(43);
        });
    }

    @Test
    void the_facts_of_the_gate_are_those_of_the_other_tables() {
        PaneKey pane = StoredRows.key("c", 3);
        AgentId id = new AgentId("agt_00000000000b");
        tables.put(StoredRows.container("c", true));
        tables.put(StoredRows.container("d", false));
        tables.put(StoredRows.pane(pane, true));
        tables.put(StoredRows.pane(StoredRows.key("c", 4), false));
        tables.put(StoredRows.agent(id.value(), pane, true));
        tables.put(StoredRows.agent("agt_00000000000c", StoredRows.key("c", 4), true));
        tables.agents().write(writes -> {
            assertThat(writes.foregroundProgram(pane)).contains("bash");
            assertThat(writes.foregroundProgram(StoredRows.key("c", 9))).isEmpty();
            writes.setProgram(id, "claude");
            return id;
        });
        write(writes -> {
            assertThat(writes.isContainerActive(StoredRows.id("c"))).isTrue();
            assertThat(writes.isContainerActive(StoredRows.id("d"))).isFalse();
            assertThat(writes.isContainerActive(StoredRows.id("e"))).isFalse();
            assertThat(writes.isPaneActive(StoredRows.id("c"), "%3")).isTrue();
            assertThat(writes.isPaneActive(StoredRows.id("c"), "%4")).isFalse();
            assertThat(writes.isPaneActive(StoredRows.id("d"), "%3")).isFalse();
            assertThat(writes.agent(id)).isPresent();
            assertThat(writes.agent(new AgentId("agt_none"))).isEmpty();
            TypingTarget target = writes.typingTarget(id).orElseThrow();
            assertThat(target.pane()).isEqualTo(pane);
            assertThat(target.bench().user()).isEqualTo("user");
            assertThat(target.bench().name()).isEqualTo("c-name");
            assertThat(target.panePid()).isEqualTo(42);
            assertThat(target.program()).isEqualTo("claude");
            assertThat(target.server()).isNull();
            assertThat(writes.typingTarget(new AgentId("agt_00000000000c"))).isEmpty();
            assertThat(writes.typingTarget(new AgentId("agt_none"))).isEmpty();
        });
        tables.agents().write(writes -> {
            writes.setProgram(id, null);
            return id;
        });
        write(writes ->
                assertThat(writes.typingTarget(id).orElseThrow().program()).isNull());
    }
}
