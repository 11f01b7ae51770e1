package dev.agenttower.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.AgentStatus;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.governance.registry.InMemoryWorkspace;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.http.HttpExchange.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class HookRoutesTest {
    private static final String CLAUDE = "/hooks/claude/PreToolUse";
    private static final String CODEX = "/hooks/codex/PreToolUse";
    private static final String GEMINI = "/hooks/gemini/BeforeTool";
    private static final String PLAN = "_cortex/MASTER_PLAN.md";
    private static final String[] DEVELOPER = {"X-Role: Developer", "X-Spec: SPEC-001"};

    @TempDir
    Path directory;

    private GovernanceFixture tower;
    private InMemoryWorkspace demo;

    @BeforeEach
    void start() throws IOException {
        tower = GovernanceFixture.in(directory);
        demo = tower.project("demo");
        demo.project().write(PLAN, "plan one one\n");
        tower.workingDirectory.set(Optional.of("/srv/demo"));
    }

    @AfterEach
    void stop() {
        tower.close();
    }

    private static String input(String tool, String arguments) {
        return "{\"session_id\":\"s\",\"cwd\":\"/srv/demo\",\"tool_name\":\"" + tool + "\",\"tool_input\":" + arguments
                + "}";
    }

    private static String write(String path) {
        return input("Write", "{\"file_path\":\"" + path + "\",\"content\":\"x\"}");
    }

    private Reply hook(String target, String body, String... headers) throws IOException {
        return tower.call("POST", target, body, headers.length == 0 ? DEVELOPER : headers);
    }

    private void allows(Reply reply) {
        assertThat(reply.body()).isEmpty();
        assertThat(reply.status()).isEqualTo(200);
    }

    private String denial(Reply reply) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.headers()).contains("Content-Type: text/plain; charset=utf-8");
        return reply.body();
    }

    private String pending() throws IOException {
        return tower.get("/api/governance/sovereign-requests?status=pending").body();
    }

    private long ledgerLines() throws IOException {
        return demo.ledgerLines();
    }

    @Test
    void a_call_within_the_jurisdiction_gets_no_opinion_and_no_line_of_the_ledger() throws IOException {
        long before = ledgerLines();
        allows(hook(CLAUDE, write("/srv/demo/src/a.py")));
        allows(hook(CLAUDE, write("src/a.py")));
        assertThat(ledgerLines()).isEqualTo(before);
        assertThat(tower.get("/api/dttp/status").json().path("total_requests").asInt())
                .isEqualTo(2);
    }

    @Test
    void a_call_outside_of_the_jurisdiction_is_denied_and_on_the_ledger() throws IOException {
        long before = ledgerLines();
        assertThat(denial(hook(CLAUDE, write("/srv/demo/docs/a.md"))))
                .isEqualTo(
                        "DTTP denied edit on docs/a.md: Path docs/a.md is outside the jurisdiction of role Developer");
        assertThat(ledgerLines()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({"/etc/passwd", "../other/x", "/srv/demo/../other/x", "/srv"})
    void a_path_outside_of_the_project_is_denied(String path) throws IOException {
        assertThat(denial(hook(CLAUDE, write(path)))).endsWith("path_outside_project_root");
    }

    @ParameterizedTest
    @CsvSource({"/srv/demo/_cortex/MASTER_PLAN.md", "_cortex/MASTER_PLAN.md", "src/../_cortex//MASTER_PLAN.md"})
    void a_change_of_a_sovereign_file_becomes_a_change_request(String path) throws IOException {
        String denial = denial(hook(CLAUDE, write(path)));
        assertThat(denial)
                .startsWith("SOVEREIGN PATH VIOLATION: ")
                .contains(" is protected. Change request scr_")
                .contains(" has been submitted for human authorization in the ADT Panel.")
                .contains("Do not retry");
        assertThat(pending())
                .contains("\"change_type\":\"full_replace\"", "\"target_path\":\"" + PLAN + "\"", "\"content\":\"x\"")
                .contains("\"agent\":\"CLAUDE\"", "\"role\":\"Developer\"", "\"spec_ref\":\"SPEC-001\"");
        for (String event : new String[] {events("sovereign_change_proposed"), events("sovereign_path_violation")}) {
            assertThat(event)
                    .contains("\"agent\":\"CLAUDE\"", "\"role\":\"Developer\"")
                    .contains("\"session_id\":\"s\"", "\"tool\":\"Write\"");
        }
    }

    @Test
    void the_same_change_again_is_recognised() throws IOException {
        String first = denial(hook(CLAUDE, write(PLAN)));
        String again = denial(hook(CLAUDE, write(PLAN)));
        String id = first.replaceAll(".*(scr_\\d+_\\d+_\\d+).*", "$1");
        assertThat(again).contains("Change request " + id + " with the same change waits for human authorization");
        assertThat(pending()).containsOnlyOnce("\"id\":");
    }

    private String submitted(String hook, String body) throws IOException {
        return denial(hook(hook, body)).replaceAll("(?s).*(scr_\\d+_\\d+_\\d+).*", "$1");
    }

    private void decide(String id, String decision) throws IOException {
        Reply reply = tower.call("PUT", "/api/governance/sovereign-requests/" + id, decision);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @Test
    void the_next_hook_tells_the_agent_once_what_a_person_decided() throws IOException {
        String id = submitted(CLAUDE, write(PLAN));
        String allowed = write("src/a.py");
        allows(hook(CLAUDE, allowed));
        decide(id, "{\"action\":\"authorize\"}");

        String other = allowed.replace("\"session_id\":\"s\"", "\"session_id\":\"other\"");
        allows(hook("/hooks/claude/UserPromptSubmit", other));
        Reply told = hook(CLAUDE, allowed);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.json().path("hookSpecificOutput").path("hookEventName").asText())
                .isEqualTo("PreToolUse");
        assertThat(told.json()
                        .path("hookSpecificOutput")
                        .path("additionalContext")
                        .asText())
                .startsWith("Change request " + id + " was authorized by a person; " + PLAN + " has the change now.");
        allows(hook(CLAUDE, allowed));
    }

    @Test
    void a_rejection_is_told_with_its_reason_where_the_client_can_hand_it_on() throws IOException {
        String gemini = "/hooks/gemini/BeforeTool";
        String plan = "{\"file_path\":\"/srv/demo/" + PLAN + "\",\"content\":\"x\"}";
        String allowed = input("write_file", "{\"file_path\":\"/srv/demo/src/a\",\"content\":\"x\"}");
        String id = submitted(gemini, input("write_file", plan));
        decide(id, "{\"action\":\"reject\",\"reason\":\"not\\nnow \\u001b[2J\"}");

        allows(hook(gemini, allowed));
        assertThat(hook("/hooks/gemini/AfterTool", allowed)
                        .json()
                        .path("hookSpecificOutput")
                        .path("additionalContext")
                        .asText())
                .contains(id, "was rejected by a person: not now ")
                .doesNotContain("\u001b", "\n");

        id = submitted(gemini, input("write_file", plan));
        decide(id, "{\"action\":\"reject\"}");
        assertThat(denial(hook(gemini, input("write_file", plan.replace("\"x\"", "\"y\"")))))
                .contains("has been submitted", id + " of " + PLAN + " was rejected by a person. Do not propose");
    }

    @Test
    void one_replacement_is_a_patch_and_several_are_a_whole_text() throws IOException {
        String one = "{\"file_path\":\"" + PLAN + "\",\"old_string\":\"plan\",\"new_string\":\"map\"}";
        denial(hook(CLAUDE, input("Edit", one)));
        assertThat(pending()).contains("\"change_type\":\"patch\"", "\"old_string\":\"plan\"");
        String all =
                "{\"file_path\":\"" + PLAN + "\",\"old_string\":\"one\",\"new_string\":\"two\",\"replace_all\":true}";
        denial(hook(CLAUDE, input("Edit", all)));
        assertThat(pending()).contains("\"change_type\":\"full_replace\"", "\"content\":\"plan two two\\n\"");
    }

    @Test
    void a_change_that_fits_nothing_is_denied_without_a_request() throws IOException {
        String nothing = "{\"file_path\":\"" + PLAN + "\",\"old_string\":\"two\",\"new_string\":\"x\"}";
        assertThat(denial(hook(CLAUDE, input("Edit", nothing)))).contains("No change request was submitted");
        assertThat(pending()).doesNotContain("scr_");
    }

    @Test
    void each_file_of_a_patch_counts() throws IOException {
        String patch = "*** Begin Patch\\n*** Add File: src/a\\n+x\\n*** Add File: docs/b\\n+x\\n*** Delete File: "
                + PLAN + "\\n*** End Patch\\n";
        String denial = denial(hook(CODEX, input("apply_patch", "{\"command\":\"" + patch + "\"}")));
        assertThat(denial.lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("DTTP denied edit on docs/b: "))
                .anyMatch(line -> line.startsWith("SOVEREIGN PATH VIOLATION: " + PLAN));
    }

    @Test
    void a_patch_of_very_many_files_is_denied_as_a_whole() throws IOException {
        long before = ledgerLines();
        String files = "*** Add File: docs/b\\n+x\\n".repeat(101);
        String patch = "{\"command\":\"*** Begin Patch\\n" + files + "*** End Patch\\n\"}";
        assertThat(denial(hook(CODEX, input("apply_patch", patch)))).contains("more than 100 files");
        assertThat(ledgerLines()).isEqualTo(before);
    }

    @Test
    void the_environment_of_codex_names_no_role() throws IOException {
        String patch = "*** Begin Patch\\n*** Add File: src/a\\n+x\\n*** End Patch\\n";
        assertThat(denial(hook(CODEX, input("apply_patch", "{\"command\":\"" + patch + "\"}"))))
                .contains("role Backend_Engineer");
    }

    @Test
    void a_file_belongs_to_the_project_that_contains_it() throws IOException {
        tower.project("other");
        assertThat(denial(hook(CLAUDE, write("/srv/other/docs/x")))).contains("DTTP denied edit on docs/x");
        allows(hook(CLAUDE, write("/srv/other/src/x")));
        tower.workingDirectory.set(Optional.of("/srv/elsewhere"));
        allows(hook(CLAUDE, write("/tmp/x").replace("/srv/demo", "/srv/elsewhere")));
        assertThat(denial(hook(CLAUDE, write("/srv/demo/docs/x").replace("\"cwd\":\"/srv/demo\"", "\"cwd\":\"/\""))))
                .contains("docs/x");
    }

    @Test
    void requests_that_an_agent_writes_are_filed_once() throws IOException {
        String entry =
                "## REQ-007: Wider paths\\n\\n**To:** @Architect\\n**Priority:** HIGH\\n\\n### Description\\n\\nPlease.\\n\\n### Status\\n\\n**OPEN**\\n";
        String call = input(
                "Write",
                "{\"file_path\":\"_cortex/requests.md\",\"content\":\"# Requests\\n\\n---\\n\\n" + entry + "\"}");
        assertThat(denial(hook(CLAUDE, call))).startsWith("Request filed via governed API: REQ-001. Do not write");
        assertThat(tower.get("/api/governance/requests").body())
                .contains("\"title\":\"Wider paths\"", "\"from_role\":\"Developer\"", "\"to\":\"Architect\"");
        assertThat(denial(hook(CLAUDE, call))).contains("it would hold no new request");
        String bad = call.replace("Wider", "Other").replace("@Architect", "@?!");
        assertThat(denial(hook(CLAUDE, bad))).contains("to_role is not a name");
        assertThat(tower.get("/api/governance/requests").json().path("requests"))
                .hasSize(1);
    }

    @Test
    void a_folder_that_looks_governed_and_is_not_registered_is_denied() throws IOException {
        tower.workingDirectory.set(Optional.of("/srv/elsewhere"));
        String call = write("/srv/elsewhere/x").replace("\"cwd\":\"/srv/demo\"", "\"cwd\":\"/srv/elsewhere\"");
        allows(hook(CLAUDE, call));
        assertThat(denial(hook(CLAUDE, call, "X-Governed: yes"))).contains("not registered", "agenttower project add");
    }

    @Test
    void a_step_up_behind_a_link_is_not_judged_by_its_text() throws IOException {
        assertThat(denial(hook(CLAUDE, write("/tmp/link/../../srv/demo/src/a"))))
                .endsWith("path_outside_project_root");
    }

    @Test
    void what_a_terminal_would_obey_is_not_shown() throws IOException {
        assertThat(denial(hook(CLAUDE, write("docs/\\u001b[31m")))).doesNotContain("\u001b");
    }

    @Test
    void a_role_is_needed() throws IOException {
        demo.project().write("config/dttp.json", "{\"default_role\":null}");
        assertThat(denial(hook(CLAUDE, write("src/a"), "X-Spec: SPEC-001")))
                .startsWith("DTTP denied the tool call: no role");
    }

    @Test
    void input_that_cannot_be_read_is_denied() throws IOException {
        assertThat(denial(hook(CLAUDE, input("Write", "{}")))).contains("tool_input.file_path must be a string");
        assertThat(denial(hook(CLAUDE, input("Write", "[]")))).contains("tool_input must be an object");
        assertThat(denial(hook(CLAUDE, "[1]"))).contains("must be a JSON object");
        assertThat(denial(hook("/hooks/nobody/PreToolUse", write("src/a")))).contains("no client of this name");
        assertThat(hook(CLAUDE, "{").status()).isEqualTo(400);
    }

    @Test
    void other_events_and_tools_get_no_opinion() throws IOException {
        allows(hook("/hooks/claude/Stop", "{\"session_id\":\"s\"}"));
        allows(hook(CLAUDE, input("Read", "{\"file_path\":\"/etc/passwd\"}")));
    }

    @Test
    void a_process_that_cannot_be_looked_at_is_denied() throws IOException {
        tower.onHost.set(false);
        assertThat(denial(hook(CLAUDE, write("src/a")))).contains("cannot be looked at");
    }

    @Test
    void the_process_that_a_hook_names_is_an_agent_from_then_on() throws IOException {
        denial(hook(CLAUDE, write(PLAN)));
        String id = pending().replaceAll("(?s).*\"id\":\"(scr_[0-9_]+)\".*", "$1");
        hook(CLAUDE, write("src/a"), "X-Agent-Process: " + GovernanceFixture.OWN_PID);
        Reply reply = tower.call("PUT", "/api/governance/sovereign-requests/" + id, "{\"action\":\"authorize\"}");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body()).contains("Only humans can manage SCRs");
    }

    @ParameterizedTest
    @CsvSource({"1", "99999999", "x", "-5", "0"})
    void a_process_that_is_not_above_the_hook_is_not_marked(String number) throws IOException {
        allows(hook(CLAUDE, write("src/a"), "X-Agent-Process: " + number, DEVELOPER[0], DEVELOPER[1]));
        assertThat(tower.agents.marks().processes()).isEmpty();
    }

    private static String bash(String command) {
        return input("Bash", "{\"command\":\"" + command.replace("\\", "\\\\").replace("\"", "\\\"") + "\"}");
    }

    private void settings(String json) {
        demo.project().write("config/dttp.json", json);
    }

    private String events(String type) throws IOException {
        return tower.get("/api/ads/events?limit=50").json().findParents("action_type").stream()
                .filter(event -> event.path("action_type").asText().equals(type))
                .map(Object::toString)
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git status",
                "python3 main.py",
                "pip install flask",
                "npm test",
                "cargo build",
                "make all",
                "pytest -v",
                "echo test > /srv/demo/src/output.txt",
                "chmod +x /srv/demo/src/run.sh",
                "mvn -q verify > /tmp/build.log 2>&1; tail /tmp/build.log",
                "mkdir -p /tmp/x/y && rm -rf /tmp/x",
                "cd src && touch a && cp a b",
                "cat /etc/hosts /proc/cpuinfo",
                "ls ~/.m2 > /dev/null",
                "rm -rf $TMPDIR/x"
            })
    void commands_of_a_normal_day_get_no_opinion(String command) throws IOException {
        long before = ledgerLines();
        allows(hook(CLAUDE, bash(command)));
        assertThat(ledgerLines()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cat /etc/shadow | sensitive path",
                "cat ~/.ssh/id_rsa | sensitive path",
                "cat ~/.ssh/* | sensitive path",
                "cat ~/.aws/credentials | sensitive path",
                "cat /proc/1/cmdline | sensitive path",
                "ln -s /etc/passwd /srv/demo/src/link | sensitive path",
                "sudo ls | sudo",
                "python3 -c \"open('a','w')\" | scripting language",
                "node -e \"require('fs').writeFileSync('a','')\" | scripting language",
                "cp x /home/other/ | outside project root",
                "chmod 777 /etc/crontab | outside project root",
                "rm -rf /* | outside project root",
                "rm -rf ../* | outside project root",
                "rm -rf ~/* | outside project root",
                "rm -rf /tmp | outside project root",
                "echo x > /tmp/../etc/x | outside project root",
                "touch docs/a | DTTP denied edit on docs/a: Path docs/a is outside the jurisdiction of role Developer",
                "cd docs && rm a | DTTP denied delete on docs/a",
                "echo x > config/specs.json | SOVEREIGN PATH VIOLATION: config/specs.json is protected. Make the change with the editing tool",
                "echo x > _cortex/requests.md | agenttower request file"
            })
    void commands_that_are_denied(String command, String reason) throws IOException {
        assertThat(denial(hook(CLAUDE, bash(command)))).contains(reason);
    }

    /** The agent in the pane of the shell above this process. */
    private AgentId registered() {
        AgentId id = new AgentId("agt_00000000000a");
        PaneKey pane = new PaneKey(new ContainerId("0".repeat(64)), "/tmp/s", "main", 0, 0, "%1");
        tower.paneAgents.add(new AgentListing(
                new Agent(id, pane, Role.SLAVE, Capability.CLAUDE, "", "", null, "{}", "", "", null, true),
                null,
                null,
                GovernanceFixture.SHELL.pid(),
                "/"));
        return id;
    }

    private static final String CLIENT = "X-Agent-Process: " + GovernanceFixture.OWN_PID;

    @Test
    void a_sign_tells_of_the_agent_in_the_pane_and_of_nothing_else() throws IOException {
        AgentId agent = registered();
        allows(hook("/hooks/claude/UserPromptSubmit", "{\"session_id\":\"s\",\"prompt\":\"go on\"}", CLIENT));
        assertThat(tower.states.of(agent).state()).isEqualTo(AgentState.WORKING);
        allows(hook("/hooks/claude/PermissionRequest", write("docs/a"), CLIENT));
        assertThat(tower.states.of(agent).detail()).isEqualTo("Write: docs/a");
        allows(hook("/hooks/claude/Stop", "{\"session_id\":\"s\",\"last_assistant_message\":\"done\"}", CLIENT));
        assertThat(tower.states.of(agent).state()).isEqualTo(AgentState.IDLE);
        assertThat(tower.spoken).containsExactly("go on", "", "done");
    }

    @Test
    void an_agent_of_the_tower_has_its_name_in_records_whatever_it_says() throws IOException {
        registered();
        hook("/hooks/claude/PreToolUse", write("docs/a"), "X-Agent: else", "X-Role: Developer");
        tower.call(
                "POST",
                "/api/dttp/request",
                "{\"agent\":\"else\",\"role\":\"Developer\",\"spec_id\":\"SPEC-001\",\"action\":\"edit\","
                        + "\"params\":{\"file\":\"docs/a\"},\"rationale\":\"why\"}");
        JsonNode events = tower.get("/api/ads/events?action_type=denied_edit").json();
        assertThat(events)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.path("agent").asText()).isEqualTo("AGT_00000000000A"));
        JsonNode identity = tower.get("/api/governance/identity").json();
        assertThat(identity.path("agent_id").asText()).isEqualTo("agt_00000000000a");
        assertThat(identity.path("agent").asText()).isEqualTo("agt_00000000000a");
    }

    @Test
    void the_status_line_counts_agents_unless_it_is_about_one_project() throws IOException {
        registered();
        hook("/hooks/claude/PermissionRequest", write("docs/a"), CLIENT);
        assertThat(tower.get("/api/governance/statusline").body())
                .startsWith("{\"agents\":{\"need_you\":1,\"working\":0},\"pending\":0,")
                .contains("\"text\":\"1 need you\"");
        hook("/hooks/claude/PostToolUse", write("docs/a"), CLIENT);
        assertThat(tower.get("/api/governance/statusline").body()).contains("\"text\":\"1 working\"");
        assertThat(tower.get("/api/governance/statusline?project=demo").body())
                .startsWith("{\"agents\":{\"need_you\":0,\"working\":0},");
    }

    @Test
    void without_scratch_paths_commands_write_in_the_project_only() throws IOException {
        allows(hook(CLAUDE, bash("echo x > /tmp/evil.txt")));
        settings("{\"scratch_paths\":[]}");
        assertThat(denial(hook(CLAUDE, bash("echo x > /tmp/evil.txt")))).contains("outside project root");
        assertThat(denial(hook(CLAUDE, bash("cat a | tee /tmp/evil.txt")))).contains("outside project root");
        allows(hook(CLAUDE, bash("make > /dev/null 2>&1")));
    }

    @Test
    void each_client_has_its_shell() throws IOException {
        String command = "{\"command\":\"rm ../docs/a\",\"dir_path\":\"src\"}";
        assertThat(denial(hook(GEMINI, input("run_shell_command", command)))).contains("delete on src/../docs/a");
        assertThat(denial(hook(CODEX, input("Bash", "{\"command\":\"rm docs/a\"}"))))
                .contains("delete on docs/a");
        assertThat(denial(hook(CLAUDE, input("Monitor", "{\"command\":\"rm docs/a\"}"))))
                .contains("delete on docs/a");
        allows(hook(GEMINI, input("run_shell_command", "{}")));
    }

    @Test
    void a_denied_command_is_on_the_ledger_with_its_caller_and_tool() throws IOException {
        denial(hook(CLAUDE, bash("sudo ls; touch docs/a")));
        assertThat(events("denied_run"))
                .contains("\"agent\":\"CLAUDE\"", "\"role\":\"Developer\"", "\"session_id\":\"s\"", "\"tool\":\"Bash\"")
                .contains("'sudo' is not permitted");
        assertThat(events("denied_edit")).contains("\"tool\":\"Bash\"", "\"session_id\":\"s\"");
    }

    @Test
    void paths_that_agents_must_not_read() throws IOException {
        String read = input("Read", "{\"file_path\":\"/srv/demo/secrets/key\"}");
        allows(hook(CLAUDE, read));
        settings("{\"unreadable_paths\":[\"secrets/\"]}");
        assertThat(denial(hook(CLAUDE, read)))
                .isEqualTo(
                        "DTTP denied read of secrets/key: the project keeps this path from agents (unreadable_paths)");
        assertThat(events("denied_read")).contains("\"tool\":\"Read\"", "\"agent\":\"CLAUDE\"", "secrets/key");
        for (String other : new String[] {
            input("Grep", "{\"pattern\":\"x\",\"path\":\"secrets\"}"),
            input("Glob", "{\"pattern\":\"*\",\"path\":\"src/../secrets\"}"),
            input("mcp__fs__read_file", "{\"path\":\"secrets/key\"}"),
            bash("cat secrets/key"),
            bash("cd secrets && head -1 key")
        }) {
            assertThat(denial(hook(CLAUDE, other))).contains("unreadable_paths");
        }
        assertThat(denial(hook(GEMINI, input("read_many_files", "{\"include\":[\"src/a\",\"secrets/key\"]}"))))
                .contains("secrets/key");
        assertThat(denial(hook(CODEX, input("Bash", "{\"command\":\"less secrets/key\"}"))))
                .contains("secrets/key");
        allows(hook(CLAUDE, input("Read", "{\"file_path\":\"/srv/demo/src/a\"}")));
        allows(hook(CLAUDE, bash("cat src/a; echo secrets/key")));
        demo.project().link("src/link", "../secrets/key");
        assertThat(denial(hook(CLAUDE, input("Read", "{\"file_path\":\"src/link\"}"))))
                .contains("unreadable_paths");
    }

    @Test
    void unknown_tools_are_what_the_project_says() throws IOException {
        String unknown = input("mcp__x__say", "{\"text\":\"a\"}");
        allows(hook(CLAUDE, unknown));
        settings("{\"unknown_tools\":\"deny\"}");
        assertThat(denial(hook(CLAUDE, unknown))).startsWith("DTTP denied call of mcp__x__say: unknown_tool");
        assertThat(events("denied_call")).contains("\"tool\":\"mcp__x__say\"");
        assertThat(denial(hook(CLAUDE, input("Workflow", "{}")))).contains("unknown_tool");
        allows(hook(CLAUDE, input("WebSearch", "{\"query\":\"x\"}")));
        allows(hook(CLAUDE, bash("ls")));
        settings("{\"unknown_tools\":\"ask\"}");
        Reply question = hook(CLAUDE, unknown);
        assertThat(question.status()).isEqualTo(200);
        assertThat(question.json()
                        .path("hookSpecificOutput")
                        .path("permissionDecision")
                        .asText())
                .isEqualTo("ask");
        assertThat(denial(hook(CODEX, unknown))).contains("unknown_tool");
        assertThat(denial(hook(GEMINI, input("mcp_x_say", "{}")))).contains("unknown_tool");
        settings("{\"unknown_tools\":\"perhaps\"}");
        assertThat(denial(hook(CLAUDE, unknown))).contains("unknown_tool");
    }

    @Test
    void allowed_calls_are_recorded_where_the_project_wants_it() throws IOException {
        long before = ledgerLines();
        String read = input("Read", "{\"file_path\":\"/srv/demo/src/a\"}");
        allows(hook(CLAUDE, read));
        assertThat(ledgerLines()).isEqualTo(before);
        settings("{\"ledger_allowed\":true}");
        allows(hook(CLAUDE, read));
        allows(hook(CLAUDE, write("src/b")));
        allows(hook(CLAUDE, bash("git status")));
        allows(hook(CLAUDE, input("WebSearch", "{}")));
        assertThat(ledgerLines()).isEqualTo(before + 4);
        assertThat(events("allowed_read")).contains("src/a", "\"tool\":\"Read\"", "\"role\":\"Developer\"");
        assertThat(events("allowed_edit")).contains("src/b", "\"tool\":\"Write\"", "\"session_id\":\"s\"");
        assertThat(events("allowed_run")).contains("\"tool\":\"Bash\"");
        assertThat(events("allowed_call")).contains("\"tool\":\"WebSearch\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scratch_paths\":[\"tmp\"]}",
                "{\"unreadable_paths\":\"secrets\"}",
                "{\"unknown_tools\":true}",
                "{\"ledger_allowed\":\"yes\"}"
            })
    void settings_of_the_wrong_form_break_their_file(String json) throws IOException {
        settings(json);
        assertThat(denial(hook(CLAUDE, write("src/a")))).contains("Policy file config/dttp.json");
        assertThat(denial(hook(CLAUDE, input("mcp__x__say", "{}")))).contains("unknown_tool");
        allows(hook(CLAUDE, input("Read", "{\"file_path\":\"src/a\"}")));
    }

    @Test
    void a_command_is_judged_in_the_project_that_it_changes() throws IOException {
        tower.project("other");
        assertThat(denial(hook(CLAUDE, bash("cd /srv/other && rm docs/a && touch src/b"))))
                .isEqualTo("DTTP denied delete on docs/a: Path docs/a is outside the jurisdiction of role Developer");
        allows(hook(CLAUDE, bash("rm -f /srv/other/docs/*")));
        settings("{\"scratch_paths\":[\"/srv\"]}");
        allows(hook(CLAUDE, bash("touch /srv/x")));
        assertThat(denial(hook(CLAUDE, bash("rm -rf /srv")))).contains("outside project root");
    }

    @Test
    void calls_that_change_nothing_are_free_where_they_cannot_be_judged() throws IOException {
        tower.onHost.set(false);
        allows(hook(CLAUDE, bash("ls")));
        assertThat(denial(hook(CLAUDE, bash("touch src/a")))).contains("cannot be looked at");
        tower.onHost.set(true);
        tower.workingDirectory.set(Optional.of("/srv/elsewhere"));
        String call = bash("sudo ls 2>/dev/null").replace("\"cwd\":\"/srv/demo\"", "\"cwd\":\"/srv/elsewhere\"");
        allows(hook(CLAUDE, call, "X-Governed: yes"));
    }

    @Test
    void a_call_makes_a_bounded_number_of_denials() throws IOException {
        settings("{\"unreadable_paths\":[\"secrets\"]}");
        StringBuilder command = new StringBuilder("cat");
        for (int i = 0; i < 500; i++) {
            command.append(" ~/.ssh/").append(i).append(" secrets/").append(i);
        }
        long before = ledgerLines();
        assertThat(denial(hook(CLAUDE, bash(command.toString()))).lines()).hasSize(20);
        assertThat(ledgerLines()).isEqualTo(before + 20);
    }

    @Test
    void a_command_that_hides_in_its_size_is_denied() throws IOException {
        assertThat(denial(hook(CLAUDE, bash("echo " + "$(".repeat(1000) + "rm a"))))
                .contains("too long or too deeply nested");
        allows(hook(CLAUDE, bash("echo '" + "x".repeat(1 << 20) + "'")));
        assertThat(denial(hook(CLAUDE, bash("rm " + "a".repeat(1 << 20))))).contains("4096");
    }

    void a_tool_that_may_be_used_has_begun_and_a_denied_one_has_not() throws IOException {
        AgentId agent = registered();
        denial(hook(CLAUDE, write("docs/a"), CLIENT, DEVELOPER[0], DEVELOPER[1]));
        assertThat(tower.states.of(agent)).isEqualTo(AgentStatus.UNKNOWN);
        allows(hook(CLAUDE, write("src/a"), CLIENT, DEVELOPER[0], DEVELOPER[1]));
        assertThat(tower.states.of(agent).detail()).isEqualTo("Write");
    }

    @Test
    void a_hook_that_names_no_process_above_it_tells_nothing() throws IOException {
        AgentId agent = registered();
        allows(hook("/hooks/claude/Stop", "{}"));
        allows(hook("/hooks/claude/Stop", "{}", "X-Agent-Process: 99999999"));
        assertThat(tower.states.of(agent)).isEqualTo(AgentStatus.UNKNOWN);
        assertThat(denial(hook("/hooks/nobody/Stop", "{}", CLIENT))).contains("there is no client of this name");
    }
}
