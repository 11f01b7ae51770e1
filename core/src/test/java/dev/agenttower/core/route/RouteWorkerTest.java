package dev.agenttower.core.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.AgentStatus;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.discovery.ManualScheduler;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.memory.EventRow;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.memory.RouteRow;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.queue.InMemoryPromptTyper;
import dev.agenttower.core.queue.MessageFilter;
import dev.agenttower.core.queue.PromptQueue;
import dev.agenttower.core.queue.ReceiptWatch;
import dev.agenttower.core.queue.TypingReadiness;
import dev.agenttower.core.queue.message.Actor;
import dev.agenttower.core.queue.message.BlockReason;
import dev.agenttower.core.queue.message.MessageSource;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.SendOptions;
import dev.agenttower.core.route.RouteStore.Lag;
import dev.agenttower.core.settings.RoutingSettings;
import dev.agenttower.core.time.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RouteWorkerTest {
    private static final ContainerId BENCH = new ContainerId("c".repeat(64));
    private static final String MASTER = "agt_00000000000a";
    private static final String SLAVE = "agt_00000000000b";
    private static final String SWARM = "agt_00000000000c";
    private static final String SHELL = "agt_00000000000d";
    private static final String NOBODY = "agt_0000000000ff";

    private final InMemoryTables tables = new InMemoryTables();
    private final InMemoryPromptTyper panes = new InMemoryPromptTyper();
    private final ManualScheduler timer = new ManualScheduler();
    private final List<Map<String, @Nullable Object>> trail = new ArrayList<>();
    private final AuditLog log = record -> trail.add(record.fields());
    private Instant now = Instant.parse("2026-05-08T10:00:00Z");
    private long events;
    private RouteStore store = tables.routes();
    private final PromptQueue queue = PromptQueue.create(
            tables.messages(),
            tables.agents(),
            panes,
            new TypingReadiness(id -> AgentState.UNKNOWN, false, false),
            new ReceiptWatch(
                    tables.messages(),
                    id -> AgentStatus.UNKNOWN,
                    () -> now,
                    new ManualScheduler(),
                    (message, at) -> {}),
            AuditLog.noop(),
            () -> now,
            new Random(1),
            timer,
            Runnable::run);
    private EventRouting routing = create();

    private EventRouting create() {
        return EventRouting.create(
                store,
                tables.events(),
                tables.agents(),
                queue.sending(),
                RoutingSettings.DEFAULT,
                log,
                () -> now,
                new Random(2),
                () -> Duration.between(Instant.EPOCH, now).toNanos(),
                timer);
    }

    @BeforeEach
    void fill() {
        tables.put(new BenchContainer(
                BENCH, "bench", "i", "running", Map.of(), List.of(), true, "x", "x", "dev:1000", null));
        agent(MASTER, 0, Role.MASTER, true);
        agent(SLAVE, 1, Role.SLAVE, true);
        agent(SWARM, 2, Role.SWARM, true);
        agent(SHELL, 3, Role.SHELL, true);
        queue.delivery().start();
        routing.worker().start();
        pass(Duration.ZERO);
    }

    private void agent(String id, int pane, Role role, boolean active) {
        PaneKey key = new PaneKey(BENCH, "/tmp/tmux-1000/default", "main", 0, pane, "%" + pane);
        tables.put(new Pane(key, "bench", "", 40 + pane, "", "claude", "/", "", true, true, "x", "x"));
        tables.put(new Agent(
                new AgentId(id),
                key,
                role,
                Capability.CLAUDE,
                id.substring(id.length() - 1) + "-label",
                "",
                null,
                "{}",
                "x",
                "x",
                null,
                active));
    }

    private static RouteDefinition definition(RouteRule source, RouteRule target, RouteRule master, String template) {
        return new RouteDefinition("completed", source, target, master, template);
    }

    private static RouteRule rule(String kind, @Nullable String value) {
        return new RouteRule(kind, value);
    }

    private static RouteDefinition to(RouteRule target) {
        return definition(rule("any", null), target, rule("auto", null), "{source_label}: {event_excerpt}");
    }

    private Route add(RouteDefinition definition) {
        return routing.routes().add(definition, "host-operator");
    }

    private long event(String agent, String type, String excerpt) {
        events++;
        long id = Math.max(events, tables.events().lastId() + 1);
        tables.put(new EventRow(
                new Event(
                        id,
                        type,
                        agent,
                        null,
                        null,
                        null,
                        null,
                        Timestamps.micros(now),
                        excerpt,
                        null,
                        Event.Debounced.NONE,
                        1),
                null));
        routing.worker().request();
        return id;
    }

    private long completed(String agent) {
        return event(agent, "completed", "done");
    }

    private void pass(Duration time) {
        now = now.plus(time);
        timer.advance(time);
    }

    private void step() {
        pass(Duration.ofMillis(10));
    }

    private List<QueuedMessage> messages() {
        return tables.messages().list(MessageFilter.first(1000));
    }

    private List<Map<String, @Nullable Object>> lines(String type) {
        return trail.stream()
                .filter(fields -> type.equals(fields.get("event_type")))
                .toList();
    }

    private List<String> typed() {
        return panes.typed().stream()
                .map(prompt -> new String(prompt.body().bytes(), UTF_8))
                .toList();
    }

    @Test
    void an_event_becomes_a_prompt_at_once_and_once() {
        event(SLAVE, "completed", "before the route");
        Route route = add(to(rule("explicit", "c-label")));
        assertThat(route.cursor()).isEqualTo(1);
        event(SLAVE, "activity", "of another type");
        long id = event(SLAVE, "completed", "all\ndone");
        step();
        assertThat(typed()).containsExactly("b-label: all done");
        QueuedMessage message = messages().get(0);
        assertThat(message.source()).isEqualTo(MessageSource.route(route.id(), id));
        assertThat(message.sender().agentId()).isEqualTo(MASTER);
        assertThat(message.target().agentId()).isEqualTo(SWARM);
        pass(Duration.ofSeconds(3));
        assertThat(messages()).hasSize(1);
        assertThat(store.find(route.id()).orElseThrow().cursor()).isEqualTo(id);
        Map<String, @Nullable Object> line = lines("route_matched").get(0);
        assertThat(line.keySet())
                .containsExactly(
                        "event_type",
                        "emitted_at",
                        "event_id",
                        "route_id",
                        "winner_master_agent_id",
                        "target_agent_id",
                        "target_label",
                        "reason",
                        "event_excerpt");
        assertThat(line)
                .containsEntry("winner_master_agent_id", MASTER)
                .containsEntry("target_label", "c-label")
                .containsEntry("event_excerpt", "all\ndone")
                .containsEntry("reason", null);
        assertThat(routing.routes().activity().totals().consumed()).isEqualTo(1);
        assertThat(routing.routes().activity().of(route.id()).consumed()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "any, -, true",
                "agent_id, agt_00000000000b, true",
                "agent_id, agt_00000000000c, false",
                "role, role:slave, true",
                "role, 'role:slave,capability:claude', true",
                "role, 'role:slave,capability:codex', false",
                "role, role:master, false"
            })
    void the_source_scope_selects(String kind, @Nullable String value, boolean selected) {
        Route route =
                add(definition(rule(kind, value), rule("role", "role:swarm"), rule("explicit", MASTER), "{event_id}"));
        long id = completed(SLAVE);
        step();
        assertThat(messages()).hasSize(selected ? 1 : 0);
        assertThat(store.find(route.id()).orElseThrow().cursor()).isEqualTo(id);
        assertThat(lines("route_skipped")).isEmpty();
    }

    @Test
    void an_event_of_an_agent_that_is_gone_is_passed_over() {
        Route route = add(to(rule("role", "role:slave")));
        long id = completed(NOBODY);
        step();
        assertThat(store.find(route.id()).orElseThrow().cursor()).isEqualTo(id);
        assertThat(lines("route_skipped")).isEmpty();
        assertThat(messages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "explicit, agt_00000000000f, auto, -, target_not_found, agt_00000000000a",
                "explicit, no-such-label, auto, -, target_not_found, agt_00000000000a",
                "role, 'role:swarm,capability:codex', auto, -, no_eligible_target, agt_00000000000a",
                "source, -, explicit, agt_0000000000fe, master_not_found, -",
                "source, -, explicit, agt_00000000000b, master_inactive, -"
            })
    void what_cannot_be_sent_is_skipped_with_its_reason(
            String target, @Nullable String value, String master, @Nullable String name, String reason, String winner) {
        Route route = add(definition(rule("any", null), rule(target, value), rule(master, name), "x"));
        long id = completed(SLAVE);
        step();
        Map<String, @Nullable Object> line = lines("route_skipped").get(0);
        assertThat(line.keySet())
                .containsExactly(
                        "event_type",
                        "emitted_at",
                        "event_id",
                        "route_id",
                        "winner_master_agent_id",
                        "target_agent_id",
                        "target_label",
                        "reason",
                        "sub_reason",
                        "event_excerpt");
        assertThat(line)
                .containsEntry("reason", reason)
                .containsEntry("winner_master_agent_id", winner)
                .containsEntry("target_agent_id", null)
                .containsEntry("sub_reason", null);
        assertThat(store.find(route.id()).orElseThrow().cursor()).isEqualTo(id);
        assertThat(routing.routes().activity().totals().skipsByReason()).isEqualTo(Map.of(reason, 1L));
        assertThat(routing.routes().activity().of(route.id()).lastSkip()).isEqualTo(reason);
        assertThat(routing.routes().activity().recentSkips()).isEqualTo(1);
        pass(Duration.ofMinutes(5));
        assertThat(routing.routes().activity().recentSkips()).isZero();
    }

    @Test
    void without_an_active_master_or_source_events_are_skipped() {
        add(to(rule("source", null)));
        agent(SLAVE, 1, Role.SLAVE, false);
        completed(SLAVE);
        step();
        agent(MASTER, 0, Role.MASTER, false);
        completed(SLAVE);
        step();
        assertThat(lines("route_skipped"))
                .extracting(line -> line.get("reason"))
                .containsExactly("target_not_active", "no_eligible_master");
    }

    @Test
    void the_lowest_id_wins() {
        agent("agt_000000000001", 5, Role.MASTER, true);
        agent("agt_000000000002", 6, Role.SLAVE, true);
        add(to(rule("role", "role:slave")));
        completed(SLAVE);
        step();
        assertThat(messages().get(0).sender().agentId()).isEqualTo("agt_000000000001");
        assertThat(messages().get(0).target().agentId()).isEqualTo("agt_000000000002");
    }

    @Test
    void what_the_gate_blocks_counts_as_routed() {
        add(to(rule("explicit", "d-label")));
        completed(SLAVE);
        step();
        assertThat(messages().get(0).progress().blockReason()).isEqualTo(BlockReason.TARGET_ROLE_NOT_PERMITTED);
        queue.routing().set(false);
        completed(SLAVE);
        step();
        assertThat(messages().get(1).progress().blockReason()).isEqualTo(BlockReason.KILL_SWITCH_OFF);
        assertThat(lines("route_matched")).hasSize(2);
    }

    @Test
    void a_text_that_may_not_be_sent_is_skipped() {
        add(definition(rule("any", null), rule("role", "role:swarm"), rule("auto", null), "{event_excerpt}"));
        event(SLAVE, "completed", "");
        event(SLAVE, "completed", "a\u0007b");
        step();
        assertThat(lines("route_skipped"))
                .extracting(line -> line.get("sub_reason"))
                .containsExactly("body_empty", "body_invalid_chars");
    }

    @Test
    void a_template_that_another_program_stored_is_skipped() {
        store.write(writes -> writes.insert(new Route(
                "r",
                definition(rule("any", null), rule("role", "role:swarm"), rule("auto", null), "{oops}"),
                true,
                0,
                "x",
                "x",
                null)));
        completed(SLAVE);
        step();
        assertThat(lines("route_skipped").get(0))
                .containsEntry("reason", "template_render_error")
                .containsEntry("sub_reason", "missing_field");
    }

    @Test
    void several_routes_take_the_same_event() {
        add(to(rule("role", "role:swarm")));
        add(to(rule("explicit", "no-such-label")));
        add(to(rule("explicit", "b-label")));
        completed(SLAVE);
        step();
        assertThat(messages())
                .extracting(message -> message.target().agentId())
                .containsExactlyInAnyOrder(SWARM, SLAVE);
        assertThat(lines("route_skipped")).hasSize(1);
    }

    @Test
    void a_disabled_route_keeps_its_events() {
        Route route = add(to(rule("role", "role:swarm")));
        routing.routes().setEnabled(route.id(), false, null);
        for (int i = 0; i < 250; i++) {
            completed(SLAVE);
        }
        step();
        assertThat(messages()).isEmpty();
        assertThat(store.mostStalled()).isEmpty();
        routing.routes().setEnabled(route.id(), true, null);
        assertThat(store.mostStalled()).contains(new Lag(route.id(), 250));
        step();
        assertThat(messages()).hasSize(250);
        assertThat(store.mostStalled()).isEmpty();
        assertThat(lines("route_updated"))
                .extracting(line -> line.get("change"))
                .containsExactly(Map.of("enabled", false), Map.of("enabled", true));
    }

    @Test
    void a_cursor_that_went_back_routes_nothing_twice() {
        Route route = add(to(rule("role", "role:swarm")));
        completed(SLAVE);
        step();
        store.write(writes -> {
            writes.delete(route.id());
            return writes;
        });
        tables.put(new RouteRow(route));
        pass(Duration.ofSeconds(1));
        assertThat(messages()).hasSize(1);
        assertThat(lines("route_matched")).hasSize(1);
        assertThat(store.find(route.id()).orElseThrow().cursor()).isEqualTo(1);
    }

    @Test
    void an_unreadable_store_delays_and_loses_nothing() {
        Route route = add(to(rule("role", "role:swarm")));
        long id = completed(SLAVE);
        tables.failWith("disk on fire");
        step();
        assertThat(routing.worker().trouble()).isEqualTo("disk on fire");
        assertThat(routing.routes().activity().totals().isDegraded()).isTrue();
        tables.failWith(null);
        pass(Duration.ofSeconds(1));
        assertThat(routing.worker().trouble()).isNull();
        assertThat(messages()).hasSize(1);
        assertThat(store.find(route.id()).orElseThrow().cursor()).isEqualTo(id);
    }

    @Test
    void an_event_that_breaks_a_route_is_skipped_in_the_end_and_holds_up_no_other_route() {
        List<Throwable> shown = new ArrayList<>();
        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((t, fault) -> shown.add(fault));
        try {
            skipInTheEnd();
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }
        assertThat(shown).hasSizeGreaterThanOrEqualTo(RouteWorker.MOST_FAILURES);
    }

    private void skipInTheEnd() {
        store = new BrokenFor(tables.routes());
        routing.worker().close();
        routing = create();
        routing.worker().start();
        Route broken = add(to(rule("role", "role:swarm")));
        add(to(rule("explicit", "b-label")));
        completed(SLAVE);
        step();
        assertThat(messages()).hasSize(1);
        assertThat(routing.routes().activity().totals().isDegraded()).isTrue();
        for (int i = 0; i < RouteWorker.MOST_FAILURES; i++) {
            pass(Duration.ofSeconds(1));
        }
        assertThat(routing.routes().activity().totals().isDegraded()).isFalse();
        assertThat(lines("route_skipped").get(0))
                .containsEntry("route_id", broken.id())
                .containsEntry("reason", "template_render_error");
    }

    @Test
    void two_agents_that_prompt_each_other_are_stopped() {
        add(definition(
                rule("agent_id", SLAVE), rule("explicit", SWARM), rule("auto", null), "for the swarm: {event_id}"));
        add(definition(
                rule("agent_id", SWARM), rule("explicit", SLAVE), rule("auto", null), "for the slave: {event_id}"));
        completed(SLAVE);
        int answered = 0;
        for (int i = 0; i < 40; i++) {
            step();
            List<QueuedMessage> all = messages();
            if (all.size() > answered) {
                // Whoever was prompted answers.
                completed(all.get(answered++).target().agentId());
            }
        }
        // To the swarm, back to the slave four times, and to the swarm each time in between.
        assertThat(messages()).hasSize(9);
        assertThat(lines("route_skipped"))
                .extracting(line -> line.get("reason"))
                .containsExactly("hop_limit_exceeded");
        assertThat(lines("route_skipped").get(0)).containsEntry("target_agent_id", SLAVE);
        // A person's prompt begins anew, and so does the next hour.
        queue.sending().send(Actor.hostOperator(), SWARM, "go on".getBytes(UTF_8), SendOptions.NONE, null);
        step();
        completed(SWARM);
        step();
        assertThat(messages()).hasSize(11);
    }

    @Test
    void an_agent_that_prompts_itself_is_stopped_for_an_hour() {
        add(to(rule("source", null)));
        for (int i = 0; i < 8; i++) {
            completed(SLAVE);
            step();
        }
        assertThat(messages()).hasSize(4);
        pass(Duration.ofHours(1));
        completed(SLAVE);
        step();
        assertThat(messages()).hasSize(5);
    }

    @Test
    void a_removed_route_ends() {
        Route route = add(to(rule("role", "role:swarm")));
        assertThat(routing.routes().remove(route.id(), null)).isEqualTo(route);
        completed(SLAVE);
        step();
        assertThat(messages()).isEmpty();
        assertThat(lines("route_deleted").get(0)).containsEntry("deleted_by_agent_id", null);
        assertThatThrownBy(() -> routing.routes().remove(route.id(), null))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.ROUTE_ID_NOT_FOUND));
    }

    @Test
    void a_heartbeat_tells_every_minute_of_what_was_done() {
        add(to(rule("role", "role:swarm")));
        completed(SLAVE);
        completed(SLAVE);
        pass(Duration.ofSeconds(61));
        pass(Duration.ofSeconds(60));
        List<Map<String, @Nullable Object>> beats = lines("routing_worker_heartbeat");
        assertThat(beats).hasSize(2);
        assertThat(beats.get(0).keySet())
                .containsExactly(
                        "event_type",
                        "emitted_at",
                        "interval_seconds",
                        "cycles_since_last_heartbeat",
                        "events_consumed_since_last_heartbeat",
                        "skips_since_last_heartbeat",
                        "degraded");
        assertThat(beats)
                .extracting(beat -> beat.get("events_consumed_since_last_heartbeat"))
                .containsExactly(2L, 0L);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "nothing, any, -, source, -, auto, -, x, ROUTE_EVENT_TYPE_INVALID",
                "queue_message_enqueued, any, -, source, -, auto, -, x, ROUTE_EVENT_TYPE_INVALID",
                "error, any, -, nobody, -, never, -, x, ROUTE_MASTER_RULE_INVALID",
                "error, any, -, source, -, explicit, -, x, ROUTE_MASTER_RULE_INVALID",
                "error, any, -, source, -, explicit, '', x, ROUTE_MASTER_RULE_INVALID",
                "error, any, -, source, -, auto, y, x, ROUTE_MASTER_RULE_INVALID",
                "error, all, -, nobody, -, auto, -, x, ROUTE_TARGET_RULE_INVALID",
                "error, any, -, source, y, auto, -, x, ROUTE_TARGET_RULE_INVALID",
                "error, any, -, explicit, '', auto, -, x, ROUTE_TARGET_RULE_INVALID",
                "error, all, -, role, role:shell, auto, -, x, ROUTE_SOURCE_SCOPE_INVALID",
                "error, any, y, source, -, auto, -, x, ROUTE_SOURCE_SCOPE_INVALID",
                "error, agent_id, agt_X, source, -, auto, -, x, ROUTE_SOURCE_SCOPE_INVALID",
                "error, role, slave, source, -, auto, -, x, ROUTE_SOURCE_SCOPE_INVALID",
                "error, role, 'role:slave, capability:x', source, -, auto, -, x, ROUTE_SOURCE_SCOPE_INVALID",
                "error, any, -, explicit, 12345678901234567890123456789012345678901234567890123456789012345, auto, -, x,"
                        + " ROUTE_TARGET_RULE_INVALID",
                "error, any, -, role, role:master, auto, -, x, ROUTE_TARGET_RULE_INVALID",
                "error, any, -, role, 'role:slave,capability:', auto, -, {, ROUTE_TARGET_RULE_INVALID",
                "error, any, -, source, -, auto, -, {, ROUTE_TEMPLATE_INVALID"
            })
    void a_definition_that_breaks_a_rule_is_refused(
            String type,
            String scope,
            @Nullable String scopeValue,
            String target,
            @Nullable String targetValue,
            String master,
            @Nullable String masterValue,
            String template,
            ErrorCode code) {
        RouteDefinition definition = new RouteDefinition(
                type, rule(scope, scopeValue), rule(target, targetValue), rule(master, masterValue), template);
        assertThatThrownBy(() -> add(definition))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(code));
        assertThat(store.list(false)).isEmpty();
        assertThat(trail).isEmpty();
    }

    /** A store whose routes to a role have a template that breaks the worker. */
    private record BrokenFor(RouteStore routes) implements RouteStore {
        @Override
        public List<Route> list(boolean enabledOnly) {
            return routes.list(enabledOnly);
        }

        @Override
        public List<Route> behind() {
            return routes.behind().stream()
                    .map(route -> route.definition().target().kind().equals("role")
                            ? new Route(
                                    route.id(),
                                    new RouteDefinition(
                                            route.definition().eventType(),
                                            route.definition().source(),
                                            route.definition().target(),
                                            route.definition().master(),
                                            broken()),
                                    route.enabled(),
                                    route.cursor(),
                                    route.createdAt(),
                                    route.updatedAt(),
                                    route.createdBy())
                            : route)
                    .toList();
        }

        @SuppressWarnings("NullAway") // the fault that is tested
        private static String broken() {
            return null;
        }

        @Override
        public Optional<Route> find(String id) {
            return routes.find(id);
        }

        @Override
        public Optional<Lag> mostStalled() {
            return routes.mostStalled();
        }

        @Override
        public Optional<PriorMessage> lastDelivered(String agentId, String until) {
            return routes.lastDelivered(agentId, until);
        }

        @Override
        public <T> T write(Function<Writes, T> work) {
            return routes.write(work);
        }
    }
}
