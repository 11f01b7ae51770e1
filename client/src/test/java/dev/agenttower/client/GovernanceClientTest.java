package dev.agenttower.client;

import static dev.agenttower.client.ScriptedHttp.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.GovernanceRefusedException.Kind;
import dev.agenttower.client.governance.change.Authorization;
import dev.agenttower.client.governance.change.ChangeFilter;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.ChangeProposal;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.client.governance.change.SubmittedChange;
import dev.agenttower.client.governance.human.CallerIdentity;
import dev.agenttower.client.governance.human.ProcessIdentity;
import dev.agenttower.client.governance.ledger.LedgerCheck;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import dev.agenttower.client.governance.ledger.LedgerNote;
import dev.agenttower.client.governance.ledger.LedgerSearch;
import dev.agenttower.client.governance.ledger.LedgerSearch.Direction;
import dev.agenttower.client.governance.ledger.LedgerSlice;
import dev.agenttower.client.governance.policy.Enforcement;
import dev.agenttower.client.governance.policy.PolicyConflict;
import dev.agenttower.client.governance.policy.PolicyFileProblem;
import dev.agenttower.client.governance.policy.ProposedAction;
import dev.agenttower.client.governance.policy.RoleChange;
import dev.agenttower.client.governance.policy.RoleRights;
import dev.agenttower.client.governance.policy.Ruling;
import dev.agenttower.client.governance.policy.SpecChange;
import dev.agenttower.client.governance.policy.SpecRights;
import dev.agenttower.client.governance.project.Project;
import dev.agenttower.client.governance.request.FiledRequest;
import dev.agenttower.client.governance.request.RequestDraft;
import dev.agenttower.client.governance.request.RoleRequest;
import dev.agenttower.client.governance.role.Actor;
import dev.agenttower.client.governance.role.AgentSession;
import dev.agenttower.client.governance.role.SessionDraft;
import dev.agenttower.client.governance.role.StartedSession;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GovernanceClientTest {
    private static final Actor BACKEND = new Actor("CLAUDE", "Backend_Engineer");
    private static final String CHANGE = "{'id': 'scr_1', 'ts': '2026-02-20T15:00:00Z', 'agent': 'CLAUDE', 'role': 'R',"
            + " 'spec_ref': null, 'target_path': 'config/specs.json', 'description': 'why', 'status': 'pending',"
            + " 'authorized_by': null, 'x': 1, ";
    private static final String PREVIEW = "{'scr_id': 'scr_1', 'target_path': 'config/specs.json', 'change_type':"
            + " 'append', 'status': 'pending', 'would_apply': true, 'problem': null, 'diff': '+x', 'result': 'x',"
            + " 'submitted_sha256': null, 'current_sha256': 'aa', 'result_sha256': 'bb',"
            + " 'changed_since_submission': false}";

    @TempDir
    Path folder;

    private Path socket;
    private GovernanceClient client;

    @BeforeEach
    void name_the_socket() {
        socket = folder.resolve("h.sock");
        client = new GovernanceClient(socket);
    }

    @AfterEach
    void close_the_client() {
        client.close();
    }

    @Nested
    class Requests {
        @Test
        void travel_on_a_connection_of_their_own() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(socket, json(200, "{'roles': {}}"))) {
                client.roles();

                assertThat(http.requests())
                        .containsExactly("GET /api/governance/roles HTTP/1.1\r\nHost: localhost\r\nAccept:"
                                + " application/json\r\nConnection: close\r\n\r\n");
            }
        }

        @Test
        void carry_json_with_its_length() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(socket, json(200, "{'new_status': 'rejected'}"))) {
                client.reject("scr_1", "ü");

                assertThat(http.requests().get(0))
                        .contains("\r\nContent-Type: application/json\r\n", "\r\nContent-Length: 38\r\n")
                        .endsWith("\r\n\r\n{\"action\":\"reject\",\"reason\":\"\\u00FC\"}\n");
            }
        }

        @Test
        void name_the_project_and_cannot_be_led_astray_by_what_is_put_into_them() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(socket, json(200, CHANGE + "'change_type': 'x'}"))) {
                client.inProject("a b&c=ü").change("../x?y#z \r\nX-Agent: me");

                assertThat(http.line())
                        .isEqualTo("GET /api/governance/sovereign-requests/%2E%2E%2Fx%3Fy%23z%20%0D%0AX-Agent%3A%20me"
                                + "?project=a+b%26c%3D%C3%BC");
            }
        }

        @Test
        void show_the_passphrase_percent_encoded() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(socket, json(200, "{}"))) {
                client.withPassphrase("käse & 10%\r\nX: y").removeProject("shop");

                assertThat(http.requests().get(0))
                        .startsWith("DELETE /api/projects/shop HTTP/1.1\r\n")
                        .contains("\r\nX-Operator-Passphrase: k%C3%A4se%20%26%2010%25%0D%0AX%3A%20y\r\n")
                        .contains("\r\nContent-Length: 0\r\n");
            }
        }
    }

    @Nested
    class Changes {
        @Test
        void are_submitted_with_their_payload() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(
                    socket,
                    json(201, "{'status': 'queued', 'scr_id': 'scr_1', 'message': 'm'}"),
                    json(200, "{'status': 'queued', 'scr_id': 'scr_1', 'message': 'm', 'already_pending': true}"))) {
                SubmittedChange first = client.submitChange(new ChangeProposal(
                        BACKEND, "config/specs.json", new Proposal.Patch("a", "b"), "why", "SPEC-1", "INT-1"));
                assertThat(first.id()).isEqualTo("scr_1");
                assertThat(first.isAlreadyPending()).isFalse();
                assertThat(http.line()).isEqualTo("POST /api/governance/sovereign-requests");
                assertThat(http.body())
                        .isEqualTo("{\"agent\":\"CLAUDE\",\"role\":\"Backend_Engineer\",\"target_path\":"
                                + "\"config/specs.json\",\"change_type\":\"patch\",\"description\":\"why\","
                                + "\"spec_ref\":\"SPEC-1\",\"intent_id\":\"INT-1\","
                                + "\"patch\":{\"old_string\":\"a\",\"new_string\":\"b\"}}");

                JsonNode data = JsonText.object().put("k", 1);
                SubmittedChange second = client.submitChange(
                        ChangeProposal.of(BACKEND, "config/specs.json", new Proposal.JsonMerge(data), "why"));
                assertThat(second.isAlreadyPending()).isTrue();
                assertThat(http.body()).endsWith("\"description\":\"why\",\"merge_data\":{\"k\":1}}");
            }
        }

        @Test
        void are_read_with_what_they_propose() throws IOException {
            String list = "{'requests': [" + CHANGE
                    + "'change_type': 'patch', 'patch': {'old_string': 'a', 'new_string': 'b'}},"
                    + CHANGE + "'change_type': 'append', 'content': 'c'}," + CHANGE
                    + "'change_type': 'full_replace', 'content': ''}," + CHANGE
                    + "'change_type': 'json_merge', 'merge_data': {'k': 1}}," + CHANGE
                    + "'change_type': 'patch', 'patch': {}}," + CHANGE + "'change_type': 'novel', 'content': 'c'}]}";
            try (ScriptedHttp http = new ScriptedHttp(socket, json(200, list))) {
                List<SovereignChange> changes =
                        client.changes(new ChangeFilter("pending", "R", null, "config/specs.json"));

                assertThat(http.line()).endsWith("?status=pending&role=R&target_path=config%2Fspecs.json");
                assertThat(changes)
                        .extracting(SovereignChange::proposal)
                        .containsExactly(
                                new Proposal.Patch("a", "b"),
                                new Proposal.Append("c"),
                                new Proposal.FullReplace(""),
                                new Proposal.JsonMerge(JsonText.object().put("k", 1)),
                                null,
                                null);
                assertThat(changes.get(0).isPending()).isTrue();
                assertThat(changes.get(0).specRef()).isNull();
                assertThat(changes.get(0).json().path("x").intValue()).isEqualTo(1);
            }
        }

        @Test
        void are_authorized_as_they_were_seen() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(
                    socket,
                    json(200, PREVIEW),
                    json(200, "{'status': 'success', 'scr_id': 'scr_1', 'new_status': 'authorized'}"))) {
                ChangePreview seen = client.preview("scr_1");
                assertThat(http.line()).isEqualTo("GET /api/governance/sovereign-requests/scr_1/preview");
                assertThat(seen.wouldApply()).isTrue();
                assertThat(seen.submittedSha256()).isNull();

                assertThat(client.authorize(Authorization.ofSeen(seen)).newStatus())
                        .isEqualTo("authorized");
                assertThat(http.line()).isEqualTo("PUT /api/governance/sovereign-requests/scr_1");
                assertThat(http.body())
                        .isEqualTo(
                                "{\"action\":\"authorize\",\"expected_sha256\":\"aa\",\"expected_result_sha256\":\"bb\"}");
            }
        }

        @Test
        void are_previewed_and_authorized_as_edited() throws IOException {
            Proposal edited = new Proposal.Append("y");
            try (ScriptedHttp http = new ScriptedHttp(socket, json(200, PREVIEW), json(200, "{}"), json(200, "{}"))) {
                client.preview("scr_1", edited);
                assertThat(http.line()).isEqualTo("POST /api/governance/sovereign-requests/scr_1/preview");
                assertThat(http.body()).isEqualTo("{\"edited_content\":\"y\"}");

                client.authorize(new Authorization("scr_1", null, null, edited));
                assertThat(http.body()).isEqualTo("{\"action\":\"authorize\",\"edited_content\":\"y\"}");

                client.withdraw("scr_1", BACKEND);
                assertThat(http.body())
                        .isEqualTo("{\"agent\":\"CLAUDE\",\"role\":\"Backend_Engineer\",\"action\":\"withdraw\"}");
            }
        }

        @Test
        void that_wait_are_counted() throws IOException {
            try (ScriptedHttp http =
                    new ScriptedHttp(socket, json(200, "{'pending': 2, 'text': 'Pending authorizations: 2'}"))) {
                assertThat(client.pending().count()).isEqualTo(2);
                assertThat(http.line()).isEqualTo("GET /api/governance/statusline");
            }
        }
    }

    @Nested
    class BetweenRoles {
        @Test
        void requests_are_filed_and_updated() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(
                    socket,
                    json(201, "{'req_id': 'REQ-028', 'status': 'OPEN', 'event_id': 'evt_1'}"),
                    json(
                            200,
                            "{'status': 'success', 'req_id': 'REQ-028', 'new_status': 'COMPLETED', 'event_id': 'evt_2'}"))) {
                FiledRequest filed = client.fileRequest(RequestDraft.of(BACKEND, "DevOps", "t", "d"));
                assertThat(filed.id()).isEqualTo("REQ-028");
                assertThat(http.line()).isEqualTo("POST /api/governance/requests");
                assertThat(http.body())
                        .isEqualTo(
                                "{\"from_role\":\"Backend_Engineer\",\"from_agent\":\"CLAUDE\",\"to_role\":\"DevOps\","
                                        + "\"title\":\"t\",\"description\":\"d\",\"priority\":\"MEDIUM\",\"type\":"
                                        + "\"SPEC_REQUEST\",\"related_specs\":[]}");

                assertThat(client.updateRequestStatus("REQ-028", "completed", BACKEND)
                                .newStatus())
                        .isEqualTo("COMPLETED");
                assertThat(http.line()).isEqualTo("PUT /api/governance/requests/REQ-028/status");
                assertThat(http.body()).endsWith("\"status\":\"COMPLETED\"}");
            }
        }

        @Test
        void requests_are_listed_and_read_whole() throws IOException {
            String row = "{'id': 'REQ-001', 'title': 't', 'status': 'OPEN', 'author': 'A (B)', 'from_role': 'A', 'to':"
                    + " 'ALL', 'date': 'd', 'summary': 's'";
            try (ScriptedHttp http = new ScriptedHttp(
                    socket,
                    json(200, "{'requests': [" + row + "}]}"),
                    json(
                            200,
                            row
                                    + ", 'type': 'T', 'priority': 'HIGH', 'related_specs': ['S'], 'description': 'all'}"))) {
                RoleRequest listed = client.requests("A", null).get(0);
                assertThat(http.line()).isEqualTo("GET /api/governance/requests?role=A");
                assertThat(listed.description()).isNull();

                RoleRequest whole = client.request("REQ-001");
                assertThat(whole.description()).isEqualTo("all");
                assertThat(whole.relatedSpecs()).containsExactly("S");
            }
        }
    }

    @Nested
    class Policy {
        private final ProposedAction wish = new ProposedAction(
                BACKEND, "SPEC-017", "edit", JsonText.object().put("file", "a"), "because", true, "s1");

        @Test
        void a_denial_is_an_answer() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(
                    socket, json(403, "{'status': 'denied', 'reason': 'role_mismatch', 'event_id': 'evt_1'}"))) {
                assertThat(client.decide(wish)).isEqualTo(new Ruling.Denied("role_mismatch", null, "evt_1"));
                assertThat(http.body())
                        .isEqualTo("{\"agent\":\"CLAUDE\",\"role\":\"Backend_Engineer\",\"spec_id\":\"SPEC-017\","
                                + "\"action\":\"edit\",\"rationale\":\"because\",\"dry_run\":true,"
                                + "\"params\":{\"file\":\"a\"},\"session_id\":\"s1\"}");
            }
        }

        @Test
        void what_is_allowed_may_have_a_result() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(
                    socket,
                    json(200, "{'status': 'allowed', 'dry_run': true}"),
                    json(200, "{'status': 'allowed', 'result': {'status': 'error', 'message': 'm'}}"))) {
                assertThat(client.decide(wish)).isEqualTo(new Ruling.Allowed(true, JsonText.object(), null));
                assertThat(client.decide(wish)).isInstanceOfSatisfying(Ruling.Allowed.class, allowed -> {
                    assertThat(allowed.isDryRun()).isFalse();
                    assertThat(allowed.result().path("message").textValue()).isEqualTo("m");
                });
                assertThat(http.requests()).hasSize(2);
            }
        }

        @Test
        void a_malformed_wish_is_a_failure() throws IOException {
            String body = "{'status': 'error', 'code': 'MISSING_FIELD', 'message': 'Missing required field: role'}";
            try (ScriptedHttp http = new ScriptedHttp(socket, json(400, body), json(403, "{'error': 'no'}"))) {
                assertThatExceptionOfType(GovernanceRefusedException.class)
                        .isThrownBy(() -> client.decide(wish))
                        .withMessage("Missing required field: role")
                        .satisfies(refusal -> assertThat(refusal.kind()).isEqualTo(Kind.INVALID));
                assertThatExceptionOfType(GovernanceRefusedException.class).isThrownBy(() -> client.decide(wish));
                assertThat(http.requests()).hasSize(2);
            }
        }

        @Test
        void its_state_and_roles_are_read() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(
                    socket,
                    json(
                            200,
                            "{'project': 'shop', 'policy_loaded': true, 'specs_count': 3, 'total_denials': 2, 'problems':"
                                    + " [{'file': 'config/specs.json', 'problem': 'broken'}]}"),
                    json(
                            200,
                            "{'roles': {'R': {'paths': ['a/'], 'action_types': ['edit'], 'specs': [], 'locked': true}}}"))) {
                assertThat(client.policyState().problems())
                        .containsExactly(new PolicyFileProblem("config/specs.json", "broken"));
                assertThat(client.roles())
                        .containsExactly(new RoleRights("R", List.of("a/"), List.of("edit"), List.of(), true));
                assertThat(http.requests()).hasSize(2);
            }
        }
    }

    @Nested
    class ChangingPolicy {
        @Test
        void sends_only_what_is_to_be_changed() throws IOException {
            String done = "{'status': 'success', 'event_id': 'evt_1'}";
            try (ScriptedHttp http = new ScriptedHttp(socket, json(200, done), json(200, done), json(200, done))) {
                RoleChange change = new RoleChange(List.of("a/", "b"), null, true, true);
                assertThat(client.changeRole("DevOps Engineer/..", change).eventId())
                        .isEqualTo("evt_1");
                assertThat(http.line()).isEqualTo("PUT /api/governance/roles/DevOps%20Engineer%2F%2E%2E");
                assertThat(http.body()).isEqualTo("{\"paths\":[\"a/\",\"b\"],\"locked\":true,\"unlock\":true}");

                client.changeRole("R", new RoleChange(null, List.of(), false, false));
                assertThat(http.body()).isEqualTo("{\"action_types\":[],\"locked\":false}");

                client.changeSpec("SPEC-017", new SpecChange(List.of("R"), List.of("edit")));
                assertThat(http.line()).isEqualTo("PUT /api/governance/specs/SPEC-017/roles");
                assertThat(http.body()).isEqualTo("{\"roles\":[\"R\"],\"action_types\":[\"edit\"]}");
            }
            assertThatIllegalArgumentException().isThrownBy(() -> new SpecChange(null, null));
        }

        @Test
        void what_it_says_is_read() throws IOException {
            String denial = "{'event_id': 'evt_1', 'ts': 't', 'agent': 'A', 'role': 'R', 'action_type': 'denied_edit',"
                    + " 'description': 'd', 'spec_ref': 'S', 'authorized': false}";
            try (ScriptedHttp http = new ScriptedHttp(
                    socket,
                    json(
                            200,
                            "{'specs': {'SPEC-1': {'title': 't', 'status': 'draft', 'roles': ['R'], 'action_types':"
                                    + " ['edit'], 'paths': ['a/']}}, 'jurisdictions': {}}"),
                    json(
                            200,
                            "{'mode': 'development', 'status': 'active', 'protected_paths': {'sovereign': ['a'],"
                                    + " 'constitutional': []}, 'recent_denials': ["
                                    + denial + "]}"),
                    json(
                            200,
                            "{'conflicts': [{'type': 'sovereign_conflict', 'role': 'R', 'path': 'a', 'message': 'm'}]}"))) {
                SpecRights spec = client.specs().get(0);
                assertThat(http.line()).isEqualTo("GET /api/dttp/policy");
                assertThat(spec)
                        .isEqualTo(
                                new SpecRights("SPEC-1", "t", "draft", List.of("R"), List.of("edit"), List.of("a/")));
                assertThat(spec.isInForce()).isFalse();

                Enforcement enforcement = client.enforcement();
                assertThat(http.line()).isEqualTo("GET /api/governance/enforcement");
                assertThat(enforcement.sovereign()).containsExactly("a");
                assertThat(enforcement.recentDenials())
                        .extracting(LedgerEntry::actionType)
                        .containsExactly("denied_edit");

                assertThat(client.conflicts())
                        .containsExactly(new PolicyConflict("sovereign_conflict", "R", "a", null, "m"));
            }
        }
    }

    @Nested
    class LedgerWriting {
        @Test
        void tells_what_an_agent_did_under_an_id_of_its_own() throws IOException {
            String done = "{'status': 'success', 'event_id': 'evt_1'}";
            try (ScriptedHttp http = new ScriptedHttp(socket, json(200, done), json(200, done))) {
                LedgerNote note = new LedgerNote(
                        BACKEND, Instant.parse("2026-02-20T15:00:00.5Z"), "task_complete", "d", null, true);
                assertThat(client.log(note).eventId()).isEqualTo("evt_1");
                assertThat(http.line()).isEqualTo("POST /api/ads/log");
                assertThat(http.body())
                        .matches(
                                "\\{\"agent\":\"CLAUDE\",\"role\":\"Backend_Engineer\",\"event_id\":\"evt_[0-9a-f-]{36}\","
                                        + "\"ts\":\"2026-02-20T15:00:00.500Z\",\"action_type\":\"task_complete\",\"description\":\"d\","
                                        + "\"spec_ref\":null,\"authorized\":true}");

                assertThat(client.healLedger("a disk failed").eventId()).isEqualTo("evt_1");
                assertThat(http.line()).isEqualTo("POST /api/ads/heal");
                assertThat(http.body()).isEqualTo("{\"reason\":\"a disk failed\"}");
            }
        }
    }

    @Nested
    class Sessions {
        @Test
        void start_and_end() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(
                    socket,
                    json(200, "{'status': 'success', 'event_id': 'evt_1', 'session_id': 'ses_1'}"),
                    json(200, "{'status': 'success', 'event_id': 'evt_2'}"),
                    json(200, "{'status': 'success', 'event_id': 'evt_3', 'commit_hash': 'abc'}"),
                    json(403, "{'error': 'Uncommitted changes', 'git_status': ' M x'}"))) {
                assertThat(client.startSession(SessionDraft.of(BACKEND, "SPEC-017"))
                                .id())
                        .isEqualTo("ses_1");
                assertThat(http.line()).isEqualTo("POST /api/sessions/start");
                assertThat(http.body())
                        .isEqualTo("{\"agent\":\"CLAUDE\",\"role\":\"Backend_Engineer\",\"spec_id\":\"SPEC-017\","
                                + "\"sandbox\":false}");

                StartedSession named =
                        client.startSession(new SessionDraft(BACKEND, "SPEC-017", "mine", true, null).boundTo(77));
                assertThat(named.id()).isEqualTo("mine");
                assertThat(http.body()).endsWith("\"sandbox\":true,\"session_id\":\"mine\",\"pid\":77}");

                assertThat(client.endSession("mine", BACKEND, "SPEC-017", false).commitHash())
                        .isEqualTo("abc");
                assertThat(http.line()).isEqualTo("POST /api/sessions/end");
                assertThat(http.body()).endsWith("\"session_id\":\"mine\",\"force\":false}");

                assertThatExceptionOfType(GovernanceRefusedException.class)
                        .isThrownBy(() -> client.endSession("mine", BACKEND, "SPEC-017", false))
                        .satisfies(refusal -> assertThat(
                                        refusal.details().path("git_status").textValue())
                                .isEqualTo(" M x"));
            }
        }
    }

    @Nested
    class LedgerReading {
        @Test
        void asks_for_a_part_and_can_go_on() throws IOException {
            String slice = "{'events': [{'event_id': 'e', 'ts': 't', 'agent': 'A', 'role': 'R', 'action_type': 'x',"
                    + " 'description': 'd', 'spec_ref': null, 'authorized': true}], 'before': '0.0', 'after': '9.f',"
                    + " 'has_more': true}";
            try (ScriptedHttp http = new ScriptedHttp(socket, json(200, slice), json(200, slice), json(200, slice))) {
                LedgerSearch search = new LedgerSearch("end", Direction.BACKWARD, 20, "A", null, "x", null);
                LedgerSlice found = client.events(search);
                assertThat(http.line())
                        .isEqualTo("GET /api/ads/events?cursor=end&direction=backward&limit=20&agent=A&action_type=x");
                assertThat(found.events().get(0).isAuthorized()).isTrue();
                assertThat(found.hasMore()).isTrue();

                client.events(search.from(found.after(), Direction.FORWARD));
                assertThat(http.line()).contains("?cursor=9.f&direction=forward&");
                client.awaitEvents(search.from(found.after(), Direction.FORWARD), Duration.ofSeconds(30));
                assertThat(http.line())
                        .contains("?cursor=9.f&direction=forward&")
                        .endsWith("&wait=30");
            }
        }

        @Test
        void says_where_the_chain_is_broken() throws IOException {
            String answer = "{'valid': false, 'errors': ['Line 2: Invalid JSON'], 'events': 5, 'faults': 1,"
                    + " 'first_bad_line': 2}";
            try (ScriptedHttp http = new ScriptedHttp(socket, json(200, answer))) {
                LedgerCheck check = client.integrity();
                assertThat(check.valid()).isFalse();
                assertThat(check.errors()).containsExactly("Line 2: Invalid JSON");
                assertThat(check.firstBadLine()).isEqualTo(2);
                assertThat(http.line()).isEqualTo("GET /api/ads/integrity?detail=1");
            }
        }
    }

    @Nested
    class Projects {
        private static final String ENTRY = "'path': '/srv/shop', 'status': 'active', 'registered_at': 't', 'stats':"
                + " {'specs': 2, 'tasks': 1, 'ads_events': 7}, 'problems': []";

        @Test
        void are_listed_and_shown() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(
                    socket, json(200, "{'shop': {" + ENTRY + "}}"), json(200, "{'name': 'shop', " + ENTRY + "}"))) {
                Project listed = client.projects().get(0);
                assertThat(listed.name()).isEqualTo("shop");
                assertThat(listed.events()).isEqualTo(7);
                assertThat(client.project("shop").path()).isEqualTo("/srv/shop");
                assertThat(http.line()).isEqualTo("GET /api/projects/shop");
            }
        }

        @Test
        void are_registered_and_scaffolded() throws IOException {
            String registered = "{'status': 'success', 'project': {'name': 'shop', 'path': '/srv/shop', 'port': null}";
            try (ScriptedHttp http = new ScriptedHttp(
                    socket,
                    json(201, registered + "}"),
                    json(201, registered + ", 'created': ['config/specs.json']}"))) {
                assertThat(client.addProject(Path.of("/srv/shop"), null).name()).isEqualTo("shop");
                assertThat(http.body()).isEqualTo("{\"path\":\"/srv/shop\"}");

                Project made = client.initProject(Path.of("/srv/shop"), "shop", false);
                assertThat(made.created()).containsExactly("config/specs.json");
                assertThat(http.line()).isEqualTo("POST /api/projects/init");
                assertThat(http.body()).isEqualTo("{\"path\":\"/srv/shop\",\"name\":\"shop\",\"detect\":false}");
            }
        }

        @Test
        void know_who_calls_and_who_works() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(
                    socket,
                    json(
                            200,
                            "{'project': 'shop', 'agent': null, 'role': 'R', 'role_source': 'environment', 'human': false,"
                                    + " 'human_reason': 'agent_process', 'passphrase_set': true, 'explanation': 'e'}"),
                    json(
                            200,
                            "{'sessions': [{'agent': 'A', 'role': 'R', 'spec_id': 'S', 'session_id': 's', 'ts': 't'}]}"))) {
                CallerIdentity identity = client.identity("R", null);
                assertThat(http.line()).isEqualTo("GET /api/governance/identity?role=R");
                assertThat(identity.isHuman()).isFalse();
                assertThat(identity.humanReason()).isEqualTo("agent_process");
                assertThat(client.sessions()).extracting(AgentSession::id).containsExactly("s");
            }
        }

        @Test
        void know_what_another_process_is_taken_for() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(
                    socket,
                    json(
                            200,
                            "{'pid': 42, 'human': false, 'human_reason': 'detached_process', 'passphrase_set': true,"
                                    + " 'explanation': 'e'}"))) {
                ProcessIdentity identity = client.identityOf(42);
                assertThat(http.line()).isEqualTo("GET /api/governance/callers/42");
                assertThat(identity.isHuman()).isFalse();
                assertThat(identity.humanReason()).isEqualTo("detached_process");
                assertThat(identity.asksPassphrase()).isTrue();
            }
        }
    }

    @Nested
    class Failures {
        @ParameterizedTest
        @CsvSource({
            "400, INVALID",
            "403, FORBIDDEN",
            "404, NOT_FOUND",
            "405, INVALID",
            "409, CONFLICT",
            "413, INVALID",
            "415, INVALID",
            "429, BUSY",
            "503, BUSY",
            "500, FAILED",
            "302, INVALID"
        })
        void have_a_kind_by_their_status(int status, Kind kind) throws IOException {
            try (ScriptedHttp http =
                    new ScriptedHttp(socket, json(status, "{'error': 'why', 'current_sha256': 'aa'}"))) {
                assertThatExceptionOfType(GovernanceRefusedException.class)
                        .isThrownBy(() -> client.change("x"))
                        .withMessage("why")
                        .satisfies(refusal -> {
                            assertThat(refusal.status()).isEqualTo(status);
                            assertThat(refusal.kind()).isEqualTo(kind);
                            assertThat(refusal.code()).isEqualTo(kind.wire());
                            assertThat(refusal.details().path("current_sha256").textValue())
                                    .isEqualTo("aa");
                        });
                assertThat(http.requests()).hasSize(1);
            }
        }

        @Test
        void say_why_only_a_human_may() throws IOException {
            String body =
                    "{'error': 'Only humans can manage SCRs', 'reason': 'passphrase_required', 'message': 'say it'}";
            try (ScriptedHttp http = new ScriptedHttp(socket, json(403, body), json(403, "{'reason': 'A b\\n'}"))) {
                assertThatExceptionOfType(GovernanceRefusedException.class)
                        .isThrownBy(() -> client.reject("scr_1", ""))
                        .withMessage("Only humans can manage SCRs: say it")
                        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("passphrase_required"));
                assertThatExceptionOfType(GovernanceRefusedException.class)
                        .isThrownBy(() -> client.reject("scr_1", ""))
                        .withMessage("the daemon answers with status 403")
                        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("forbidden"));
                assertThat(http.requests()).hasSize(2);
            }
        }

        @Test
        void may_come_without_json() throws IOException {
            try (ScriptedHttp http = new ScriptedHttp(
                    socket, "HTTP/1.1 503 Busy\r\n\r\n<html>", "HTTP/1.1 200 OK\r\n\r\n<html>", json(200, "[]"))) {
                assertThatExceptionOfType(GovernanceRefusedException.class).isThrownBy(() -> client.roles());
                assertThatExceptionOfType(TransportException.UnreadableAnswer.class)
                        .isThrownBy(() -> client.roles());
                assertThatExceptionOfType(TransportException.UnreadableAnswer.class)
                        .isThrownBy(() -> client.roles());
                assertThat(http.requests()).hasSize(3);
            }
        }

        @Test
        void of_the_way_to_the_daemon_keep_their_kinds() throws IOException {
            assertThatExceptionOfType(TransportException.SocketMissing.class).isThrownBy(() -> client.roles());
            try (ServerSocketChannel deaf = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                deaf.bind(UnixDomainSocketAddress.of(socket));
            }
            assertThatExceptionOfType(TransportException.ConnectionRefused.class)
                    .isThrownBy(() -> client.roles());
        }

        @Test
        void end_what_dribbles_when_the_time_for_all_of_it_is_over() throws IOException {
            HttpExchange exchange = new HttpExchange(socket);
            try (DribblingServer server = new DribblingServer(socket)) {
                assertThatExceptionOfType(TransportException.NoAnswer.class)
                        .isThrownBy(() -> exchange.send(HttpRequest.get("/"), Duration.ofMillis(200)))
                        .withMessageContaining("no answer in time");
                assertThat(server.hasDribbled()).isTrue();
            } finally {
                exchange.close();
            }
        }

        @Test
        void follow_the_end_of_the_client() {
            GovernanceClient view = client.inProject("shop");
            client.close();

            assertThatIllegalStateException().isThrownBy(view::roles);
        }
    }

    @Test
    void reaches_a_socket_with_a_long_path() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("x".repeat(60)).resolve("y".repeat(60)));
        try (ScriptedHttp http = new ScriptedHttp(socket, json(200, "{'roles': {}}"));
                GovernanceClient distant = new GovernanceClient(deep.resolve("h.sock"))) {
            Files.createSymbolicLink(deep.resolve("h.sock"), socket);

            assertThat(distant.roles()).isEmpty();
            assertThat(http.requests()).hasSize(1);
        }
    }

    @Test
    void refuses_values_that_cannot_be_meant() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Actor(" ", "R"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Proposal.JsonMerge(JsonText.array()));
        assertThatIllegalArgumentException().isThrownBy(() -> LedgerSearch.newest(1001));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HttpRequest.get("/").header("X", "a\nb"));
    }

    @Test
    void knows_where_the_socket_lies() {
        assertThat(GovernanceClient.socketBeside(Path.of("/s/agenttowerd.sock")))
                .isEqualTo(Path.of("/s/agenttowerd-http.sock"));
    }
}
