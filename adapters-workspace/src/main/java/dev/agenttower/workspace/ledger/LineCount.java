package dev.agenttower.workspace.ledger;

import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts the lines of a growing file, reading only the part added since the last call. Thread-safe. */
public final class LineCount {
    private static final int CHUNK = 1 << 16;
    private static final long EACH_LINE_FEED = 0x0A0A0A0A0A0A0A0AL;
    private static final long EACH_LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long EACH_ONE = 0x0101010101010101L;
    /** The largest number that a per-byte counter holds. */
    private static final int MOST_ADDED = 255;

    private final Path file;
    private @Nullable Object key;
    private long counted;
    private long lines;

    public LineCount(Path file) {
        this.file = file;
    }

    /** The current number of lines; 0 when there is no file. */
    public synchronized long now() {
        try (SeekableByteChannel channel = RegularFiles.open(file)) {
            Object current =
                    Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            if (!Objects.equals(key, current) || channel.size() < counted) {
                key = current;
                counted = 0;
                lines = 0;
            }
            channel.position(counted);
            count(channel);
            return lines;
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException e) {
            throw new LedgerException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private void count(SeekableByteChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocateDirect(CHUNK).order(ByteOrder.nativeOrder());
        long[] words = new long[CHUNK / Long.BYTES];
        for (int count = channel.read(bytes); count > 0; count = channel.read(bytes.clear())) {
            LongBuffer view = bytes.flip().asLongBuffer();
            int whole = view.remaining();
            view.get(words, 0, whole);
            lines += lineFeeds(words, whole);
            for (int i = whole * Long.BYTES; i < count; i++) {
                lines += bytes.get(i) == '\n' ? 1 : 0;
            }
            counted += count;
        }
    }

    /** Counts eight bytes at a time, because the code is not yet compiled when it counts a long ledger. */
    private static long lineFeeds(long[] words, int length) {
        long count = 0;
        for (int from = 0; from < length; from += MOST_ADDED) {
            int to = Math.min(length, from + MOST_ADDED);
            long sums = 0;
            for (int i = from; i < to; i++) {
                long differing = words[i] ^ EACH_LINE_FEED;
                long high = ((differing & EACH_LOW_BITS) + EACH_LOW_BITS) | differing;
                sums += (~high >>> 7) & EACH_ONE;
            }
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                count += (sums >>> shift) & 0xFF;
            }
        }
        return count;
    }
}
