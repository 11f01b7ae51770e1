package dev.agenttower.cli.governance.project;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower project add}. */
@Command(
        name = "add",
        description = "put a folder under governance unchanged",
        footer = {"  agenttower project add ~/shop", "  agenttower project add . --name shop"})
final class ProjectAddCommand implements Runnable {
    @Mixin
    private ProjectRegistration registration;

    @Override
    public void run() {
        registration.run((client, folder) -> client.addProject(folder, registration.name()));
    }
}
