package dev.agenttower.workspace;

import dev.agenttower.core.governance.ledger.LedgerException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts the lines of a file that grows, reading only what was added since the last time. Thread-safe. */
final class LineCount {
    private final Path file;
    private @Nullable Object key;
    private long counted;
    private long lines;

    LineCount(Path file) {
        this.file = file;
    }

    /** The lines now; 0 when there is no file. */
    synchronized long now() {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            Object current =
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            if (!Objects.equals(key, current) || channel.size() < counted) {
                key = current;
                counted = 0;
                lines = 0;
            }
            channel.position(counted);
            ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
            for (int count = channel.read(bytes); count > 0; count = channel.read(bytes.clear())) {
                for (int i = 0; i < count; i++) {
                    lines += bytes.get(i) == '\n' ? 1 : 0;
                }
                counted += count;
            }
            return lines;
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException e) {
            throw new LedgerException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
