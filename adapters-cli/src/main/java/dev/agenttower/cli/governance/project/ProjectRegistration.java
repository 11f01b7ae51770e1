package dev.agenttower.cli.governance.project;

import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.project.Project;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Common to the commands that register a folder. */
final class ProjectRegistration {
    @Parameters(paramLabel = "PATH", description = "the folder of the project")
    private String path;

    @Option(names = "--name", paramLabel = "NAME", description = "the project's name; default: the folder's name")
    private @Nullable String name;

    @Mixin
    private PassphraseOption passphrase;

    @Mixin
    private Output output;

    @Nullable String name() {
        return name;
    }

    void run(BiFunction<GovernanceClient, Path, Project> registration) {
        Path folder = folder();
        Project project = Governance.ask(
                output.context(), null, client -> passphrase.call(client, human -> registration.apply(human, folder)));
        output.print(project.json(), () -> {
            Facts facts = new Facts().add("name", project.name()).add("path", project.path());
            project.created().forEach(file -> facts.add("created", file));
            return facts;
        });
    }

    /** The folder as an absolute path, because the daemon has another working directory. */
    private Path folder() {
        try {
            return Path.of(path).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "PATH is no path: " + e.getReason());
        }
    }
}
