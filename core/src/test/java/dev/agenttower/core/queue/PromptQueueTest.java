package dev.agenttower.core.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.AgentStatus;
import dev.agenttower.core.agent.state.Evidence;
import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.discovery.ManualScheduler;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.queue.InMemoryPromptTyper.TypedPrompt;
import dev.agenttower.core.queue.TypingResult.Failed;
import dev.agenttower.core.queue.TypingResult.Held;
import dev.agenttower.core.queue.TypingResult.Typed;
import dev.agenttower.core.queue.message.Actor;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.Excerpt;
import dev.agenttower.core.queue.message.FailureReason;
import dev.agenttower.core.queue.message.HoldReason;
import dev.agenttower.core.queue.message.MessageState;
import dev.agenttower.core.queue.message.OperatorAction;
import dev.agenttower.core.queue.message.OperatorDecision;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.Receipt;
import dev.agenttower.core.queue.message.RequestKey;
import dev.agenttower.core.queue.message.SendOptions;
import dev.agenttower.core.queue.message.SendOptions.When;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PromptQueueTest {
    private static final ContainerId BENCH = new ContainerId("c".repeat(64));
    private static final String MASTER = "agt_00000000000a";
    private static final String SLAVE = "agt_00000000000b";
    private static final String OTHER = "agt_00000000000c";

    private final InMemoryTables tables = new InMemoryTables();
    private final InMemoryPromptTyper panes = new InMemoryPromptTyper();
    private final ManualScheduler timer = new ManualScheduler();
    private final Deque<Runnable> typing = new ArrayDeque<>();
    private final Trail trail = new Trail();
    private Instant now = Instant.parse("2026-05-08T10:00:00Z");
    private Executor typists = Runnable::run;
    private final Map<String, AgentState> states = new HashMap<>();
    private final Map<String, Instant> since = new HashMap<>();
    private final List<QueuedMessage> missed = new ArrayList<>();
    private PromptQueue queue = create(1);

    private AgentStatus status(AgentId agent) {
        AgentState state = states.getOrDefault(agent.value(), AgentState.UNKNOWN);
        return new AgentStatus(state, since.get(agent.value()), "", Evidence.HOOK);
    }

    private PromptQueue create(int seed) {
        return PromptQueue.create(
                tables.messages(),
                tables.agents(),
                panes,
                new TypingReadiness(id -> states.getOrDefault(id.value(), AgentState.UNKNOWN), false, false),
                new ReceiptWatch(
                        tables.messages(), this::status, () -> now, timer, (message, at) -> missed.add(message)),
                trail,
                () -> now,
                new Random(seed),
                timer,
                task -> typists.execute(task));
    }

    @Test
    void what_waits_for_a_removed_agent_is_given_up() {
        queue.routing().set(false);
        String blocked = send(SLAVE, "x").messageId();
        String other = send(OTHER, "x").messageId();
        assertThat(queue.decisions().cancelFor(new AgentId(SLAVE), "host-operator"))
                .isEqualTo(1);
        QueuedMessage canceled = queue.listing().find(blocked).orElseThrow();
        assertThat(canceled.state()).isEqualTo(MessageState.CANCELED);
        assertThat(queue.listing().find(other).orElseThrow().state()).isEqualTo(MessageState.BLOCKED);
        assertThat(queue.decisions().cancelFor(new AgentId(SLAVE), "host-operator"))
                .isZero();
    }

    @BeforeEach
    void fill() {
        tables.put(new BenchContainer(
                BENCH, "bench", "i", "running", Map.of(), List.of(), true, "x", "x", "dev:1000", null));
        agent(MASTER, 0, Role.MASTER, true);
        agent(SLAVE, 1, Role.SLAVE, true);
        agent(OTHER, 2, Role.SWARM, true);
    }

    private static PaneKey pane(int number) {
        return new PaneKey(BENCH, "/tmp/tmux-1000/default", "main", 0, number, "%" + number);
    }

    private void agent(String id, int pane, Role role, boolean active) {
        tables.put(new Pane(pane(pane), "bench", "", 40 + pane, "", "claude", "/", "", true, true, "x", "x"));
        tables.put(new Agent(
                new AgentId(id),
                pane(pane),
                role,
                Capability.CLAUDE,
                id + "-l",
                "",
                null,
                "{}",
                "x",
                "x",
                null,
                active));
    }

    private Actor actor(String id) {
        return Actor.of(queue.sending().resolve(id));
    }

    private Sent send(String target, String body) {
        return queue.sending().send(actor(MASTER), target, body.getBytes(UTF_8), SendOptions.NONE, null);
    }

    private QueuedMessage message(Sent sent) {
        return queue.listing().find(sent.messageId()).orElseThrow();
    }

    private void start() {
        queue.delivery().recover();
        queue.delivery().start();
        pass(Duration.ZERO);
    }

    private void pass(Duration time) {
        now = now.plus(time);
        timer.advance(time);
        timer.advance(Duration.ofMillis(50)); // after which the audit is written
    }

    private List<String> typed() {
        return panes.typed().stream()
                .map(prompt -> new String(prompt.body().bytes(), UTF_8))
                .toList();
    }

    private static void refused(ErrorCode code, Runnable request) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    @Test
    void a_message_is_typed_submitted_and_recorded() {
        start();
        Sent sent = send(SLAVE + "-l", "run — $(touch x)\nthe tests");
        pass(Duration.ZERO);
        QueuedMessage delivered = message(sent);
        assertThat(delivered.state()).isEqualTo(MessageState.DELIVERED);
        assertThat(delivered.progress().deliveredAt()).isEqualTo("2026-05-08T10:00:00.000Z");
        TypedPrompt prompt = panes.typed().get(0);
        assertThat(prompt.target().pane()).isEqualTo(pane(1));
        assertThat(prompt.target().bench().user()).isEqualTo("dev");
        assertThat(prompt.target().panePid()).isEqualTo(41);
        assertThat(typed()).containsExactly("run — $(touch x)\nthe tests");
        assertThat(trail.types()).containsExactly("queue_message_enqueued", "queue_message_delivered");
        assertThat(trail.records.get(0).fields())
                .containsEntry("excerpt", "run — $(touch x) the tests")
                .containsEntry("from_state", null)
                .containsEntry("to_state", "queued");
        assertThat(delivered.envelopeSize()).isGreaterThan(prompt.body().length());
    }

    @ParameterizedTest
    @CsvSource({
        "MASTER, SLAVE, ",
        "MASTER, SWARM, ",
        "MASTER, MASTER, TARGET_ROLE_NOT_PERMITTED",
        "MASTER, TEST_RUNNER, TARGET_ROLE_NOT_PERMITTED",
        "MASTER, SHELL, TARGET_ROLE_NOT_PERMITTED",
        "MASTER, UNKNOWN, TARGET_ROLE_NOT_PERMITTED",
        "SLAVE, SLAVE, SENDER_ROLE_NOT_PERMITTED",
        "SWARM, SLAVE, SENDER_ROLE_NOT_PERMITTED",
        "TEST_RUNNER, SWARM, SENDER_ROLE_NOT_PERMITTED",
        "SHELL, SLAVE, SENDER_ROLE_NOT_PERMITTED",
        "UNKNOWN, MASTER, SENDER_ROLE_NOT_PERMITTED",
    })
    void only_masters_send_and_only_slaves_and_swarms_receive(Role sender, Role target, @Nullable BlockReason reason) {
        agent(MASTER, 0, sender, true);
        agent(SLAVE, 1, target, true);
        assertThat(send(SLAVE, "x").blockReason()).isEqualTo(reason);
    }

    @Test
    void the_first_rule_that_is_broken_blocks() {
        agent(SLAVE, 1, Role.SHELL, false);
        assertThat(send(SLAVE, "x").blockReason()).isEqualTo(BlockReason.TARGET_NOT_ACTIVE);
        agent(SLAVE, 1, Role.SLAVE, true);
        tables.put(new Pane(pane(1), "bench", "", 1, "", "", "", "", true, false, "x", "x"));
        assertThat(send(SLAVE, "x").blockReason()).isEqualTo(BlockReason.TARGET_PANE_MISSING);
        tables.put(new BenchContainer(BENCH, "b", "i", "x", Map.of(), List.of(), false, "x", "x", null, null));
        assertThat(send(SLAVE, "x").blockReason()).isEqualTo(BlockReason.TARGET_CONTAINER_INACTIVE);
        queue.routing().set(false);
        assertThat(send(SLAVE, "x").blockReason()).isEqualTo(BlockReason.KILL_SWITCH_OFF);
    }

    @Test
    void bodies_that_must_not_be_typed_are_refused_and_store_nothing() {
        Map<String, ErrorCode> bodies = Map.of(
                "",
                ErrorCode.BODY_EMPTY,
                "a\r\n",
                ErrorCode.BODY_INVALID_CHARS,
                "a\u001b[201~",
                ErrorCode.BODY_INVALID_CHARS,
                "a\u0000",
                ErrorCode.BODY_INVALID_CHARS,
                "\u007f",
                ErrorCode.BODY_INVALID_CHARS,
                "a\u009b201~b",
                ErrorCode.BODY_INVALID_CHARS,
                "x".repeat(65_536),
                ErrorCode.BODY_TOO_LARGE);
        bodies.forEach((body, code) -> refused(code, () -> send(SLAVE, body)));
        refused(
                ErrorCode.BODY_INVALID_ENCODING,
                () -> queue.sending().send(actor(MASTER), SLAVE, new byte[] {(byte) 0xc3}, SendOptions.NONE, null));
        assertThat(queue.listing().list(MessageFilter.first(9))).isEmpty();
        assertThat(send(SLAVE, "\t\n\u0085\u202e\ufeff\u009b").state()).isEqualTo(MessageState.QUEUED);
    }

    @Test
    void a_label_must_name_one_active_agent() {
        refused(ErrorCode.AGENT_NOT_FOUND, () -> send("agt_0000000000ff", "x"));
        refused(ErrorCode.AGENT_NOT_FOUND, () -> send("nobody", "x"));
        tables.put(new Agent(
                new AgentId("agt_00000000000d"),
                pane(9),
                Role.SLAVE,
                Capability.CODEX,
                SLAVE + "-l",
                "",
                null,
                "{}",
                "x",
                "x",
                null,
                true));
        refused(ErrorCode.TARGET_LABEL_AMBIGUOUS, () -> send(SLAVE + "-l", "x"));
    }

    @Test
    void a_message_that_nothing_waits_before_is_typed_without_waiting_for_the_timer() {
        start();
        typists = typing::add;
        QueuedMessage first = message(send(SLAVE, "first"));
        assertThat(first.state()).isEqualTo(MessageState.QUEUED);
        assertThat(first.progress().attemptStartedAt()).isEqualTo(first.enqueuedAt());
        QueuedMessage second = message(send(SLAVE, "second"));
        assertThat(second.progress().isWaiting()).isTrue();
        assertThat(message(send(OTHER, "elsewhere")).progress().isInFlight()).isTrue();
        assertThat(typing).hasSize(2);
        typing.forEach(Runnable::run);
        typing.clear();
        assertThat(typed()).containsExactly("first", "elsewhere");

        pass(Duration.ZERO);
        assertThat(typing).hasSize(1);
        assertThat(message(send(SLAVE, "third")).progress().isWaiting()).isTrue();
        typing.remove().run();
        pass(Duration.ZERO);
        typing.remove().run();
        pass(Duration.ZERO);
        assertThat(typed()).containsExactly("first", "elsewhere", "second", "third");
    }

    @Test
    void a_message_that_waited_is_not_typed_into_another_process_of_the_pane() {
        start();
        panes.answer(target -> new Held(HoldReason.PANE_IN_MODE));
        Sent waiting = send(SLAVE, "for the former");
        pass(Duration.ZERO);
        assertThat(message(waiting).progress().holdReason()).isEqualTo(HoldReason.PANE_IN_MODE);
        tables.put(new Pane(pane(1), "bench", "", 77, "", "claude", "/", "", true, true, "x", "x"));
        panes.answer(target -> new Typed());
        Sent next = send(SLAVE, "for the present one");
        pass(Duration.ofSeconds(1));
        pass(Duration.ZERO);
        assertThat(message(waiting).state()).isEqualTo(MessageState.FAILED);
        assertThat(message(waiting).progress().failureReason()).isEqualTo(FailureReason.PANE_DISAPPEARED_MID_ATTEMPT);
        assertThat(message(next).state()).isEqualTo(MessageState.DELIVERED);
        assertThat(panes.typed())
                .extracting(prompt -> prompt.target().panePid())
                .containsExactly(77L);
    }

    @Test
    void a_new_message_does_not_overtake_one_that_another_program_stored() {
        start();
        typists = typing::add;
        PromptQueue elsewhere = create(2); // it delivers nothing
        elsewhere.sending().send(actor(MASTER), SLAVE, "theirs".getBytes(UTF_8), SendOptions.NONE, null);
        assertThat(message(send(SLAVE, "ours")).progress().isWaiting()).isTrue();
        pass(Duration.ofMillis(500));
        typing.remove().run();
        pass(Duration.ZERO);
        typing.remove().run();
        assertThat(typed()).containsExactly("theirs", "ours");
    }

    @Test
    void messages_to_one_pane_go_one_at_a_time_in_their_order_and_panes_go_in_parallel() {
        typists = typing::add;
        start();
        for (int i = 0; i < 3; i++) {
            send(SLAVE, "a" + i);
        }
        send(OTHER, "b0");
        pass(Duration.ZERO);
        assertThat(typing).hasSize(2);
        while (!typing.isEmpty()) {
            typing.remove().run();
            pass(Duration.ZERO);
            assertThat(typing.size()).isLessThanOrEqualTo(2);
        }
        assertThat(typed()).containsSubsequence("a0", "a1", "a2").contains("b0").hasSize(4);
    }

    @Test
    void a_held_message_keeps_its_place_and_says_why() {
        panes.answer(target -> new Held(HoldReason.PANE_IN_MODE));
        start();
        Sent first = send(SLAVE, "first");
        Sent second = send(SLAVE, "second");
        pass(Duration.ZERO);
        assertThat(message(first).progress().holdReason()).isEqualTo(HoldReason.PANE_IN_MODE);
        assertThat(message(first).progress().isWaiting()).isTrue();
        assertThat(message(second).progress().holdReason()).isNull();
        panes.answer(target -> new Typed());
        pass(Duration.ofMillis(500));
        assertThat(typed()).isEmpty();
        pass(Duration.ofSeconds(1));
        assertThat(typed()).containsExactly("first", "second");
        assertThat(message(first).progress().holdReason()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING_PERMISSION, DIALOG_OPEN, IDLE",
        "WAITING_INPUT, DIALOG_OPEN, UNKNOWN",
        "WORKING, AGENT_WORKING, STUCK",
        "WORKING, AGENT_WORKING, ERROR"
    })
    void nothing_is_typed_before_the_agent_takes_it_for_a_prompt(AgentState state, HoldReason reason, AgentState then) {
        states.put(SLAVE, state);
        start();
        Sent first = send(SLAVE, "first");
        send(SLAVE, "second");
        Sent other = send(OTHER, "elsewhere");
        pass(Duration.ZERO);
        assertThat(typed()).containsExactly("elsewhere");
        assertThat(message(first).progress().holdReason()).isEqualTo(reason);
        assertThat(message(other).state()).isEqualTo(MessageState.DELIVERED);
        String held = message(first).progress().lastUpdatedAt();
        pass(Duration.ofMinutes(10));
        assertThat(message(first).progress().lastUpdatedAt()).isEqualTo(held);

        states.put(SLAVE, then);
        pass(Duration.ofMillis(500));
        pass(Duration.ZERO);
        assertThat(typed()).containsExactly("elsewhere", "first", "second");
    }

    private void hear(String agent, Sign.Kind kind, String spoken) {
        queue.receipts().hear(new AgentId(agent), new Sign(kind, "s", "", "", ""), spoken);
    }

    @Test
    void a_typed_message_is_received_when_its_hook_shows_it_and_answered_when_the_turn_ends() {
        start();
        Sent other = send(SLAVE, "something else");
        Sent sent = send(SLAVE, "run\tthe tests\n");
        pass(Duration.ZERO);
        assertThat(queue.receipts().of(sent.messageId())).isEqualTo(Receipt.NONE);
        hear(OTHER, Sign.Kind.PROMPT_SUBMITTED, "run    the tests");
        hear(SLAVE, Sign.Kind.TURN_ENDED, "too early");
        assertThat(queue.receipts().of(sent.messageId())).isEqualTo(Receipt.NONE);

        hear(SLAVE, Sign.Kind.PROMPT_SUBMITTED, "run    the tests");
        Receipt received = queue.receipts().of(sent.messageId());
        assertThat(received.receivedAt()).isNotNull();
        assertThat(received.answeredAt()).isNull();

        try (EndOfWaits.Waiter waiter = queue.receipts().awaitAnswer(sent.messageId())) {
            queue.receipts()
                    .hear(new AgentId(SLAVE), new Sign(Sign.Kind.TURN_ENDED, "s", "sub", "", ""), "of a sub-agent");
            assertThat(waiter.hasEnded()).isFalse();
            hear(SLAVE, Sign.Kind.TURN_ENDED, "all pass\npassword=hunter2hunter2");
            assertThat(waiter.hasEnded()).isTrue();
        }
        Receipt answered = queue.receipts().of(sent.messageId());
        assertThat(answered.answeredAt()).isNotNull();
        assertThat(answered.answer()).startsWith("all pass\n").doesNotContain("hunter2");
        hear(SLAVE, Sign.Kind.TURN_ENDED, "of a later turn");
        assertThat(queue.receipts().of(List.of(sent.messageId(), other.messageId())))
                .isEqualTo(Map.of(sent.messageId(), answered));
        assertThat(typed()).containsExactly("something else", "run\tthe tests\n");
    }

    private static final SendOptions DIGEST = new SendOptions(null, true, false);
    private static final SendOptions NOW = new SendOptions(When.NOW, false, false);

    private Sent send(String body, SendOptions options) {
        return queue.sending().send(Actor.hostOperator(), SLAVE, body.getBytes(UTF_8), options, null);
    }

    @Test
    void what_is_sent_for_now_joins_a_turn_but_no_dialog_and_goes_before_what_waits_for_the_end_of_the_turn() {
        states.put(SLAVE, AgentState.WORKING);
        start();
        send("later", SendOptions.NONE);
        pass(Duration.ZERO);
        send("now 1", NOW);
        pass(Duration.ZERO);
        assertThat(typed()).containsExactly("now 1");
        states.put(SLAVE, AgentState.WAITING_PERMISSION);
        Sent held = send("now 2", NOW);
        send("now 3", NOW);
        pass(Duration.ofSeconds(3));
        assertThat(typed()).containsExactly("now 1");
        assertThat(message(held).progress().holdReason()).isEqualTo(HoldReason.DIALOG_OPEN);
        states.put(SLAVE, AgentState.WORKING);
        pass(Duration.ofSeconds(2));
        assertThat(typed()).containsExactly("now 1", "now 2", "now 3");
        states.put(SLAVE, AgentState.IDLE);
        pass(Duration.ofSeconds(2));
        assertThat(typed()).containsExactly("now 1", "now 2", "now 3", "later");
    }

    @Test
    void a_message_overtakes_no_older_one_that_is_held_although_it_was_sent_for_now() {
        states.put(SLAVE, AgentState.WAITING_INPUT);
        start();
        send("first", NOW);
        pass(Duration.ofSeconds(2));
        send("second", SendOptions.NONE);
        pass(Duration.ofMillis(500));
        states.put(SLAVE, AgentState.IDLE);
        pass(Duration.ofSeconds(3));
        assertThat(typed()).containsExactly("first", "second");
    }

    @Test
    void fifty_messages_to_a_busy_agent_arrive_in_order_one_by_one() {
        states.put(SLAVE, AgentState.WORKING);
        start();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add("task " + i);
            send("task " + i, SendOptions.NONE);
        }
        pass(Duration.ZERO);
        for (int i = 0; i < 50; i++) {
            states.put(SLAVE, AgentState.IDLE);
            panes.answer(target -> {
                states.put(SLAVE, AgentState.WORKING); // as the prompt hook tells
                return new Typed();
            });
            pass(Duration.ofSeconds(2));
            assertThat(typed()).isEqualTo(sent.subList(0, i + 1));
        }
    }

    @Test
    void a_digest_is_one_prompt_with_senders_and_order_and_a_receipt_for_each_message() {
        states.put(SLAVE, AgentState.WORKING);
        start();
        Sent first = send("do this", DIGEST);
        Sent second = queue.sending().send(actor(MASTER), SLAVE, "then\nthat\n".getBytes(UTF_8), DIGEST, null);
        Sent alone = send("alone", SendOptions.NONE);
        Sent last = send("last", DIGEST);
        pass(Duration.ofSeconds(2));
        assertThat(typed()).isEmpty();
        assertThat(message(first).progress().holdReason()).isEqualTo(HoldReason.AGENT_WORKING);
        states.put(SLAVE, AgentState.IDLE);
        pass(Duration.ofSeconds(2));
        assertThat(typed())
                .containsExactly(
                        """
                        2 messages were sent to you, the oldest first.

                        [1 of 2, from host-operator, %s]
                        do this

                        [2 of 2, from agt_00000000000a-l, %s]
                        then
                        that""".formatted(
                                message(first).enqueuedAt(), message(second).enqueuedAt()),
                        "alone",
                        "last");
        assertThat(List.of(
                        message(first).state(),
                        message(second).state(),
                        message(alone).state()))
                .containsOnly(MessageState.DELIVERED);
        hear(SLAVE, Sign.Kind.PROMPT_SUBMITTED, "last");
        hear(SLAVE, Sign.Kind.PROMPT_SUBMITTED, typed().get(0));
        assertThat(queue.receipts().of(List.of(first.messageId(), second.messageId(), last.messageId())))
                .hasSize(3)
                .allSatisfy((id, receipt) -> assertThat(receipt.word()).isEqualTo("received"));
        assertThat(queue.receipts().of(alone.messageId()).word()).isNull();
    }

    @Test
    void a_digest_that_was_held_takes_in_what_came_meanwhile_and_leaves_out_what_was_canceled() {
        panes.answer(target -> new Held(HoldReason.PANE_IN_MODE));
        states.put(SLAVE, AgentState.WORKING);
        start();
        Sent first = send("one", DIGEST);
        Sent second = send("two", DIGEST);
        pass(Duration.ZERO);
        states.put(SLAVE, AgentState.IDLE);
        pass(Duration.ofSeconds(2));
        assertThat(message(second).progress().holdReason()).isEqualTo(HoldReason.PANE_IN_MODE);
        assertThat(message(second).progress().isWaiting()).isTrue();
        queue.decisions().cancel(first.messageId(), Actor.hostOperator());
        send("three", DIGEST);
        panes.answer(target -> new Typed());
        pass(Duration.ofSeconds(2));
        assertThat(typed())
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .startsWith("2 messages")
                        .contains("\ntwo\n", "\nthree")
                        .doesNotContain("one\n"));
        hear(SLAVE, Sign.Kind.PROMPT_SUBMITTED, typed().get(0));
        assertThat(queue.receipts().of(second.messageId()).word()).isEqualTo("received");
        assertThat(queue.receipts().of(first.messageId()).word()).isNull();
    }

    @Test
    void a_digest_is_no_longer_than_one_message_may_be_and_what_is_left_follows() {
        states.put(SLAVE, AgentState.WORKING);
        start();
        for (int i = 0; i < 5; i++) {
            send(i + "x".repeat(20_000), DIGEST);
        }
        pass(Duration.ZERO);
        states.put(SLAVE, AgentState.IDLE);
        pass(Duration.ofSeconds(2));
        assertThat(typed())
                .hasSize(2)
                .allSatisfy(text -> assertThat(text.length()).isLessThan(Envelope.LIMIT));
        assertThat(typed().get(0)).startsWith("3 messages").contains("\n0x", "\n1x", "\n2x");
        assertThat(typed().get(1)).startsWith("2 messages").contains("\n3x", "\n4x");
    }

    @Test
    void a_digest_whose_attempt_was_cut_off_fails_as_a_whole_and_is_never_repeated() {
        states.put(SLAVE, AgentState.WORKING);
        Deque<Runnable> lost = new ArrayDeque<>();
        start();
        Sent first = send("one", DIGEST);
        Sent second = send("two", DIGEST);
        pass(Duration.ofSeconds(2));
        states.put(SLAVE, AgentState.IDLE);
        typists = lost::add;
        pass(Duration.ofSeconds(2));
        assertThat(lost).isNotEmpty();
        queue.delivery().close();
        typists = Runnable::run;
        queue = create(2);
        start();
        pass(Duration.ofSeconds(5));
        assertThat(typed()).isEmpty();
        assertThat(List.of(message(first), message(second))).allSatisfy(message -> {
            assertThat(message.state()).isEqualTo(MessageState.FAILED);
            assertThat(message.progress().failureReason()).isEqualTo(FailureReason.ATTEMPT_INTERRUPTED);
        });
    }

    @Test
    void a_digest_goes_neither_now_nor_with_commands() {
        refused(ErrorCode.VALIDATION_FAILED, () -> new SendOptions(When.NOW, true, false));
        refused(ErrorCode.VALIDATION_FAILED, () -> new SendOptions(null, true, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/clear", "!rm x", " \n/clear", "\t!x"})
    void what_a_client_takes_for_a_command_is_typed_only_if_a_person_asks_for_it(String body) {
        start();
        refused(ErrorCode.BODY_INVALID_CHARS, () -> send(SLAVE, body));
        SendOptions command = new SendOptions(null, false, true);
        refused(
                ErrorCode.SENDER_ROLE_NOT_PERMITTED,
                () -> queue.sending().send(actor(MASTER), SLAVE, body.getBytes(UTF_8), command, null));
        assertThat(tables.messages().heads()).isEmpty();
        send(body, command);
        pass(Duration.ZERO);
        assertThat(typed()).containsExactly(body);
    }

    @Test
    void other_texts_with_such_signs_are_prompts() {
        start();
        send(SLAVE, "see /tmp/x");
        send(SLAVE, "# note ! and ?");
        pass(Duration.ofSeconds(1));
        assertThat(typed()).hasSize(2);
    }

    @Test
    void a_key_is_for_the_same_options_only() {
        RequestKey key = new RequestKey(MASTER, "k");
        byte[] body = "x".getBytes(UTF_8);
        Sent first = queue.sending().send(actor(MASTER), SLAVE, body, NOW, key);
        assertThat(queue.sending().send(actor(MASTER), SLAVE, body, NOW, key).messageId())
                .isEqualTo(first.messageId());
        refused(
                ErrorCode.VALIDATION_FAILED,
                () -> queue.sending().send(actor(MASTER), SLAVE, body, SendOptions.NONE, key));
    }

    @Test
    void a_typed_message_that_no_hook_shows_for_a_minute_is_marked_once_and_not_typed_again() {
        start();
        queue.receiptWatch().start();
        Sent before = send(SLAVE, "typed before any hook was heard");
        Sent silent = send(OTHER, "to a client without hooks");
        pass(Duration.ZERO);
        pass(Duration.ofSeconds(1));
        hear(SLAVE, Sign.Kind.SESSION_STARTED, "");
        pass(Duration.ofSeconds(1));
        Sent lost = send(SLAVE, "lost");
        Sent read = send(SLAVE, "read");
        send("/clear", new SendOptions(null, false, true));
        pass(Duration.ofSeconds(2));
        hear(SLAVE, Sign.Kind.PROMPT_SUBMITTED, "read");
        states.put(SLAVE, AgentState.IDLE);
        pass(Duration.ofSeconds(50));
        assertThat(missed).isEmpty();
        pass(Duration.ofMinutes(5));
        assertThat(missed).extracting(QueuedMessage::messageId).containsExactly(lost.messageId());
        assertThat(queue.receipts().of(lost.messageId()).word()).isEqualTo("missing");
        for (Sent other : List.of(before, silent)) {
            assertThat(queue.receipts().of(other.messageId()).word()).isNull();
        }
        assertThat(queue.receipts().of(read.messageId()).word()).isEqualTo("received");
        assertThat(typed()).containsOnlyOnce("lost");

        hear(SLAVE, Sign.Kind.PROMPT_SUBMITTED, "lost");
        pass(Duration.ofMinutes(5));
        assertThat(queue.receipts().of(lost.messageId()).word()).isEqualTo("received");
        assertThat(missed).hasSize(1);
    }

    @Test
    void a_message_that_a_turn_keeps_waiting_is_marked_a_minute_after_its_end_only() {
        start();
        queue.receiptWatch().start();
        hear(SLAVE, Sign.Kind.SESSION_STARTED, "");
        states.put(SLAVE, AgentState.WORKING);
        pass(Duration.ofSeconds(1));
        send("joins the turn", NOW);
        pass(Duration.ofMinutes(30));
        assertThat(missed).isEmpty();
        states.put(SLAVE, AgentState.IDLE);
        since.put(SLAVE, now);
        pass(Duration.ofSeconds(55));
        assertThat(missed).isEmpty();
        pass(Duration.ofSeconds(10));
        assertThat(missed).hasSize(1);
    }

    @Test
    void a_held_message_can_be_canceled_and_frees_its_pane() {
        panes.answer(target -> new Held(HoldReason.OTHER_PROGRAM_IN_FOREGROUND));
        start();
        Sent first = send(SLAVE, "first");
        send(SLAVE, "second");
        pass(Duration.ZERO);
        queue.decisions().cancel(first.messageId(), Actor.hostOperator());
        panes.answer(target -> new Typed());
        pass(Duration.ofSeconds(2));
        assertThat(typed()).containsExactly("second");
    }

    @Test
    void a_failure_is_stored_and_holds_back_nobody() {
        panes.answer(target -> new Failed(FailureReason.PANE_DISAPPEARED_MID_ATTEMPT));
        start();
        Sent failed = send(SLAVE, "x");
        pass(Duration.ZERO);
        assertThat(message(failed).progress().failureReason()).isEqualTo(FailureReason.PANE_DISAPPEARED_MID_ATTEMPT);
        panes.answer(target -> {
            throw new IllegalStateException("bug");
        });
        Thread.currentThread().setUncaughtExceptionHandler((thread, bug) -> {});
        Sent broken = send(SLAVE, "x");
        pass(Duration.ZERO);
        assertThat(message(broken).progress().failureReason()).isEqualTo(FailureReason.TMUX_PASTE_FAILED);
        assertThat(trail.types()).filteredOn("queue_message_failed"::equals).hasSize(2);
    }

    @Test
    void the_target_is_checked_again_before_it_is_typed_to() {
        Sent moved = send(SLAVE, "moved");
        Sent demoted = send(OTHER, "demoted");
        agent(SLAVE, 7, Role.SLAVE, true);
        agent(OTHER, 2, Role.SHELL, true);
        start();
        assertThat(message(moved).progress().blockReason()).isEqualTo(BlockReason.TARGET_PANE_MISSING);
        assertThat(message(demoted).progress().blockReason()).isEqualTo(BlockReason.TARGET_ROLE_NOT_PERMITTED);
        assertThat(typed()).isEmpty();
        assertThat(trail.types()).filteredOn("queue_message_blocked"::equals).hasSize(2);
    }

    @Test
    void an_attempt_that_was_cut_off_fails_at_the_next_start_and_is_never_repeated() {
        typists = typing::add;
        start();
        Sent cut = send(SLAVE, "cut");
        Sent next = send(SLAVE, "next");
        pass(Duration.ZERO);
        assertThat(message(cut).progress().isInFlight()).isTrue();
        refused(ErrorCode.DELIVERY_IN_PROGRESS, () -> queue.decisions().cancel(cut.messageId(), Actor.hostOperator()));
        queue = create(1);
        typists = Runnable::run;
        start();
        assertThat(message(cut).progress().failureReason()).isEqualTo(FailureReason.ATTEMPT_INTERRUPTED);
        assertThat(message(next).state()).isEqualTo(MessageState.DELIVERED);
        assertThat(typed()).containsExactly("next");
    }

    @Test
    void the_kill_switch_stops_deliveries_and_lets_decisions_through() {
        Sent waiting = send(SLAVE, "x");
        assertThat(queue.routing().set(false).isChange()).isTrue();
        assertThat(queue.routing().set(false).isChange()).isFalse();
        start();
        pass(Duration.ofSeconds(2));
        assertThat(message(waiting).progress().isWaiting()).isTrue();
        Sent blocked = send(SLAVE, "y");
        refused(
                ErrorCode.APPROVAL_NOT_APPLICABLE,
                () -> queue.decisions().approve(blocked.messageId(), Actor.hostOperator()));
        queue.decisions().delay(waiting.messageId(), Actor.hostOperator());
        queue.decisions().approve(waiting.messageId(), Actor.hostOperator());
        assertThat(message(waiting).state()).isEqualTo(MessageState.QUEUED);
        queue.routing().set(true);
        pass(Duration.ZERO);
        assertThat(typed()).containsExactly("x");
        assertThat(message(blocked).state()).isEqualTo(MessageState.BLOCKED);
        assertThat(trail.types()).filteredOn("routing_toggled"::equals).hasSize(2);
    }

    @Test
    void decisions_apply_only_where_the_states_allow_them() {
        Sent sent = send(SLAVE, "x");
        String id = sent.messageId();
        Actor host = Actor.hostOperator();
        refused(ErrorCode.MESSAGE_ID_NOT_FOUND, () -> queue.decisions().cancel("nope", host));
        refused(ErrorCode.APPROVAL_NOT_APPLICABLE, () -> queue.decisions().approve(id, host));
        queue.decisions().delay(id, actor(SLAVE));
        refused(ErrorCode.DELAY_NOT_APPLICABLE, () -> queue.decisions().delay(id, host));
        refused(ErrorCode.SENDER_ROLE_NOT_PERMITTED, () -> queue.decisions().approve(id, actor(SLAVE)));
        QueuedMessage approved = queue.decisions().approve(id, actor(MASTER));
        assertThat(approved.progress().decision())
                .isEqualTo(new OperatorDecision(OperatorAction.APPROVED, "2026-05-08T10:00:00.000Z", MASTER));
        queue.decisions().cancel(id, host);
        refused(ErrorCode.TERMINAL_STATE_CANNOT_CHANGE, () -> queue.decisions().cancel(id, host));
        refused(ErrorCode.TERMINAL_STATE_CANNOT_CHANGE, () -> queue.decisions().approve(id, host));
        agent(MASTER, 0, Role.SLAVE, true);
        Sent forbidden = send(SLAVE, "x");
        refused(ErrorCode.APPROVAL_NOT_APPLICABLE, () -> queue.decisions().approve(forbidden.messageId(), host));
    }

    @Test
    void a_key_makes_one_message_of_repetitions() {
        RequestKey key = new RequestKey(MASTER, "k");
        byte[] body = "x".getBytes(UTF_8);
        Sent first = queue.sending().send(actor(MASTER), SLAVE, body, SendOptions.NONE, key);
        Sent again = queue.sending().send(actor(MASTER), SLAVE, body, SendOptions.NONE, key);
        assertThat(again.repeated()).isTrue();
        assertThat(again.messageId()).isEqualTo(first.messageId());
        refused(
                ErrorCode.VALIDATION_FAILED,
                () -> queue.sending().send(actor(MASTER), OTHER, body, SendOptions.NONE, key));
        assertThat(queue.listing().list(MessageFilter.first(9))).hasSize(1);
    }

    @Test
    void an_audit_trail_that_cannot_be_written_delays_nothing_and_is_written_in_order_later() {
        trail.broken = true;
        start();
        Sent sent = send(SLAVE, "x");
        pass(Duration.ZERO);
        assertThat(message(sent).state()).isEqualTo(MessageState.DELIVERED);
        assertThat(queue.audit().state().degraded()).isTrue();
        assertThat(queue.audit().state().pending()).isEqualTo(2);
        assertThat(queue.audit().state().failure()).isEqualTo("IllegalStateException");
        queue = create(1);
        trail.broken = false;
        queue.delivery().recover();
        assertThat(trail.types()).containsExactly("queue_message_enqueued", "queue_message_delivered");
        assertThat(queue.audit().state()).isEqualTo(new QueueAudit.State(false, 0, null));
    }

    @Test
    void a_store_that_fails_loses_no_result() {
        typists = typing::add;
        start();
        Sent sent = send(SLAVE, "x");
        pass(Duration.ZERO);
        tables.failWith("busy");
        typing.remove().run();
        pass(Duration.ZERO);
        assertThat(queue.delivery().trouble()).isEqualTo("busy");
        tables.failWith(null);
        pass(Duration.ofSeconds(1));
        assertThat(message(sent).state()).isEqualTo(MessageState.DELIVERED);
        assertThat(queue.delivery().trouble()).isNull();
    }

    @Test
    void a_waiter_is_told_of_the_end() {
        start();
        Sent sent = send(SLAVE, "x");
        try (EndOfWaits.Waiter waiter = queue.waits().register(sent.messageId())) {
            assertThat(waiter.hasEnded()).isFalse();
            pass(Duration.ZERO);
            assertThat(waiter.hasEnded()).isTrue();
        }
    }

    @Test
    void stamps_of_one_target_increase_within_a_millisecond() {
        assertThat(message(send(SLAVE, "x")).enqueuedAt()).isEqualTo("2026-05-08T10:00:00.000Z");
        assertThat(message(send(SLAVE, "x")).enqueuedAt()).isEqualTo("2026-05-08T10:00:00.001Z");
        assertThat(message(send(OTHER, "x")).enqueuedAt()).isEqualTo("2026-05-08T10:00:00.000Z");
    }

    @Test
    void an_excerpt_shows_no_secret_and_no_second_line() {
        assertThat(Excerpt.of("a\u2003\n\t b sk-" + "a".repeat(24))).isEqualTo("a b <redacted:openai-key>");
        assertThat(Excerpt.of("x".repeat(300))).hasSize(241).endsWith("…");
        assertThat(Excerpt.of(Excerpt.of("é ".repeat(300)))).isEqualTo(Excerpt.of("é ".repeat(300)));
        assertThat(Excerpt.of(new byte[] {(byte) 0xff})).isEqualTo("[excerpt unavailable: redactor failed]");
    }

    private static final class Trail implements AuditLog {
        private final List<AuditRecord> records = new ArrayList<>();
        private boolean broken;

        @Override
        public void append(AuditRecord record) {
            if (broken) {
                throw new AuditUnavailableException("no", new IllegalStateException("broken"));
            }
            records.add(record);
        }

        private List<Object> types() {
            return records.stream()
                    .<Object>map(record -> record.fields().get("event_type"))
                    .toList();
        }
    }
}
