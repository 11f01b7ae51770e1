package dev.agenttower.daemon.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.unix.file.Inode;
import dev.agenttower.unix.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folder that a container mounts to reach the daemon's sockets, and none of its other files.
 *
 * <p>It has a hard link to each of the two sockets: clients on the host use the original names, which a container cannot replace. The
 * folder stays when the daemon stops, because running containers have it mounted.
 */
public final class RunFolder implements AutoCloseable {
    private final Path folder;
    private final List<Path> sockets;

    private RunFolder(TowerPaths paths) {
        folder = paths.runDir();
        sockets = List.of(paths.socket(), paths.httpSocket());
    }

    /**
     * Creates the hard links to the sockets, which must be bound; to be used while holding the daemon's lock.
     *
     * @throws IOException if that is not possible; the folder is then empty, or has a wrong kind, owner or mode
     */
    public static RunFolder open(TowerPaths paths, PathSafety safety) throws IOException {
        RunFolder run = new RunFolder(paths);
        run.prepare(safety);
        try {
            for (Path socket : run.sockets) {
                // The folder belongs to the daemon: existing files are from an earlier one, or from a container.
                Files.deleteIfExists(run.secondName(socket));
                Files.createLink(run.secondName(socket), socket);
            }
            return run;
        } catch (IOException e) {
            run.close();
            throw e;
        }
    }

    private void prepare(PathSafety safety) throws IOException {
        PrivateFiles.createDirectories(folder);
        Optional<String> flaw = Inode.at(folder).flatMap(safety::flawOfDirectory);
        if (flaw.isPresent()) {
            throw new IOException(folder + ": " + flaw.get());
        }
    }

    private Path secondName(Path socket) {
        return folder.resolve(requireNonNull(socket.getFileName(), "a socket without a name"));
    }

    /** Removes the hard links. */
    @Override
    public void close() throws IOException {
        for (Path socket : sockets) {
            Files.deleteIfExists(secondName(socket));
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
