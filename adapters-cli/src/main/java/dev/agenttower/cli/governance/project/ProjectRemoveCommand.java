package dev.agenttower.cli.governance.project;

import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.client.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agenttower project remove}. */
@Command(
        name = "remove",
        description = "take a project out of governance; its files stay",
        footer = "  agenttower project remove shop")
final class ProjectRemoveCommand implements Runnable {
    @Parameters(paramLabel = "NAME", description = "the project")
    private String name;

    @Mixin
    private PassphraseOption passphrase;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Governance.ask(
                output.context(),
                null,
                client -> passphrase.call(client, human -> {
                    human.removeProject(name);
                    return name;
                }));
        output.print(JsonText.object().put("name", name), () -> new Facts().add("removed", name));
    }
}
