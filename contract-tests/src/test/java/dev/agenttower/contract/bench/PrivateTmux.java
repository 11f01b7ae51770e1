package dev.agenttower.contract.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * tmux servers of this machine that share nothing with those of whoever runs the tests: they have a folder of their own. Without tmux the test
 * is skipped, and says so.
 */
public final class PrivateTmux implements AutoCloseable {
    private final Path root;
    private final Path folder;

    private PrivateTmux(Path root) throws IOException {
        this.root = root;
        Object uid = Files.getAttribute(root, "unix:uid");
        this.folder = Files.createDirectory(
                root.resolve("tmux-" + uid),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Makes the folder. */
    public static PrivateTmux open() {
        if (Command.attempt(List.of("tmux", "-V")).status() != 0) {
            String hint = "SKIPPED: tmux is not installed";
            System.err.println(hint);
            Assumptions.abort(hint);
        }
        try {
            // the path of a socket is short of room
            return new PrivateTmux(Files.createTempDirectory(Path.of("/tmp"), "at"));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** The environment that leads to these servers and to no container engine. */
    public Map<String, String> environment() {
        return Map.of("TMUX_TMPDIR", root.toString(), "DOCKER_HOST", "unix://" + root.resolve("no-engine"));
    }

    Path socket(String server) {
        return folder.resolve(server);
    }

    Path folder() {
        return folder;
    }

    /** Runs a command of the server; its output is returned. */
    public String run(String server, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("tmux", "-f", "/dev/null", "-S", socket(server).toString()));
        command.addAll(List.of(arguments));
        return Command.run(command);
    }

    /** Starts a server with one session and so many panes. */
    void start(String server, int panes) {
        run(server, "new-session", "-d", "-s", "work", "-x", "200", "-y", "50", "sleep", "1000");
        for (int pane = 1; pane < panes; pane++) {
            run(server, "new-window", "-d", "-t", "work", "sleep", "1000");
        }
    }

    @Override
    public void close() {
        try (Stream<Path> servers = Files.list(folder)) {
            servers.forEach(socket -> Command.attempt(List.of("tmux", "-S", socket.toString(), "kill-server")));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> {
                // a server that is just ending removes its socket itself
                boolean unused = file.delete();
            });
        } catch (IOException | UncheckedIOException gone) {
            System.err.println("not all of " + root + " could be removed");
        }
    }
}
