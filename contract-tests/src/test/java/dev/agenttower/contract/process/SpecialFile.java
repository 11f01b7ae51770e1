package dev.agenttower.contract.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** What somebody may put where a regular file is expected. */
public enum SpecialFile {
    /** A named pipe, which nobody else opens. */
    FIFO,
    /** A socket, on which nobody listens any more. */
    SOCKET,
    /** An empty directory. */
    DIRECTORY,
    /** A link to a device that never ends. */
    DEVICE;

    /** Puts it at a path, in place of a file that may be there. */
    public void put(Path path) {
        try {
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(path);
            switch (this) {
                case FIFO -> run("mkfifo", path.toString());
                case SOCKET -> bind(path);
                case DIRECTORY -> Files.createDirectory(path);
                case DEVICE -> Files.createSymbolicLink(path, Path.of("/dev/zero"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(String... command) throws IOException {
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new IOException(String.join(" ", command));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** By a short name, because the path of a socket must be short. */
    private static void bind(Path path) throws IOException {
        Path folder = Files.createTempDirectory("at-");
        Path made = folder.resolve("s");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(made));
        }
        Files.move(made, path);
        Files.delete(folder);
    }
}
