package dev.agenttower.core.governance.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.change.application.ChangeNote;
import dev.agenttower.core.governance.change.application.InMemoryChangeNotes;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeOutcomesTest {
    private static final String DECIDED_AT = "2026-01-01T00:00:00+00:00";

    private final InMemoryChangeNotes notes = new InMemoryChangeNotes();
    private final InMemoryChangeQueue queue = new InMemoryChangeQueue();
    private final KnownChanges known = KnownChanges.of(notes, "demo@1");
    private Instant now = Instant.parse("2026-01-01T00:01:00Z");
    private ChangeOutcomes outcomes = afterRestart();

    /** What another daemon makes of the same notes and queue. */
    private ChangeOutcomes afterRestart() {
        return known.outcomes(queue, () -> now);
    }

    private void put(String id, String status) {
        ChangeRequest request = new ChangeRequest(Map.of(
                "id",
                id,
                "agent",
                "CLAUDE",
                "role",
                "Developer",
                "target_path",
                "config/a",
                "status",
                status,
                "authorized_at",
                DECIDED_AT,
                "rejection_reason",
                "no"));
        queue.exclusively(writing -> {
            List<ChangeRequest> all = new ArrayList<>(writing.requests());
            all.removeIf(each -> each.id().equals(id));
            all.add(request);
            if (!request.isPending()) {
                known.decide(List.of(request));
            }
            writing.save(all);
            return id;
        });
    }

    private void propose(String id, String session) {
        put(id, "pending");
        outcomes.proposed(id, session);
    }

    private List<String> take(String session) {
        return outcomes.take("claude", "DEVELOPER", session);
    }

    @Test
    void tells_once_and_after_a_restart_as_well() {
        assertThat(outcomes.isEmpty()).isTrue();
        propose("scr_1", "s");
        propose("scr_2", "s");
        outcomes = afterRestart();
        assertThat(take("s")).isEmpty();
        put("scr_1", "authorized");
        put("scr_2", "rejected");
        outcomes = afterRestart();
        assertThat(take("s"))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("Change request scr_1 was authorized by a person; config/a"),
                        second -> assertThat(second)
                                .startsWith("Change request scr_2 of config/a was rejected by a person: no."));
        assertThat(take("s")).isEmpty();
        assertThat(afterRestart().isEmpty()).isTrue();
    }

    @Test
    void another_session_of_the_same_agent_does_not_take_what_is_meant_for_one_that_lives() {
        propose("scr_1", "s");
        put("scr_1", "authorized");
        assertThat(take("other")).isEmpty();
        assertThat(outcomes.take("CLAUDE", "Developer", null)).isEmpty();
        assertThat(outcomes.take("GEMINI", "Architect", "s")).hasSize(1);
    }

    @Test
    void another_session_takes_it_when_its_own_has_ended_or_an_hour_has_passed() {
        propose("scr_1", "s");
        propose("scr_2", "t");
        put("scr_1", "authorized");
        put("scr_2", "authorized");
        outcomes.ended("s");
        outcomes = afterRestart();
        assertThat(take("other")).singleElement().asString().contains("scr_1");
        now = Instant.parse("2026-01-01T00:00:00Z").plus(ChangeOutcomes.HELD);
        assertThat(take("other")).isEmpty();
        now = now.plus(Duration.ofSeconds(1));
        assertThat(outcomes.take("CLAUDE", "Architect", "other")).isEmpty();
        assertThat(take("other")).singleElement().asString().contains("scr_2");
    }

    @Test
    void the_session_that_proposed_it_last_is_told() {
        propose("scr_1", "s");
        outcomes.proposed("scr_1", "t");
        put("scr_1", "authorized");
        assertThat(take("s")).isEmpty();
        assertThat(take("t")).hasSize(1);
    }

    @Test
    void a_proposal_without_a_known_session_is_told_to_its_agent_and_role() {
        put("scr_1", "pending");
        outcomes.deciding("scr_1");
        put("scr_1", "authorized");
        assertThat(outcomes.take("CLAUDE", "Architect", null)).isEmpty();
        assertThat(take("any")).hasSize(1);
    }

    @Test
    void nothing_is_told_of_what_was_withdrawn_or_another_program_decided() {
        known.trustExisting(queue);
        propose("scr_1", "s");
        propose("scr_2", "s");
        put("scr_1", "withdrawn");
        queue.exclusively(writing -> {
            writing.save(writing.requests().stream()
                    .map(each -> each.isPending() ? each.with(Map.of("status", "authorized")) : each)
                    .toList());
            return writing;
        });
        assertThat(take("s")).isEmpty();
        assertThat(notes.find("demo@1"))
                .filteredOn(note -> note.kind() == ChangeNote.Kind.UNTOLD)
                .extracting(ChangeNote::id)
                .containsExactly("scr_2");
    }

    @Test
    void what_is_gone_from_the_queue_is_forgotten() {
        outcomes.proposed("scr_1", "s");
        assertThat(take("s")).isEmpty();
        assertThat(outcomes.isEmpty()).isTrue();
    }

    @Test
    void not_more_than_so_many_wait() {
        for (int i = 0; i <= ChangeOutcomes.MAX; i++) {
            outcomes.proposed("scr_" + (10_000 + i), "s");
        }
        assertThat(notes.find("demo@1"))
                .hasSize(ChangeOutcomes.MAX)
                .extracting(ChangeNote::id)
                .doesNotContain("scr_10000");
    }
}
