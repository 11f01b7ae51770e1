package dev.agenttower.cli.governance.ledger;

import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.GivenText;
import dev.agenttower.cli.governance.ActorOptions;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.change.Receipt;
import dev.agenttower.client.governance.ledger.LedgerNote;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower ledger log}. */
@Command(
        name = "log",
        description = "append an event of your own to the ledger",
        footer = "  agenttower ledger log --type task_complete --description 'the search works' --spec SPEC-001")
final class LedgerLogCommand implements Runnable {
    @Option(
            names = "--type",
            paramLabel = "ACTION_TYPE",
            required = true,
            description = "the type of the event, such as task_complete")
    private String type;

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            required = true,
            description = "the description; - reads it from stdin")
    private String description;

    @Option(names = "--spec", paramLabel = "SPEC_ID", description = "the related spec")
    private @Nullable String spec;

    @Option(names = "--denied", description = "record it as not authorized")
    private boolean isDenied;

    @Mixin
    private ActorOptions actor;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        String text = GivenText.of(description, governance.output().context());
        Receipt receipt = governance.ask(client -> client.log(
                new LedgerNote(actor.actor(client), InstantSource.system().instant(), type, text, spec, !isDenied)));
        governance.print(receipt.json(), () -> new Facts().add("event_id", receipt.eventId()));
    }
}
