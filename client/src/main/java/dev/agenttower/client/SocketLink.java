package dev.agenttower.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A short path to a socket, wherever the socket lies.
 *
 * <p>A long path is reached through a short symbolic link to its folder, in a private temporary folder that {@link #close()} removes. A
 * relative path instead would require a change of the working directory, which the JVM does not support. Connections through the link
 * survive its removal.
 */
final class SocketLink implements AutoCloseable {
    /** The kernel accepts 107 bytes, the JDK slightly fewer. */
    private static final int MAX_BYTES = 100;

    private static final Path SHORT_TEMP = Path.of("/tmp");

    private final Path path;
    private final @Nullable Path link;

    private SocketLink(Path path, @Nullable Path link) {
        this.path = path;
        this.link = link;
    }

    /**
     * Creates the link, if necessary.
     *
     * @throws IOException if it cannot be created, or if the path does not name a file in a folder
     */
    static SocketLink to(Path socket) throws IOException {
        if (fits(socket)) {
            return new SocketLink(socket, null);
        }
        Path absolute = socket.toAbsolutePath();
        @Nullable Path folder = absolute.getParent();
        @Nullable Path name = absolute.getFileName();
        if (folder == null || name == null) {
            throw new IOException("no socket path: \"" + socket + "\"");
        }
        Path link = temporaryFolder(name).resolve("d");
        try {
            Files.createSymbolicLink(link, folder);
            return new SocketLink(link.resolve(name), link);
        } catch (IOException e) {
            delete(link);
            throw e;
        }
    }

    private static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    private static Path temporaryFolder(Path socketName) throws IOException {
        Path preferred = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        boolean isShort =
                fits(preferred.resolve("agenttower-00000000000000000000/d").resolve(socketName));
        return Files.createTempDirectory(isShort ? preferred : SHORT_TEMP, "agenttower-");
    }

    /** The path to connect to, valid until this is closed. */
    Path path() {
        return path;
    }

    /** Removes the link. */
    @Override
    public void close() throws IOException {
        if (link != null) {
            delete(link);
        }
    }

    private static void delete(Path link) throws IOException {
        Files.deleteIfExists(link);
        @Nullable Path folder = link.getParent();
        if (folder != null) {
            Files.deleteIfExists(folder);
        }
    }
}
