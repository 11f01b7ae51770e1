package dev.agenttower.daemon.lifecycle;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file with the daemon's process id, for people and clients. */
public final class PidFile {
    private PidFile() {}

    /** Writes the file, which must not exist, with mode 0600. */
    public static void write(Path file, long pid) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var how = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(file, how, mode)) {
            channel.write(StandardCharsets.US_ASCII.encode(pid + "\n"));
        }
    }
}
