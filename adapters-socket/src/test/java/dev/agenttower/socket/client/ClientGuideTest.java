package dev.agenttower.socket.client;

import static dev.agenttower.socket.client.ScriptedHttp.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.socket.client.governance.ActionWish;
import dev.agenttower.socket.client.governance.Actor;
import dev.agenttower.socket.client.governance.Authorization;
import dev.agenttower.socket.client.governance.ChangePreview;
import dev.agenttower.socket.client.governance.ChangeProposal;
import dev.agenttower.socket.client.governance.FiledRequest;
import dev.agenttower.socket.client.governance.LedgerEntry;
import dev.agenttower.socket.client.governance.LedgerSearch;
import dev.agenttower.socket.client.governance.Proposal;
import dev.agenttower.socket.client.governance.RequestDraft;
import dev.agenttower.socket.client.governance.Ruling;
import dev.agenttower.socket.client.governance.SubmittedChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the very lines that docs/client-guide.md shows. */
class ClientGuideTest {
    private static final Path SOURCE = Path.of("src/test/java/dev/agenttower/socket/client/ClientGuideTest.java");
    private static final Path DOCUMENT = Path.of("../docs/client-guide.md");

    @Test
    void an_agent_proposes_and_asks(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("h.sock");
        StringBuilder said = new StringBuilder();
        try (ScriptedHttp http = new ScriptedHttp(
                socket,
                json(403, "{'status': 'denied', 'reason': 'sovereign_path_violation', 'event_id': 'evt_1'}"),
                json(201, "{'status': 'queued', 'scr_id': 'scr_20260220_150000_001', 'message': 'm'}"),
                json(201, "{'req_id': 'REQ-028', 'status': 'OPEN', 'event_id': 'evt_2'}"),
                json(
                        200,
                        "{'status': 'success', 'req_id': 'REQ-028', 'new_status': 'WITHDRAWN', 'event_id': 'evt_3'}"))) {
            agent(socket, line -> said.append(line).append('\n'));

            assertThat(http.requests()).hasSize(4).allMatch(request -> request.contains("?project=shop HTTP/1.1\r\n"));
        }
        assertThat(said.toString())
                .isEqualTo("denied: sovereign_path_violation\nproposed as scr_20260220_150000_001\nREQ-028 is OPEN\n");
    }

    private static void agent(Path socket, Consumer<String> out) {
        // example: agent
        Actor me = new Actor("CLAUDE", "Backend_Engineer");
        ObjectNode params = JsonText.object().put("file", "config/specs.json");
        try (GovernanceClient governance = new GovernanceClient(socket).inProject("shop")) {
            Ruling ruling =
                    governance.decide(new ActionWish(me, "SPEC-017", "edit", params, "SPEC-018 is ready", true, null));
            if (ruling instanceof Ruling.Denied denied) {
                out.accept("denied: " + denied.reason());
                SubmittedChange change = governance.submitChange(ChangeProposal.of(
                        me, "config/specs.json", new Proposal.Patch("\"draft\"", "\"approved\""), "SPEC-018 is ready"));
                out.accept("proposed as " + change.id());
            }
            FiledRequest request =
                    governance.fileRequest(RequestDraft.of(me, "DevOps_Engineer", "A staging host", "With TLS."));
            out.accept(request.id() + " is " + request.status());
            governance.updateRequestStatus(request.id(), "WITHDRAWN", me);
        }
        // end
    }

    @Test
    void a_human_looks_and_decides(@TempDir Path folder) throws IOException {
        Path socket = folder.resolve("h.sock");
        String preview =
                "{'scr_id': 'scr_1', 'would_apply': true, 'diff': '-draft\\n+approved\\n', 'current_sha256': 'aa',"
                        + " 'result_sha256': 'bb'}";
        String events = "{'events': [{'event_id': 'evt_1', 'ts': '2026-02-20T15:00:00Z', 'action_type':"
                + " 'sovereign_change_proposed'}], 'before': '0.0', 'after': '9.f', 'has_more': false}";
        StringBuilder said = new StringBuilder();
        try (ScriptedHttp http = new ScriptedHttp(
                socket,
                json(200, preview),
                json(409, "{'error': 'config/specs.json has changed since; look at the change again'}"),
                json(200, events))) {
            human(socket, "scr_1", line -> said.append(line).append('\n'));

            assertThat(http.requests()).hasSize(3);
        }
        assertThat(said.toString())
                .isEqualTo(
                        "-draft\n+approved\n\nCONFLICT: config/specs.json has changed since; look at the change again\n"
                                + "2026-02-20T15:00:00Z sovereign_change_proposed\n");
    }

    private static void human(Path socket, String changeId, Consumer<String> out) {
        // example: human
        try (GovernanceClient governance = new GovernanceClient(socket)) {
            ChangePreview preview = governance.preview(changeId);
            out.accept(preview.diff());
            try {
                governance.authorize(Authorization.ofSeen(preview));
            } catch (GovernanceRefusedException refusal) {
                out.accept(refusal.kind() + ": " + refusal.getMessage());
            }
            for (LedgerEntry event : governance.events(LedgerSearch.newest(5)).events()) {
                out.accept(event.at() + " " + event.actionType());
            }
        }
        // end
    }

    @Test
    void the_document_shows_these_lines() throws IOException {
        String document = Files.readString(DOCUMENT);
        for (String part : List.of("agent", "human")) {
            assertThat(document).contains("```java\n" + lines(part) + "```\n");
        }
    }

    private static String lines(String part) throws IOException {
        List<String> shown = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(SOURCE)) {
            if (inside && line.strip().equals("// end")) {
                return String.join("\n", shown).stripIndent() + "\n";
            }
            if (inside) {
                shown.add(line);
            }
            inside |= line.strip().equals("// example: " + part);
        }
        throw new AssertionError("no example " + part);
    }
}
