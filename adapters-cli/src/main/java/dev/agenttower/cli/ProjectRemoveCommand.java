package dev.agenttower.cli;

import dev.agenttower.socket.client.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agenttower project remove}. */
@Command(
        name = "remove",
        description = "take a project out of governance; its files stay",
        footer = "  agenttower project remove shop")
final class ProjectRemoveCommand implements Runnable {
    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "the project")
    private String name;

    @Mixin
    private PassphraseOption passphrase;

    @Mixin
    private Output output;

    ProjectRemoveCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        Governance.ask(
                context,
                null,
                client -> passphrase.call(client, human -> {
                    human.removeProject(name);
                    return name;
                }));
        output.print(JsonText.object().put("name", name), () -> new Facts().add("removed", name));
    }
}
