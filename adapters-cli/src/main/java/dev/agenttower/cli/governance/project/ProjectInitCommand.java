package dev.agenttower.cli.governance.project;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower project init}. */
@Command(
        name = "init",
        description = "create the governance files that a folder lacks, and put it under governance",
        footer = "  agenttower project init .")
final class ProjectInitCommand implements Runnable {
    @Mixin
    private ProjectRegistration registration;

    @Option(names = "--no-detect", description = "do not adapt the roles' paths to the detected kind of project")
    private boolean isUndetected;

    @Override
    public void run() {
        registration.run((client, folder) -> client.initProject(folder, registration.name(), !isUndetected));
    }
}
