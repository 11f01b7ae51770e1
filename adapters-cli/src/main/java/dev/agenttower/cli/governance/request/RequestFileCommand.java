package dev.agenttower.cli.governance.request;

import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.GivenText;
import dev.agenttower.cli.governance.ActorOptions;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.request.FiledRequest;
import dev.agenttower.client.governance.request.RequestDraft;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower request file}. */
@Command(
        name = "file",
        description = "file a request to another role",
        footer = "  agenttower request file --to DevOps_Engineer --title 'A staging host' --role Backend_Engineer")
final class RequestFileCommand implements Runnable {
    @Option(names = "--to", paramLabel = "ROLE", required = true, description = "the receiving role")
    private String recipient;

    @Option(names = "--title", paramLabel = "TEXT", required = true, description = "the request in one line")
    private String title;

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "the full description; - reads it from stdin")
    private String description;

    @Option(names = "--priority", paramLabel = "PRIORITY", defaultValue = "MEDIUM", description = "default: MEDIUM")
    private String priority;

    @Option(names = "--type", paramLabel = "TYPE", defaultValue = "SPEC_REQUEST", description = "default: SPEC_REQUEST")
    private String type;

    @Option(names = "--spec", paramLabel = "SPEC_ID", description = "a related spec; may be repeated")
    private List<String> specs = List.of();

    @Mixin
    private ActorOptions actor;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        FiledRequest filed = governance.ask(client -> client.fileRequest(new RequestDraft(
                actor.actor(client),
                recipient,
                title,
                GivenText.of(description, governance.output().context()),
                priority,
                type,
                specs)));
        governance.print(
                filed.json(),
                () -> new Facts()
                        .add("req_id", filed.id())
                        .add("status", filed.status())
                        .add("event_id", filed.eventId()));
    }
}
