package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.change.proposal.AuthorizeChange;
import dev.agenttower.core.governance.change.proposal.ChangePreview;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.SubmitChange;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.project.ProjectText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What change requests do, over whatever ports: the contracts of queue, application and diff in their use. */
abstract class ChangeContract {
    static final String SPECS = "config/specs.json";
    static final String PLAN = "_cortex/MASTER_PLAN.md";

    private ChangeWorkbench bench;

    abstract ChangeWorkbench workbench() throws Exception;

    @BeforeEach
    void open() throws Exception {
        bench = workbench();
    }

    @Test
    void merges_into_json_keeps_the_order_of_keys_and_tells_of_each_step() {
        bench.files().write(SPECS, "{\"specs\": {\"B\": {\"title\": \"b\", \"roles\": [1, 2]}, \"A\": 1.10}}");
        String id = bench.submit(
                SPECS, "json_merge", "merge_data", Map.of("specs", Map.of("B", Map.of("roles", List.of("x")))));

        ChangeRequest done = bench.decision().authorize(AuthorizeChange.asProposed(id));

        assertThat(done.status()).isEqualTo("authorized");
        assertThat(done.fields()).containsEntry("authorized_by", "HUMAN");
        assertThat(text(SPECS)).isEqualTo("""
                        {
                          "specs": {
                            "B": {
                              "title": "b",
                              "roles": [
                                "x"
                              ]
                            },
                            "A": 1.10
                          }
                        }""");
        assertThat(trail(id))
                .containsExactly(
                        "sovereign_change_proposed", "sovereign_change_authorized", "sovereign_change_applied");
        assertThat(bench.application().unsettled()).isEmpty();
        assertThat(bench.queue().requests()).containsExactly(done);
    }

    @Test
    void ids_are_unique_and_in_order_under_load_and_none_is_lost() throws Exception {
        ExecutorService agents = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> work = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String content = "n" + i;
                work.add(() -> bench.submit(PLAN, "append", "content", content));
            }
            for (Future<String> id : agents.invokeAll(work)) {
                assertThat(id.get()).matches("scr_\\d{8}_\\d{6}_\\d{3}");
            }
        } finally {
            agents.shutdownNow();
        }
        List<String> ids =
                bench.queue().requests().stream().map(ChangeRequest::id).toList();
        assertThat(ids).hasSize(40).doesNotHaveDuplicates().isSorted();
        assertThat(ids.get(39)).endsWith("_040");
        assertThat(bench.ledger().select(LedgerFilter.ofType("sovereign_change_proposed"), 0, null))
                .hasSize(40);
    }

    @Test
    void the_same_pending_change_is_recognised() {
        String first = bench.submit(PLAN, "append", "content", "x");
        assertThat(bench.submit(PLAN, "append", "content", "x")).isEqualTo(first);
        assertThat(bench.submit(PLAN, "append", "content", "y")).isNotEqualTo(first);
        bench.decision().reject(first, "no");
        assertThat(bench.submit(PLAN, "append", "content", "x")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "README.md, append, content, x, Path README.md is not a sovereign path",
        "./config/specs.json, append, content, x, Path ./config/specs.json is not a sovereign path",
        "config/specs.json, rewrite, content, x, Unsupported change type: rewrite",
        "config/specs.json, append, content, '', No content to append",
        "config/specs.json, append, merge_data, x, No content to append",
        "config/specs.json, json_merge, content, x, No merge data provided",
        "config/specs.json, full_replace, patch, x, No content for replacement",
        "config/specs.json, patch, patch, x, Invalid patch data",
    })
    void a_malformed_proposal_is_refused_when_it_is_submitted(
            String path, String type, String key, String payload, String message) {
        assertThatThrownBy(() -> bench.submit(path, type, key, payload))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
        assertThat(bench.queue().requests()).isEmpty();
    }

    @Test
    void intents_and_fields_are_checked() {
        Map<String, Object> body = Map.of(
                "agent",
                "C",
                "role",
                "R",
                "target_path",
                PLAN,
                "change_type",
                "append",
                "content",
                "x",
                "intent_id",
                "INT-9");
        assertThatThrownBy(() -> bench.submission().submit(SubmitChange.of(body)))
                .hasMessage("Intent INT-9 not found");
        assertThatThrownBy(() -> SubmitChange.of(Map.of("agent", "C"))).hasMessage("Missing required fields");
        assertThatThrownBy(() -> SubmitChange.of(Map.of(
                        "agent", "HUMAN", "role", "R", "target_path", PLAN, "change_type", "append", "content", "x")))
                .hasMessageContaining("reserved");
    }

    @Test
    void a_preview_shows_the_diff_and_whether_it_would_apply() {
        bench.files().write(PLAN, "one\ntwo\nthree");
        String id = bench.submit(PLAN, "patch", "patch", Map.of("old_string", "two", "new_string", "2"));

        ChangePreview preview = bench.review().preview(id, Map.of());

        assertThat(preview.wouldApply()).isTrue();
        assertThat(preview.result()).isEqualTo("one\n2\nthree");
        assertThat(preview.diff())
                .startsWith("--- a/" + PLAN + "\n+++ b/" + PLAN + "\n@@ -1,3 +1,3 @@\n")
                .contains("-two\n")
                .contains("+2\n")
                .contains("\\ No newline at end of file\n");
        assertThat(preview.changedSinceSubmission()).isFalse();
        assertThat(preview.submittedSha256()).isEqualTo(preview.currentSha256());

        bench.files().write(PLAN, "two two");
        ChangePreview later = bench.review().preview(id, Map.of());
        assertThat(later.wouldApply()).isFalse();
        assertThat(later.problem()).isEqualTo("Patch ambiguity: old_string found 2 times");
        assertThat(later.changedSinceSubmission()).isTrue();
        ChangePreview edited =
                bench.review().preview(id, Map.of("patch", Map.of("old_string", "two two", "new_string", "x")));
        assertThat(edited.result()).isEqualTo("x");
    }

    @Test
    void a_change_that_does_not_apply_stays_pending_and_writes_nothing() {
        bench.files().write(SPECS, "{}");
        String id = bench.submit(SPECS, "append", "content", "x");

        assertThatThrownBy(() -> bench.decision().authorize(AuthorizeChange.asProposed(id)))
                .hasMessageStartingWith("Failed to apply change: the result would not be JSON");

        assertThat(text(SPECS)).isEqualTo("{}");
        assertThat(bench.review().find(id).isPending()).isTrue();
        assertThat(trail(id)).containsExactly("sovereign_change_proposed");
    }

    @Test
    void a_file_that_changed_since_the_human_looked_is_a_conflict() {
        bench.files().write(PLAN, "a");
        String id = bench.submit(PLAN, "append", "content", "b");
        String seen =
                Objects.requireNonNull(bench.review().preview(id, Map.of()).currentSha256());
        bench.files().write(PLAN, "c");

        assertThatThrownBy(() -> bench.decision().authorize(new AuthorizeChange(id, seen, null, Map.of())))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFLICT));
        assertThat(text(PLAN)).isEqualTo("c");
        bench.decision().authorize(AuthorizeChange.asProposed(id));
        assertThat(text(PLAN)).isEqualTo("cb");
    }

    @Test
    void a_replacement_of_the_whole_file_is_bound_to_what_the_file_was() {
        bench.files().write(PLAN, "a");
        String id = bench.submit(PLAN, "full_replace", "content", "b");
        bench.files().write(PLAN, "c");
        String now = Objects.requireNonNull(bench.review().preview(id, Map.of()).currentSha256());

        assertThatThrownBy(() -> bench.decision().authorize(AuthorizeChange.asProposed(id)))
                .hasMessageContaining("has changed since");
        assertThatThrownBy(() -> bench.decision().authorize(new AuthorizeChange(id, now, null, Map.of())))
                .hasMessageContaining("has changed since");
        ChangeRequest done = bench.decision().authorize(new AuthorizeChange(id, now, null, Map.of("content", "d")));
        assertThat(text(PLAN)).isEqualTo("d");
        assertThat(done.fields()).containsEntry("was_edited", true).containsEntry("content", "d");
    }

    @Test
    void a_piece_of_text_that_overlaps_itself_is_ambiguous() {
        bench.files().write(PLAN, "xaaay");
        String id = bench.submit(PLAN, "patch", "patch", Map.of("old_string", "aa", "new_string", "b"));
        assertThatThrownBy(() -> bench.decision().authorize(AuthorizeChange.asProposed(id)))
                .hasMessage("Failed to apply change: Patch ambiguity: old_string found 2 times");
        assertThat(text(PLAN)).isEqualTo("xaaay");
    }

    @ParameterizedTest
    @CsvSource({
        "append, content, patch, edited_patch does not fit a change of type append; it takes edited_content",
        "full_replace, content, merge_data, edited_merge_data does not fit a change of type full_replace; it takes edited_content",
        "json_merge, merge_data, content, edited_content does not fit a change of type json_merge; it takes edited_merge_data",
        "patch, patch, content, edited_content does not fit a change of type patch; it takes edited_patch",
    })
    void another_payload_must_fit_the_type_of_change(String type, String key, String other, String message) {
        Map<String, Object> object = Map.of("old_string", "a", "new_string", "b");
        bench.files().write(SPECS, "{\"a\": 1}");
        String id = bench.submit(SPECS, type, key, key.equals("content") ? "x" : object);
        Map<String, Object> edits = Map.of(key, key.equals("content") ? "y" : object, other, "z");
        assertThatThrownBy(() -> bench.decision().authorize(new AuthorizeChange(id, null, null, edits)))
                .isInstanceOf(RefusedException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> bench.review().preview(id, edits)).hasMessage(message);
        assertThat(bench.review().find(id).isPending()).isTrue();
        assertThat(text(SPECS)).isEqualTo("{\"a\": 1}");
    }

    @Test
    void decisions_are_final() {
        String id = bench.submit(PLAN, "append", "content", "b");
        assertThat(bench.decision().reject(id, "not now").fields())
                .containsEntry("rejection_reason", "not now")
                .containsEntry("authorized_by", "HUMAN");
        assertThatThrownBy(() -> bench.decision().authorize(AuthorizeChange.asProposed(id)))
                .hasMessage("SCR is already rejected");
        assertThatThrownBy(() -> bench.decision().reject("scr_none", "")).hasMessage("SCR not found");
        assertThat(bench.files().read(PLAN)).isNull();
    }

    @Test
    void the_role_that_proposed_it_may_take_it_back() {
        String id = bench.submit(PLAN, "append", "content", "b");
        assertThatThrownBy(() -> bench.submission().withdraw(id, "CLAUDE", "Developer"))
                .hasMessage("SCR " + id + " was proposed by Architect, not Developer");
        assertThat(bench.submission().withdraw(id, "CLAUDE", "architect").status())
                .isEqualTo("withdrawn");
        assertThat(trail(id)).containsExactly("sovereign_change_proposed", "sovereign_change_withdrawn");
    }

    @Test
    void lists_newest_first_and_by_status() {
        String first = bench.submit(PLAN, "append", "content", "1");
        String second = bench.submit(PLAN, "append", "content", "2");
        bench.decision().reject(first, "");
        assertThat(bench.review().list(null)).extracting(ChangeRequest::id).containsExactly(second, first);
        assertThat(bench.review().list("pending")).extracting(ChangeRequest::id).containsExactly(second);
        assertThat(bench.review().pending()).isEqualTo(1);
    }

    @Test
    void appends_verbatim_and_creates_what_is_missing() {
        bench.decision().authorize(AuthorizeChange.asProposed(bench.submit(PLAN, "append", "content", "a\r\n")));
        bench.decision().authorize(AuthorizeChange.asProposed(bench.submit(PLAN, "append", "content", "b")));
        assertThat(text(PLAN)).isEqualTo("a\r\nb");
    }

    private List<String> trail(String id) {
        return bench.ledger().select(LedgerFilter.all(), 0, null).stream()
                .filter(event -> id.equals(event.data("scr_id")))
                .map(LedgerEvent::actionType)
                .toList();
    }

    private String text(String path) {
        ProjectText text = bench.files().read(path);
        return text == null ? "(none)" : text.text();
    }
}
