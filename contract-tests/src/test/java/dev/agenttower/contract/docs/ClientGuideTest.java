package dev.agenttower.contract.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.GovernanceRefusedException;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.change.Authorization;
import dev.agenttower.client.governance.change.ChangeFilter;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.ChangeProposal;
import dev.agenttower.client.governance.change.DecidedChange;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.client.governance.change.SubmittedChange;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import dev.agenttower.client.governance.ledger.LedgerSearch;
import dev.agenttower.client.governance.policy.ProposedAction;
import dev.agenttower.client.governance.policy.Ruling;
import dev.agenttower.client.governance.request.FiledRequest;
import dev.agenttower.client.governance.request.RequestDraft;
import dev.agenttower.client.governance.role.Actor;
import dev.agenttower.client.governance.role.SessionDraft;
import dev.agenttower.client.governance.role.StartedSession;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the very lines that docs/client-guide.md shows, against the daemon. */
@Timeout(180)
final class ClientGuideTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    private Path socket;
    private Path specs;

    @BeforeEach
    void govern_a_project_with_a_draft() throws IOException {
        tower.start();
        socket = tower.paths().httpSocket();
        Path shop = Files.createDirectory(tower.home().resolve("shop"));
        try (GovernanceClient governance = new GovernanceClient(socket)) {
            governance.initProject(shop, "shop", true);
        }
        specs = shop.resolve("config/specs.json");
        Files.writeString(
                specs,
                "{\"specs\": {\"SPEC-018\": {\"title\": \"Search\", \"status\": \"draft\", \"roles\": [\"Developer\"],"
                        + " \"action_types\": [\"edit\"], \"paths\": [\"src/\"]}}}\n");
    }

    @Test
    void an_agent_proposes_and_asks_and_a_human_looks_and_decides() throws IOException {
        List<String> said = new ArrayList<>();
        agent(socket, said::add);

        assertThat(said).hasSize(3);
        assertThat(said.get(0)).isEqualTo("denied: sovereign_path_violation");
        assertThat(said.get(1)).matches("proposed as scr_[0-9]{8}_[0-9]{6}_001");
        assertThat(said.get(2)).isEqualTo("REQ-001 is OPEN");

        said.clear();
        human(socket, said::add);

        assertThat(said.get(0))
                .startsWith("--- a/config/specs.json\n+++ b/config/specs.json\n@@ ")
                .contains("\n-{\"specs\"", "\"draft\"", "\n+{\"specs\"", "\"approved\"");
        assertThat(said.get(1)).isEqualTo("authorized");
        assertThat(said.subList(2, said.size()))
                .hasSize(5)
                .allMatch(line -> line.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z [a-z_]+"))
                .element(4)
                .asString()
                .endsWith(" sovereign_change_applied");
        assertThat(specs).content().contains("\"status\": \"approved\"");
    }

    @Test
    void a_human_who_saw_another_file_is_told_so() throws IOException {
        agent(socket, line -> {});
        String id;
        ChangePreview seen;
        try (GovernanceClient governance = new GovernanceClient(socket)) {
            id = governance.changes(ChangeFilter.PENDING).get(0).id();
            seen = governance.preview(id);
            Files.writeString(specs, Files.readString(specs).replace("Search", "Find"));
            assertThat(refusal(() -> governance.authorize(Authorization.ofSeen(seen)))
                            .kind())
                    .isEqualTo(GovernanceRefusedException.Kind.CONFLICT);
            assertThat(governance.change(id).isPending()).isTrue();
        }
        assertThat(specs).content().contains("\"draft\"");
    }

    private static GovernanceRefusedException refusal(Runnable deed) {
        try {
            deed.run();
        } catch (GovernanceRefusedException refusal) {
            return refusal;
        }
        throw new AssertionError("it was not refused");
    }

    private static void agent(Path socket, Consumer<String> out) {
        // example: agent
        Actor me = new Actor("CLAUDE", "Developer");
        ObjectNode params = JsonText.object().put("file", "config/specs.json");
        try (GovernanceClient governance = new GovernanceClient(socket).inProject("shop")) {
            StartedSession session = governance.startSession(SessionDraft.of(me, "SPEC-017"));
            Ruling ruling = governance.decide(
                    new ProposedAction(me, "SPEC-017", "edit", params, "SPEC-018 is ready", true, session.id()));
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
            governance.endSession(session.id(), me, "SPEC-017", false);
        }
        // end
    }

    private static void human(Path socket, Consumer<String> out) {
        // example: human
        try (GovernanceClient governance = new GovernanceClient(socket)) {
            for (SovereignChange change : governance.changes(ChangeFilter.PENDING)) {
                ChangePreview preview = governance.preview(change.id());
                out.accept(preview.diff());
                try {
                    DecidedChange decided = governance.authorize(Authorization.ofSeen(preview));
                    out.accept(decided.newStatus());
                } catch (GovernanceRefusedException refusal) {
                    out.accept(refusal.kind() + ": " + refusal.getMessage());
                }
            }
            for (LedgerEntry event : governance.events(LedgerSearch.newest(5)).events()) {
                out.accept(event.at() + " " + event.actionType());
            }
        }
        // end
    }

    @Test
    void the_document_shows_these_lines() throws IOException {
        ShownLines.assertShown("client-guide.md", ClientGuideTest.class, "agent", "human");
    }
}
