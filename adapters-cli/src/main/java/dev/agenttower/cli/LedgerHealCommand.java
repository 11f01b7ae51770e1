package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.GovernanceClient;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.governance.LedgerEntry;
import dev.agenttower.socket.client.governance.LedgerSearch;
import dev.agenttower.socket.client.governance.LedgerSearch.Direction;
import dev.agenttower.socket.client.governance.Receipt;
import java.util.List;
import java.util.Optional;

/** {@code agenttower ledger heal}. */
final class LedgerHealCommand implements Command {
    private static final String REASON = "--reason";

    @Override
    public CommandForm form() {
        return CommandName.LEDGER_HEAL.form(
                List.of(
                        OptionForm.required(REASON, "TEXT", "why; stands on the ledger"),
                        GovernanceAccess.PASSPHRASE_STDIN,
                        GovernanceAccess.PROJECT,
                        OptionForm.JSON),
                "agenttower ledger heal --reason 'the disk was full on 20 February'");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        String reason = arguments.required(REASON);
        Receipt receipt;
        Optional<JsonNode> kept;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            receipt = access.asHuman(client -> client.healLedger(reason));
            kept = kept(access.client(), receipt.eventId());
        }
        if (arguments.json()) {
            ObjectNode result = JsonText.object();
            receipt.json().properties().forEach(field -> result.set(field.getKey(), field.getValue()));
            kept.ifPresent(data -> result.set("action_data", data));
            DaemonAccess.printResult(context, result);
            return ExitCode.OK;
        }
        Facts facts = new Facts().add("event_id", receipt.eventId());
        kept.ifPresent(data -> facts.add("kept_as", data.path("segment").asText())
                .add("kept_sha256", data.path("segment_sha256").asText())
                .add("first_bad_line", data.path("first_bad_line").asLong()));
        context.out().print(facts);
        return ExitCode.OK;
    }

    /** What the event that begins the new chain says of the one before. */
    private static Optional<JsonNode> kept(GovernanceClient client, String eventId) {
        LedgerSearch newest = new LedgerSearch("end", Direction.BACKWARD, 1, null, null, "integrity_reset", null);
        return client.events(newest).events().stream()
                .filter(event -> event.id().equals(eventId))
                .map(LedgerEntry::json)
                .map(event -> event.path("action_data"))
                .findFirst();
    }
}
