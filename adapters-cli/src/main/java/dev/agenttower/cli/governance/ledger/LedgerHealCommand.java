package dev.agenttower.cli.governance.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.change.Receipt;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import dev.agenttower.client.governance.ledger.LedgerSearch;
import dev.agenttower.client.governance.ledger.LedgerSearch.Direction;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower ledger heal}. */
@Command(
        name = "heal",
        description = "start a new chain after a broken one, which is kept unchanged",
        footer = "  agenttower ledger heal --reason 'the disk was full on 20 February'")
final class LedgerHealCommand implements Runnable {
    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            required = true,
            description = "the reason; recorded in the ledger")
    private String reason;

    @Mixin
    private PassphraseOption passphrase;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        governance.ask(client -> {
            Receipt receipt = passphrase.call(client, human -> human.healLedger(reason));
            print(receipt, kept(client, receipt.eventId()));
            return receipt;
        });
    }

    private void print(Receipt receipt, Optional<JsonNode> kept) {
        ObjectNode result = JsonText.object();
        receipt.json().properties().forEach(field -> result.set(field.getKey(), field.getValue()));
        kept.ifPresent(data -> result.set("action_data", data));
        Facts facts = new Facts().add("event_id", receipt.eventId());
        kept.ifPresent(data -> facts.add("kept_as", data.path("segment").asText())
                .add("kept_sha256", data.path("segment_sha256").asText())
                .add("first_bad_line", data.path("first_bad_line").asLong()));
        governance.print(result, () -> facts);
    }

    /** The fields that the first event of the new chain records about the previous chain. */
    private static Optional<JsonNode> kept(GovernanceClient client, String eventId) {
        LedgerSearch newest = new LedgerSearch("end", Direction.BACKWARD, 1, null, null, "integrity_reset", null);
        return client.events(newest).events().stream()
                .filter(event -> event.id().equals(eventId))
                .map(LedgerEntry::json)
                .map(event -> event.path("action_data"))
                .findFirst();
    }
}
