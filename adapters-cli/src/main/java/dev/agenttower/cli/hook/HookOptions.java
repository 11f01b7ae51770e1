package dev.agenttower.cli.hook;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say whose settings are meant: a project's, or those of the user. */
final class HookOptions {
    private final CliContext context;

    @ArgGroup
    private @Nullable Place place;

    HookOptions(CliContext context) {
        this.context = context;
    }

    /** One of two places. */
    static final class Place {
        @Option(names = "--user", required = true, description = "the settings of the user, in the home folder")
        private boolean isUser;

        @Option(
                names = "--project",
                paramLabel = "DIR",
                required = true,
                description = "the settings of the project in this folder; default: the current folder")
        private @Nullable String folder;
    }

    /**
     * The place with the command of this installation.
     *
     * @throws RefusedException if the folder of the project does not exist
     */
    HookScope scope() {
        Path home = home(context);
        boolean isUser = place != null && place.isUser;
        HookCommandLine command = HookCommandLine.in(context.programFolder());
        return isUser ? new HookScope(home, home, false, command) : new HookScope(project(), home, true, command);
    }

    static Path home(CliContext context) {
        @Nullable String home = context.variable("HOME");
        if (home == null || home.isEmpty()) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: HOME is not set; set it to your home folder");
        }
        return Path.of(home).toAbsolutePath().normalize();
    }

    /** Without links, because a client that is started there knows its folder so. */
    private Path project() {
        String folder = place == null || place.folder == null ? "" : place.folder;
        try {
            Path project = Path.of(folder).toRealPath();
            if (Files.isDirectory(project)) {
                return project;
            }
        } catch (IOException | InvalidPathException e) {
            // told below
        }
        throw new RefusedException(ErrorCode.BAD_REQUEST, "--project \"" + folder + "\" is no folder");
    }
}
