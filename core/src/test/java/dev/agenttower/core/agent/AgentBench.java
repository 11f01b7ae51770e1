package dev.agenttower.core.agent;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agenttower.core.agent.RegisterAgent.ParentChoice;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.audit.InMemoryAuditLog;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.time.HandClock;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** One bench with panes, and the use cases of agents upon it. */
final class AgentBench {
    static final ContainerId BENCH = new ContainerId("c".repeat(64));
    static final long UID = 1000;

    final InMemoryTables tables = new InMemoryTables();
    final AgentStore store = tables.agents();
    final InMemoryAuditLog trail = new InMemoryAuditLog();
    final List<String> reports = new ArrayList<>();
    final HandClock clock = new HandClock();
    final AgentRegistration registration;
    final AgentProfile profile;
    boolean trailIsBroken;
    private final LifecycleLog lifecycle;
    private final AuditLog audit;

    AgentBench() {
        this(new SecureRandom());
    }

    AgentBench(RandomGenerator random) {
        lifecycle = (event, fields) -> reports.add(event.token() + " " + fields);
        audit = record -> {
            if (trailIsBroken) {
                throw new AuditUnavailableException("disk full", new IOException("disk full"));
            }
            trail.append(record);
        };
        registration =
                new AgentRegistration(store, tables.panes(), audit, lifecycle, clock, random, UnaryOperator.identity());
        profile = new AgentProfile(store, audit, lifecycle);
        bench(true);
        pane(0, true);
        pane(1, true);
        pane(2, true);
    }

    AgentRemoval removal(Consumer<ContainerId> look, AgentRemoval.Mail mail) {
        return new AgentRemoval(store, audit, lifecycle, clock, look, mail);
    }

    RuleAdoption adoption(Supplier<List<AdoptionRule>> rules, Supplier<? extends AgentRegistration.Companion> logs) {
        return new RuleAdoption(rules, store, registration, logs, audit, lifecycle, UID);
    }

    static PaneKey key(int index) {
        return new PaneKey(BENCH, "/tmp/tmux-1000/default", "main", 0, index, "%" + index);
    }

    void bench(boolean active) {
        tables.put(new BenchContainer(
                BENCH,
                "bench-acme",
                "image",
                "running",
                Map.of(),
                List.of(),
                active,
                "t0",
                "t0",
                "brett:1000",
                "/srv/app"));
    }

    void pane(int index, boolean active) {
        tables.put(new Pane(
                key(index),
                "bench-acme",
                "brett",
                4000 + index,
                "/dev/pts/" + index,
                "bash",
                "/srv/app",
                "title",
                false,
                active,
                "t0",
                "t0"));
    }

    Agent put(Agent agent) {
        tables.put(agent);
        return agent;
    }

    /** Stores an agent on pane {@code index}. */
    Agent agent(int index, Role role, @Nullable AgentId parent, boolean active) {
        return put(new Agent(
                new AgentId("agt_00000000000" + index),
                key(index),
                role,
                Capability.CODEX,
                "label-" + index,
                "/project",
                parent,
                "{}",
                "t1",
                "t2",
                "t3",
                active));
    }

    Agent stored(AgentId id) {
        return store.find(id).orElseThrow().agent();
    }

    List<Agent> all() {
        return store.list(AgentFilter.ALL).stream().map(AgentListing::agent).toList();
    }

    Registration register(int index, @Nullable Role role, ParentChoice parent) {
        return registration.register(wish(index, role, parent), UID);
    }

    static RegisterAgent wish(int index, @Nullable Role role, ParentChoice parent) {
        return new RegisterAgent(key(index), role, null, null, null, parent);
    }

    List<AuditRecord> audited() {
        return trail.records();
    }

    static ErrorCode refusal(ThrowingCallable call) {
        return assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(call)
                .actual()
                .code();
    }
}
