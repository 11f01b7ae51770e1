package dev.agenttower.cli.run;

import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The program of an agent.
 *
 * @param command the program and its arguments, as given
 */
record AgentProgram(List<String> command) {
    private static final Set<String> SHELLS = Set.of("sh", "bash", "zsh", "fish", "dash", "ksh");
    /** Runs without the daemon that all terminals share, whose hooks have the role of the first one. */
    private static final String CODEX_ALONE = "--no-daemon";

    /** Copies the command. */
    AgentProgram {
        command = List.copyOf(command);
    }

    /**
     * Checks that the program exists, before a pane is opened for it.
     *
     * @param searchPath the folders of programs, with colons between
     * @throws RefusedException BAD_REQUEST, if it does not
     */
    void requireExecutable(String searchPath) {
        String path = command.get(0);
        Stream<String> places = path.contains("/")
                ? Stream.of(path)
                : Stream.of(searchPath.split(":", -1)).map(folder -> folder + "/" + path);
        if (places.map(File::new).noneMatch(file -> file.isFile() && file.canExecute())) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "there is no program \"" + Text.abbreviated(path, 80) + "\" on the PATH");
        }
    }

    /** The name of the file of the program, which is also that of its client, if it is one. */
    String name() {
        String path = command.get(0);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    Capability capability() {
        return SHELLS.contains(name())
                ? Capability.SHELL
                : Capability.parse(name()).filter(Capability::isClient).orElse(Capability.UNKNOWN);
    }

    Role role() {
        return capability() == Capability.SHELL ? Role.SHELL : Role.SLAVE;
    }

    /** The command with what governance needs of the client. */
    List<String> governed() {
        if (capability() != Capability.CODEX || command.contains(CODEX_ALONE)) {
            return command;
        }
        List<String> alone = new ArrayList<>(command);
        alone.add(1, CODEX_ALONE);
        return alone;
    }
}
