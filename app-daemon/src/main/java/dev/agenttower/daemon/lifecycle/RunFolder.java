package dev.agenttower.daemon.lifecycle;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.settings.TowerPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * The folder that a container mounts to reach the daemon and nothing else of its state.
 *
 * <p>Both sockets have a second name in it, a hard link: clients on the host use the first one, which a container cannot replace. The folder
 * stays when the daemon stops, because the mounts of running containers lead to it.
 */
public final class RunFolder implements AutoCloseable {
    private final Path folder;
    private final List<Path> sockets;

    private RunFolder(TowerPaths paths) {
        folder = paths.runDir();
        sockets = List.of(paths.socket(), paths.httpSocket());
    }

    /**
     * Gives the sockets, which must be bound, their second names; to be used while holding the lock of the daemon.
     *
     * @throws IOException if that is not possible; the folder is then empty, or not as it must be
     */
    public static RunFolder open(TowerPaths paths, PathSafety safety) throws IOException {
        RunFolder run = new RunFolder(paths);
        run.prepare(safety);
        try {
            for (Path socket : run.sockets) {
                // The folder belongs to the daemon: what lies there is of an earlier one, or of a container.
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
        if (Inode.at(folder).isEmpty()) {
            var mode = PosixFilePermissions.fromString("rwx------");
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(mode));
            Files.setPosixFilePermissions(folder, mode);
        }
        Optional<String> flaw = Inode.at(folder).flatMap(safety::flawOfDirectory);
        if (flaw.isPresent()) {
            throw new IOException(folder + ": " + flaw.get());
        }
    }

    private Path secondName(Path socket) {
        return folder.resolve(requireNonNull(socket.getFileName(), "a socket without a name"));
    }

    /** Removes the second names. */
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
