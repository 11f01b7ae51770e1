package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.policy.InMemoryPolicy;
import dev.agenttower.core.governance.policy.PolicyFiles;
import dev.agenttower.core.governance.role.AgentSessions;
import dev.agenttower.core.governance.role.FixedActiveRole;
import dev.agenttower.core.governance.role.GovernedSession;
import dev.agenttower.core.governance.role.GovernedSessions;
import dev.agenttower.core.governance.role.Identity;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.RoleClaim;
import dev.agenttower.core.governance.role.RoleResolution;
import dev.agenttower.core.governance.role.RoleSource;
import dev.agenttower.core.governance.role.RunningProcesses;
import dev.agenttower.core.governance.role.StartSession;
import dev.agenttower.core.governance.role.WorkingCopy;
import dev.agenttower.workspace.file.JacksonJson;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link GovernedSessions} must do, and how roles are found among them. */
abstract class GovernedSessionsContract {
    private static final KernelSession TERMINAL = new KernelSession(90, 5);
    private static final LiveProcess SHELL = new LiveProcess(new ProcessMark(90, 5), TERMINAL, 1);
    private static final LiveProcess ONE = new LiveProcess(new ProcessMark(100, 7), TERMINAL, 1);
    private static final LiveProcess TWO = new LiveProcess(new ProcessMark(200, 8), TERMINAL, 1);
    private static final LiveProcess INIT = process(1, 1, KernelSession.NONE);

    private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());
    private final InMemoryPolicy policy = new InMemoryPolicy(new JacksonJson());
    private final Set<ProcessMark> gone = new LinkedHashSet<>();
    private boolean isInhabited;
    private final RunningProcesses running = new RunningProcesses() {
        @Override
        public boolean isRunning(ProcessMark process) {
            return !gone.contains(process);
        }

        @Override
        public Predicate<KernelSession> inhabited() {
            return session -> isInhabited;
        }
    };
    private GovernedSessions sessions;

    abstract GovernedSessions sessions();

    @BeforeEach
    void open() {
        sessions = sessions();
        policy.put(PolicyFiles.JURISDICTIONS, "{\"jurisdictions\": {\"Architect\": [\"a\"], \"Developer\": [\"b\"]}}");
    }

    @Test
    void keeps_sessions_by_id_in_the_order_of_their_start() {
        GovernedSession a = new GovernedSession("a", "CLAUDE", "Architect", "S", "t", true, ONE.member(), "later");
        GovernedSession b = new GovernedSession("b", "CLAUDE", "Developer", "S", "t", false, null, null);
        sessions.put(a);
        sessions.put(b);
        assertThat(sessions.list()).containsExactly(a, b);
        assertThat(sessions.remove("a")).contains(a);
        assertThat(sessions.remove("a")).isEmpty();
        sessions.put(b);
        assertThat(sessions.list()).containsExactly(b);
    }

    @Test
    void two_sessions_at_once_keep_their_own_roles() {
        start("one", "architect", ONE);
        start("two", "Developer", TWO);

        Identity first = resolve(null, "Architect", List.of(process(101, 9, TERMINAL), ONE, SHELL, INIT));
        Identity second = resolve(null, "", List.of(TWO));

        assertThat(first.role()).isEqualTo("Architect");
        assertThat(first.source()).isEqualTo(RoleSource.BOUND_SESSION);
        assertThat(second.role()).isEqualTo("Developer");
        assertThat(resolve(null, null, List.of(process(100, 8, TERMINAL), SHELL, INIT))
                        .source())
                .isNotEqualTo(RoleSource.BOUND_SESSION);
    }

    @Test
    void another_role_than_the_one_of_the_session_is_denied_and_on_the_ledger() {
        start("one", "Developer", ONE);

        assertThatThrownBy(() -> resolve(null, "Architect", List.of(ONE)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.details()).containsEntry("reason", "role_mismatch"));
        assertThatThrownBy(() ->
                        desk().start(new StartSession("x", "CLAUDE", "Architect", "S", false, null, List.of(ONE))))
                .isInstanceOf(RefusedException.class);

        assertThat(ledger.events())
                .extracting(LedgerEvent::actionType)
                .containsExactly("session_start", "role_mismatch", "role_mismatch");
        assertThat(ledger.events().get(1).authorized()).isFalse();
    }

    @Test
    void without_a_session_environment_goes_before_file_before_default_before_none() {
        assertThat(resolve("architect", "developer", List.of()).role()).isEqualTo("Developer");
        assertThat(resolve("architect", null, List.of()).role()).isEqualTo("Architect");
        assertThat(resolve("architect", null, List.of()).source()).isEqualTo(RoleSource.ACTIVE_ROLE_FILE);
        assertThat(resolve(null, null, List.of()).role()).isEqualTo("Backend_Engineer");
        policy.put(PolicyFiles.SETTINGS, "{\"default_role\": null}");
        Identity nobody = resolve(null, null, List.of());
        assertThat(nobody.source()).isEqualTo(RoleSource.NONE);
        assertThatThrownBy(nobody::requiredRole).isInstanceOf(RefusedException.class);
    }

    @Test
    void starts_and_ends_are_on_the_ledger_and_uncommitted_work_keeps_a_session_open() {
        start("one", "Developer", ONE);
        WorkingCopy dirty = new WorkingCopy() {
            @Override
            public Status status() {
                return new Status(" M a.txt\n", "");
            }

            @Override
            public String commit() {
                return "abc";
            }
        };
        AgentSessions desk =
                new AgentSessions(sessions, resolution(null), policy, dirty, ledger, InstantSource.system(), running);
        StartSession same = new StartSession("one", "CLAUDE", "Developer", "SPEC-1", false, null, List.of());

        assertThatThrownBy(() -> desk.end(same, false, true))
                .hasMessage("Uncommitted changes detected. Session cannot be closed without a commit.");
        assertThat(desk.list()).hasSize(1);
        assertThat(desk.end(same, true, true).commitHash()).isEqualTo("abc");
        assertThat(desk.list()).isEmpty();
        LedgerEvent end = ledger.events().get(1);
        assertThat(end.actionType()).isEqualTo("session_end");
        assertThat(end.fields()).containsEntry("session_id", "one");
        assertThat(end.data("commit_hash")).isEqualTo("abc");
    }

    @Test
    void a_process_keeps_its_role_when_its_session_has_ended_and_as_long_as_it_runs() {
        start("one", "Developer", ONE);
        desk().end(session("one", "Developer", null, ONE), true, true);

        assertThat(desk().list()).isEmpty();
        Identity identity = resolve("Architect", "", List.of(ONE));
        assertThat(identity.role()).isEqualTo("Developer");
        assertThat(identity.source()).isEqualTo(RoleSource.BOUND_SESSION);
        assertThat(identity.session()).isNull();
        assertRefused("role_mismatch", () -> resolve(null, "Architect", List.of(ONE)));
        assertRefused("role_mismatch", () -> desk().start(session("two", "Architect", ONE, ONE)));

        desk().start(session("two", "developer", ONE, ONE));
        assertThat(resolve(null, "", List.of(ONE)).session().id()).isEqualTo("two");
        assertThat(sessions.list()).hasSize(1);
        gone.add(ONE.mark());
        desk().end(session("two", "Developer", null), true, true);
        assertThat(sessions.list()).isEmpty();
    }

    @Test
    void a_session_started_again_without_a_process_keeps_the_one_it_has() {
        start("one", "Developer", ONE);
        desk().start(session("one", "Developer", null, TWO, ONE));
        assertThat(resolve(null, "", List.of(ONE)).source()).isEqualTo(RoleSource.BOUND_SESSION);
    }

    @Test
    void nobody_outside_takes_a_session_away_while_its_process_runs() {
        start("one", "Developer", ONE);
        start("two", "Architect", TWO);

        assertThatThrownBy(() -> desk().start(session("two", "Developer", ONE, ONE)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThatThrownBy(() -> desk().start(session("two", "Developer", null)))
                .isInstanceOf(RefusedException.class);
        assertRefused("not_own_session", () -> desk().end(session("two", "Developer", null, ONE), true, true));
        LedgerEvent denied = ledger.events().get(ledger.events().size() - 1);
        assertThat(denied.actionType()).isEqualTo("denied_session_end");
        assertThat(denied.authorized()).isFalse();
        assertThat(resolve(null, "", List.of(TWO)).role()).isEqualTo("Architect");

        gone.add(TWO.mark());
        desk().start(session("two", "Developer", ONE, ONE));
        desk().end(session("two", "Developer", null), true, true);
        assertThat(desk().list()).extracting(GovernedSession::id).containsExactly("one");
    }

    @Test
    void an_orphan_keeps_the_role_of_the_session_that_it_was_cut_off_from() {
        start("one", "Developer", ONE);
        List<LiveProcess> orphan = List.of(process(110, 9, TERMINAL), INIT);

        assertThat(resolve("Architect", null, orphan).role()).isEqualTo("Developer");
        assertRefused("role_mismatch", () -> resolve(null, "Architect", orphan));
        assertRefused(
                "role_mismatch",
                () -> desk().start(session("two", "Architect", null, orphan.toArray(LiveProcess[]::new))));
        desk().end(session("one", "Developer", null, orphan.toArray(LiveProcess[]::new)), true, true);
        isInhabited = true;
        gone.add(ONE.mark());
        LiveProcess other = process(300, 9, new KernelSession(300, 9));
        start("two", "Developer", other);
        assertThat(resolve("Architect", null, orphan).role()).isEqualTo("Developer");
        isInhabited = false;
        start("three", "Developer", other);
        assertThat(resolve("Architect", null, orphan).role()).isEqualTo("Architect");
    }

    @Test
    void an_orphan_of_one_of_several_sessions_gets_the_role_of_none() {
        start("one", "Developer", ONE);
        start("two", "Architect", TWO);
        List<LiveProcess> orphan = List.of(process(210, 9, TERMINAL), INIT);

        assertThat(resolve("Architect", null, orphan).source()).isEqualTo(RoleSource.NONE);
        assertRefused("role_mismatch", () -> resolve(null, "Architect", orphan));
        assertRefused("role_mismatch", () -> resolve(null, "Developer", orphan));
        assertThat(resolve(null, null, List.of(process(110, 7, TERMINAL), INIT)).role())
                .isEqualTo("Developer");
    }

    @Test
    void a_job_of_the_shell_that_an_agent_was_started_from_is_none_of_its_own() {
        start("one", "Developer", ONE);
        assertThat(resolve("Architect", null, List.of(process(110, 9, TERMINAL), SHELL, INIT))
                        .role())
                .isEqualTo("Architect");
        assertThat(resolve("Architect", null, List.of(process(80, 6, TERMINAL), INIT))
                        .role())
                .isEqualTo("Architect");
        assertThat(resolve("Architect", null, List.of(process(110, 9, new KernelSession(90, 8)), INIT))
                        .role())
                .isEqualTo("Architect");
    }

    @Test
    void a_start_needs_agent_role_and_spec() {
        assertThatThrownBy(() -> StartSession.of(Map.of("agent", "A", "role", "R"), null, List.of()))
                .hasMessage("Missing agent, role, or spec_id");
        assertThat(StartSession.of(Map.of("agent", "A", "role", "R", "spec_id", "S"), null, List.of())
                        .sessionId())
                .isEqualTo("unknown");
    }

    private static LiveProcess process(long pid, long start, KernelSession session) {
        return new LiveProcess(new ProcessMark(pid, start), session, 1);
    }

    private static StartSession session(String id, String role, @Nullable LiveProcess root, LiveProcess... lineage) {
        return new StartSession(
                id, "CLAUDE", role, "SPEC-1", false, root == null ? null : root.member(), List.of(lineage));
    }

    private static void assertRefused(String reason, ThrowingCallable deed) {
        assertThatThrownBy(deed)
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.details()).containsEntry("reason", reason));
    }

    private void start(String id, String role, LiveProcess root) {
        desk().start(session(id, role, root));
    }

    private AgentSessions desk() {
        return new AgentSessions(
                sessions, resolution(null), policy, WorkingCopy.none(), ledger, InstantSource.system(), running);
    }

    private Identity resolve(@Nullable String activeRole, @Nullable String claimed, List<LiveProcess> lineage) {
        return resolution(activeRole).resolve(new RoleClaim("CLAUDE", claimed, lineage));
    }

    private RoleResolution resolution(@Nullable String activeRole) {
        return new RoleResolution(sessions, new FixedActiveRole(activeRole, null), policy, ledger);
    }
}
