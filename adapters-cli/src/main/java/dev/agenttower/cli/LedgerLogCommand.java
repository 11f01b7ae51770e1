package dev.agenttower.cli;

import dev.agenttower.socket.client.governance.LedgerNote;
import dev.agenttower.socket.client.governance.Receipt;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower ledger log}. */
@Command(
        name = "log",
        description = "put an event of your own on the ledger",
        footer = "  agenttower ledger log --type task_complete --description 'the search works' --spec SPEC-001")
final class LedgerLogCommand implements Runnable {
    private final CliContext context;

    @Option(
            names = "--type",
            paramLabel = "ACTION_TYPE",
            required = true,
            description = "what it is, such as task_complete")
    private String type;

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            required = true,
            description = "what happened; - reads it from stdin")
    private String description;

    @Option(names = "--spec", paramLabel = "SPEC_ID", description = "the spec that it belongs to")
    private @Nullable String spec;

    @Option(names = "--denied", description = "it was not allowed")
    private boolean isDenied;

    @Mixin
    private ActorOptions actor;

    @Mixin
    private ProjectOption project;

    @Mixin
    private Output output;

    LedgerLogCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        String text = GivenText.of(description, context);
        Receipt receipt = project.ask(client -> client.log(
                new LedgerNote(actor.actor(client), InstantSource.system().instant(), type, text, spec, !isDenied)));
        output.print(receipt.json(), () -> new Facts().add("event_id", receipt.eventId()));
    }
}
