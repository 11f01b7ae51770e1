package dev.agenttower.core.governance.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.policy.Policy;
import dev.agenttower.core.governance.policy.PolicySettings;
import dev.agenttower.core.governance.policy.PolicySource;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AgentSessionsTest {
    private static final SessionMember ONE = new SessionMember(new ProcessMark(100, 7), KernelSession.NONE);
    private static final SessionMember TWO = new SessionMember(new ProcessMark(200, 8), KernelSession.NONE);

    private final InMemoryGovernedSessions sessions = new InMemoryGovernedSessions();
    private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());
    private final Policy empty =
            new Policy(Map.of(), Map.of(), PolicySettings.DEFAULT, List.of(), false, Instant.EPOCH);
    private final PolicySource policy = () -> empty;
    private final Set<ProcessMark> gone = new LinkedHashSet<>();
    private final AgentSessions desk = desk(ledger);

    private AgentSessions desk(Ledger told) {
        return new AgentSessions(
                sessions,
                new RoleResolution(sessions, new FixedActiveRole(null, null), policy, ledger),
                policy,
                WorkingCopy.none(),
                told,
                InstantSource.system(),
                process -> !gone.contains(process));
    }

    private static StartSession session(String id, @Nullable SessionMember root) {
        return new StartSession(id, "CLAUDE", "Developer", "SPEC-1", false, root, List.of());
    }

    @Test
    void there_is_an_end_to_the_sessions_that_are_kept() {
        for (int i = 0; i < AgentSessions.MAX_SESSIONS - 1; i++) {
            SessionMember root = new SessionMember(new ProcessMark(1000 + i, 1), KernelSession.NONE);
            sessions.put(new GovernedSession("p" + i, "A", "R", "S", "t", false, root, null));
        }
        desk.start(session("listed", null));
        desk.start(session("next", null));
        assertThat(desk.list()).extracting(GovernedSession::id).contains("next").doesNotContain("listed");
        desk.start(session("bound", ONE));
        assertThatThrownBy(() -> desk.start(session("more", TWO)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FULL));
        gone.add(new ProcessMark(1000, 1));
        desk.start(session("more", TWO));
        assertThat(sessions.list()).hasSize(AgentSessions.MAX_SESSIONS);
    }

    @Test
    void what_ended_is_forgotten_with_its_process() {
        desk.start(session("one", ONE));
        desk.end(session("one", null), true, true);
        assertThat(sessions.list()).hasSize(1);
        gone.add(ONE.mark());
        desk.start(session("two", TWO));
        assertThat(sessions.list()).extracting(GovernedSession::id).containsExactly("two");
    }

    private void assertStaysDeveloper(LiveProcess process) {
        assertThatThrownBy(() ->
                        desk.start(new StartSession("two", "CLAUDE", "Architect", "S", false, null, List.of(process))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("bound to role Developer");
    }

    @Test
    void one_that_is_started_again_from_a_child_keeps_its_process() {
        LiveProcess agent = new LiveProcess(ONE.mark(), KernelSession.NONE, 0);
        LiveProcess child = new LiveProcess(TWO.mark(), KernelSession.NONE, 0);
        desk.start(session("one", ONE));
        desk.start(new StartSession("one", "CLAUDE", "Developer", "S", false, TWO, List.of(child, agent)));
        gone.add(TWO.mark());
        assertStaysDeveloper(agent);
    }

    @Test
    void a_process_above_that_is_bound_to_another_role_keeps_it() {
        LiveProcess above = new LiveProcess(ONE.mark(), KernelSession.NONE, 0);
        LiveProcess own = new LiveProcess(TWO.mark(), KernelSession.NONE, 0);
        desk.start(session("above", ONE));
        sessions.put(new GovernedSession("own", "B", "Architect", "S", "t", false, TWO, null));
        assertThatThrownBy(() ->
                        desk.start(new StartSession("new", "B", "Architect", "S", false, ONE, List.of(own, above))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("bound to role Developer");
        assertStaysDeveloper(above);
    }

    @Test
    void what_a_process_left_keeps_its_role_when_its_session_goes_on_with_another_process() {
        KernelSession shared = new KernelSession(90, 5);
        SessionMember first = new SessionMember(new ProcessMark(100, 7), shared);
        LiveProcess left = new LiveProcess(new ProcessMark(110, 8), shared, 0);
        LiveProcess child = new LiveProcess(TWO.mark(), new KernelSession(200, 8), 0);
        desk.start(session("one", first));
        gone.add(first.mark());
        desk.start(new StartSession("one", "CLAUDE", "Developer", "S", false, TWO, List.of(child, left)));
        gone.add(TWO.mark());
        assertStaysDeveloper(left);
        assertThat(desk.list()).extracting(GovernedSession::id).containsExactly("one");
    }

    @Test
    void one_whose_start_is_not_on_the_ledger_has_not_started() {
        AgentSessions unheard = desk((Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (self, method, arguments) -> {
                    throw new LedgerException("full", null);
                }));
        assertThatThrownBy(() -> unheard.start(session("one", ONE))).isInstanceOf(LedgerException.class);
        assertThat(desk.list()).isEmpty();
    }

    @Test
    void only_a_human_ends_the_session_of_another_process() {
        desk.start(session("one", ONE));
        assertThatThrownBy(() -> desk.end(session("one", null), true, false))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.details()).containsEntry("reason", "not_own_session"));
        assertThat(desk.list()).hasSize(1);
        desk.end(session("one", null), true, true);
        assertThat(desk.list()).isEmpty();
    }
}
