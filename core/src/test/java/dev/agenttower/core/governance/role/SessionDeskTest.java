package dev.agenttower.core.governance.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.governance.GovernanceException;
import dev.agenttower.core.governance.Refusal;
import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.policy.Policy;
import dev.agenttower.core.governance.policy.PolicySettings;
import dev.agenttower.core.governance.policy.PolicySource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class SessionDeskTest {
    private static final SessionMember ONE = new SessionMember(new ProcessMark(100, 7), KernelSession.NONE);
    private static final SessionMember TWO = new SessionMember(new ProcessMark(200, 8), KernelSession.NONE);

    private final InMemoryGovernedSessions sessions = new InMemoryGovernedSessions();
    private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());
    private final Policy empty =
            new Policy(Map.of(), Map.of(), PolicySettings.DEFAULT, List.of(), false, Instant.EPOCH);
    private final PolicySource policy = () -> empty;
    private final Set<ProcessMark> gone = new LinkedHashSet<>();
    private final SessionDesk desk = new SessionDesk(
            sessions,
            new RoleResolution(sessions, new FixedActiveRole(null, null), policy, ledger),
            policy,
            WorkingCopy.none(),
            ledger,
            InstantSource.system(),
            process -> !gone.contains(process));

    private static StartSession session(String id, @Nullable SessionMember root) {
        return new StartSession(id, "CLAUDE", "Developer", "SPEC-1", false, root, List.of());
    }

    @Test
    void there_is_an_end_to_the_sessions_that_are_kept() {
        for (int i = 0; i < SessionDesk.MAX_SESSIONS - 1; i++) {
            SessionMember root = new SessionMember(new ProcessMark(1000 + i, 1), KernelSession.NONE);
            sessions.put(new GovernedSession("p" + i, "A", "R", "S", "t", false, root, null));
        }
        desk.start(session("listed", null));
        desk.start(session("next", null));
        assertThat(desk.list()).extracting(GovernedSession::id).contains("next").doesNotContain("listed");
        desk.start(session("bound", ONE));
        assertThatThrownBy(() -> desk.start(session("more", TWO)))
                .isInstanceOfSatisfying(
                        GovernanceException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.FULL));
        gone.add(new ProcessMark(1000, 1));
        desk.start(session("more", TWO));
        assertThat(sessions.list()).hasSize(SessionDesk.MAX_SESSIONS);
    }

    @Test
    void what_ended_is_forgotten_with_its_process() {
        desk.start(session("one", ONE));
        desk.end(session("one", null), true);
        assertThat(sessions.list()).hasSize(1);
        gone.add(ONE.mark());
        desk.start(session("two", TWO));
        assertThat(sessions.list()).extracting(GovernedSession::id).containsExactly("two");
    }
}
