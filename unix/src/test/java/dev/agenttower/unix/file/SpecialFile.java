package dev.agenttower.unix.file;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Things at paths where a regular file is expected. */
enum SpecialFile {
    FIFO("fifo") {
        @Override
        void create(Path path) throws IOException {
            try {
                new ProcessBuilder("mkfifo", path.toString()).start().waitFor();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    },
    SOCKET("socket") {
        @Override
        void create(Path path) throws IOException {
            try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                socket.bind(UnixDomainSocketAddress.of(path));
            }
        }
    },
    FOLDER("directory") {
        @Override
        void create(Path path) throws IOException {
            Files.createDirectory(path);
        }
    },
    DEVICE("device") {
        @Override
        void create(Path path) throws IOException {
            Files.createSymbolicLink(path, Path.of("/dev/zero"));
        }
    };

    private final String words;

    SpecialFile(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    abstract void create(Path path) throws IOException;
}
