package dev.agenttower.contract.process;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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

    /** Puts it at a path, in place of a file that may be there or is made at this moment. */
    public void put(Path path) {
        try {
            Files.createDirectories(path.getParent());
            Path folder = Files.createTempDirectory(Path.of("/tmp"), "at-");
            Path made = folder.resolve("s");
            create(made);
            Files.deleteIfExists(path);
            if (this == DIRECTORY) {
                Files.move(made, path);
            } else {
                Files.move(made, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.delete(folder);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("cannot put a " + this + " at " + path, e);
        }
    }

    private void create(Path made) throws IOException, InterruptedException {
        switch (this) {
            case FIFO -> new ProcessBuilder("mkfifo", made.toString()).start().waitFor();
            case SOCKET -> {
                try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                    socket.bind(UnixDomainSocketAddress.of(made));
                }
            }
            case DIRECTORY -> Files.createDirectory(made);
            case DEVICE -> Files.createSymbolicLink(made, Path.of("/dev/zero"));
        }
    }
}
