package dev.agenttower.core.governance.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.project.InMemoryProject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionRequestsTest {
    private final InMemoryProject project = new InMemoryProject();
    private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());
    private boolean isFramework;
    private List<PolicyProblem> problems = List.of();
    private final Intents intents = id ->
            Optional.ofNullable(Map.of("INT-1", "Active", "INT-2", "Completed").get(id));
    private final ActionRequests requests =
            new ActionRequests(this::policy, new PolicyDecision(project, intents), project, ledger);

    @Test
    void a_dry_run_decides_and_writes_one_event_but_no_file() {
        ActionOutcome outcome = requests.handle(edit("src/a.txt", true));

        assertThat(outcome.isAllowed()).isTrue();
        assertThat(project.read("src/a.txt")).isNull();
        assertThat(ledger.events()).extracting(LedgerEvent::actionType).containsExactly("dry_run_validated_edit");
        assertThat(ledger.events().get(0).description())
                .isEqualTo("Dry-run validated edit on src/a.txt. Rationale: because");
    }

    @Test
    void carries_out_between_a_pending_and_a_completed_event() {
        ActionOutcome outcome = requests.handle(edit("src/a.txt", false));

        assertThat(outcome.result()).containsEntry("result", "file_written").containsEntry("bytes", 5);
        assertThat(project.read("src/a.txt").text()).isEqualTo("text\n");
        assertThat(ledger.events())
                .extracting(LedgerEvent::actionType)
                .containsExactly("pending_edit", "completed_edit");
        assertThat(ledger.events().get(0).fields()).containsEntry("status", "pending");
        assertThat(ledger.events().get(1).fields()).containsEntry("execution_result", outcome.result());
    }

    @ParameterizedTest
    @CsvSource({
        "Nobody, SPEC-1, src/a, Spec SPEC-1 does not authorize role Nobody for action edit",
        "Dev, SPEC-9, src/a, Spec SPEC-9 does not authorize role Dev for action edit",
        "Dev, SPEC-2, src/a, Spec SPEC-2 does not authorize role Dev for action edit",
        "dev, SPEC-1, src/a, Spec SPEC-1 does not authorize role dev for action edit",
        "Dev, SPEC-1, docs/a, Path docs/a is outside the jurisdiction of role Dev",
        "Dev, SPEC-1, ./src2/a, Path ./src2/a is outside the jurisdiction of role Dev",
        "Dev, SPEC-1, lib/a, Path lib/a is not authorized by spec SPEC-1",
        "Dev, SPEC-1, src/../../x, path_outside_project_root",
        "Dev, SPEC-1, /etc/passwd, path_outside_project_root",
        "Dev, SPEC-1, config/specs.json, sovereign_path_violation",
        "Dev, SPEC-1, ./config//specs.json, sovereign_path_violation",
        "Dev, SPEC-1, src/../config/dttp.json, sovereign_path_violation",
        "Dev, SPEC-1, /project/_cortex/MASTER_PLAN.md, sovereign_path_violation",
        "Dev, SPEC-1, config, sovereign_path_violation",
        "Dev, SPEC-1, ., sovereign_path_violation",
        "Dev, SPEC-1, .claude/settings.local.json, sovereign_path_violation",
        "Dev, SPEC-1, .codex, sovereign_path_violation",
        "Dev, SPEC-1, secrets/key, sovereign_path_violation",
        "Dev, SPEC-1, src/link/specs.json, sovereign_path_violation",
        "Dev, SPEC-1, src/plan, sovereign_path_violation",
        "Dev, SPEC-1, real-gemini/settings.json, sovereign_path_violation",
        "Dev, SPEC-1, src/out/x, path_outside_project_root",
        "Dev, SPEC-1, src/round, path_outside_project_root",
        "Dev, SPEC-1, src/docs/x, Path src/docs/x is outside the jurisdiction of role Dev",
        "Dev, SPEC-1, _cortex/ads/events.jsonl, governance_file_protected",
        "Dev, SPEC-1, _cortex/ops/active_role.txt, governance_file_protected",
    })
    void the_first_check_that_fails_is_the_reason(String role, String spec, String path, String reason) {
        project.link("src/link", "../config");
        project.link("src/plan", "/project/_cortex/MASTER_PLAN.md");
        project.link(".gemini", "real-gemini");
        project.link("src/out", "/etc");
        project.link("src/round", "round");
        project.link("src/docs", "../docs");

        ActionOutcome outcome =
                requests.handle(request(role, spec, "edit", Map.of("file", path, "content", "x"), false));

        assertThat(outcome.reason()).isEqualTo(reason);
        LedgerEvent event = ledger.events().get(0);
        assertThat(event.authorized()).isFalse();
        assertThat(event.fields()).containsEntry("escalation", true).containsEntry("spec_ref", spec);
        assertThat(ledger.events()).hasSize(1);
        assertThat(requests.denied()).isEqualTo(1);
    }

    @Test
    void a_request_without_any_role_is_denied_and_on_the_ledger() {
        requests.deny(edit("src/a.txt", false), "no_role");

        LedgerEvent event = ledger.events().get(0);
        assertThat(event.actionType()).isEqualTo("denied_edit");
        assertThat(event.description()).isEqualTo("DENIED: no_role. Rationale provided: because");
        assertThat(event.authorized()).isFalse();
        assertThat(event.fields()).containsEntry("escalation", true).containsEntry("tier", 3);
        assertThat(requests.total()).isEqualTo(1);
        assertThat(requests.denied()).isEqualTo(1);
    }

    @Test
    void denials_have_the_tier_and_id_of_their_kind() {
        requests.handle(edit("config/specs.json", false));
        requests.handle(edit("../x", false));
        requests.handle(edit("docs/x", false));
        assertThat(ledger.events())
                .extracting(event -> event.fields().get("tier"))
                .containsExactly(1, 1, 3);
        assertThat(ledger.events())
                .extracting(LedgerEvent::actionType)
                .containsExactly("sovereign_path_violation", "denied_containment", "denied_edit");
        assertThat(ledger.events().get(0).id()).contains("_sovereign__");
        assertThat(ledger.events().get(1).id()).contains("_containmen_");
        assertThat(ledger.events().get(2).id()).contains("_denial_edi_");
    }

    @ParameterizedTest
    @CsvSource({"INT-9, intent_not_found", "INT-2, intent_inactive"})
    void an_intent_must_exist_and_not_be_over(String intent, String reason) {
        ActionOutcome outcome = requests.handle(
                request("Dev", "SPEC-1", "edit", Map.of("file", "src/a", "content", "x", "intent_id", intent), true));
        assertThat(outcome.reason()).isEqualTo(reason);
        assertThat(ledger.events().get(0).fields()).containsEntry("intent_id", intent);
    }

    @Test
    void patches_where_the_piece_occurs_once() {
        project.write("src/a", "one two two\n");
        assertThat(patch("one", "1").result()).containsEntry("result", "file_patched");
        assertThat(patch("two", "2").result()).containsEntry("message", "old_string is ambiguous (2 matches)");
        assertThat(patch("three", "3").result()).containsEntry("message", "old_string not found in file");
        assertThat(project.read("src/a").text()).isEqualTo("1 two two\n");
    }

    @Test
    void git_and_deploy_are_decided_and_the_result_says_that_they_are_not_carried_out() {
        ActionOutcome outcome = requests.handle(request("Dev", "SPEC-1", "git_commit", Map.of("message", "m"), false));
        assertThat(outcome.isAllowed()).isTrue();
        assertThat(outcome.result()).containsEntry("status", "not_executed");
        assertThat(requests.handle(request("Dev", "SPEC-1", "git_push", Map.of("branch", "--force"), false))
                        .isAllowed())
                .isFalse();
    }

    @Test
    void the_framework_has_a_second_tier() {
        isFramework = true;
        Map<String, Object> params = new LinkedHashMap<>(Map.of("file", "adt_core/dttp/policy.py", "content", "x"));
        assertThat(requests.handle(request("Dev", "SPEC-1", "edit", params, true))
                        .reason())
                .isEqualTo("tier2_authorization_required");
        assertThat(requests.handle(request("Dev", "SPEC-3", "edit", params, true))
                        .reason())
                .isEqualTo("tier2_authorization_required");
        params.put("tier2_justification", "needed");
        assertThat(requests.handle(request("Dev", "SPEC-1", "edit", params, true))
                        .reason())
                .isEqualTo("tier2_authorization_required");
        ActionOutcome outcome = requests.handle(request("Dev", "SPEC-3", "edit", params, false));
        assertThat(outcome.isAllowed()).isTrue();
        assertThat(ledger.events())
                .extracting(LedgerEvent::actionType)
                .containsSubsequence("tier2_denied", "tier2_authorized", "completed_edit");
        assertThat(requests.handle(request("Dev", "SPEC-1", "git_push", Map.of(), true))
                        .reason())
                .isEqualTo("tier2_authorization_required");
        assertThat(requests.handle(request("Dev", "SPEC-1", "git_push", Map.of("branch", "topic"), true))
                        .isAllowed())
                .isTrue();
    }

    @Test
    void a_broken_policy_file_denies_and_is_named() {
        problems = List.of(new PolicyProblem(PolicyFiles.SETTINGS, "unexpected end, line 1 column 2"));
        assertThat(requests.handle(edit("src/a", true)).reason())
                .isEqualTo("Policy file config/dttp.json: unexpected end, line 1 column 2");
    }

    @Test
    void bodies_are_checked_in_order() {
        Map<String, Object> body = new LinkedHashMap<>();
        for (String key : List.of("agent", "role", "spec_id", "action", "params", "rationale")) {
            assertThatThrownBy(() -> ActionRequest.of(body)).hasMessage("Missing required field: " + key);
            body.put(key, "x");
        }
        assertThatThrownBy(() -> ActionRequest.of(body)).hasMessage("params must be an object");
        body.put("params", Map.of());
        body.put("rationale", " ");
        assertThatThrownBy(() -> ActionRequest.of(body)).hasMessage("rationale must be a non-empty string");
        body.put("rationale", "r");
        assertThat(ActionRequest.of(body).dryRun()).isFalse();
        body.put("params", Map.of("file", 7));
        assertThatThrownBy(() -> ActionRequest.of(body)).isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUMAN", "system"})
    void nobody_acts_as_the_human_or_as_governance(String agent) {
        Map<String, Object> body = Map.of(
                "agent", agent, "role", "r", "spec_id", "s", "action", "a", "params", Map.of(), "rationale", "r");
        assertThatThrownBy(() -> ActionRequest.of(body)).hasMessageContaining("is reserved");
    }

    private ActionOutcome patch(String oldString, String newString) {
        return requests.handle(request(
                "Dev",
                "SPEC-1",
                "replace",
                Map.of("path", "src/a", "old_string", oldString, "new_string", newString),
                false));
    }

    private static ActionRequest edit(String path, boolean dryRun) {
        return request("Dev", "SPEC-1", "write", Map.of("file", path, "content", "text\n"), dryRun);
    }

    private static ActionRequest request(
            String role, String spec, String action, Map<String, Object> params, boolean dryRun) {
        return new ActionRequest("CLAUDE", role, spec, action, params, "because", dryRun, null);
    }

    private Policy policy() {
        Set<String> actions = Set.of("edit", "patch", "delete", "git_commit", "git_push");
        PathSet covered = PathSet.of(List.of("src", "docs/", "config", ".claude", "adt_core/"));
        return new Policy(
                Map.of(
                        "Dev",
                        new RoleRule(
                                PathSet.of(List.of("src/", "lib", "config/", "_cortex/", "adt_core", ".claude")),
                                List.of(),
                                false)),
                Map.of(
                        "SPEC-1", new SpecRule("t", "approved", Set.of("Dev"), actions, covered),
                        "SPEC-2", new SpecRule("t", "completed", Set.of("Dev"), actions, covered),
                        "SPEC-3",
                                new SpecRule(
                                        "t",
                                        "active",
                                        Set.of("Dev"),
                                        actions,
                                        PathSet.of(List.of("adt_core/dttp/policy.py")))),
                new PolicySettings(null, "development", "development", null, List.of("secrets/")),
                problems,
                isFramework,
                Instant.EPOCH);
    }
}
