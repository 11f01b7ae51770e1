package dev.agenttower.cli.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a file from its beginning or its end on, and those that come later. A file that was cut, or that took the name of the
 * first one, is read from its beginning. Lines end at LF and are UTF-8; invalid bytes become U+FFFD and zeros are dropped. Not thread-safe.
 *
 * <p>Lines that were moved to the archive leave a hole at the beginning of the file. A pane can print zeros, too, so only a long run of them
 * in a file that begins with one is the hole.
 */
final class LogLines implements AutoCloseable {
    private static final int BLOCK = 64 << 10;
    private static final int LONGEST_LINE = 64 << 10;
    private static final int SHORTEST_HOLE = 512;

    private final Path file;
    private final Consumer<String> printer;
    private final LongConsumer missed;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private FileChannel channel;
    private @Nullable Object key;
    private long position;
    private long zeros;

    /**
     * Opens a file.
     *
     * @param printer receives each line without its end; at most 64 KiB of it, then an ellipsis
     * @param missed receives the number of bytes that were moved to the archive before they were read
     */
    LogLines(Path file, Consumer<String> printer, LongConsumer missed) throws IOException {
        this.file = file;
        this.printer = printer;
        this.missed = missed;
        this.channel = open();
    }

    private FileChannel open() throws IOException {
        BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!found.isRegularFile()) {
            throw new IOException("not a regular file");
        }
        key = found.fileKey();
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    /** Goes to the end. */
    void skipToEnd() throws IOException {
        position = channel.size();
    }

    /** Goes back from the end by a number of lines, an unfinished last one included. */
    void skipToLast(long lines) throws IOException {
        long at = channel.size();
        long wanted = lines;
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        boolean isLast = true;
        boolean mayHaveHole = beginsWithZero();
        int run = 0;
        while (at > 0) {
            long begin = Math.max(0, at - BLOCK);
            block.clear().limit((int) (at - begin));
            while (block.hasRemaining() && channel.read(block, begin + block.position()) >= 0) {
                // A file that is cut meanwhile ends early.
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                run = block.get(i) == 0 ? run + 1 : 0;
                boolean isHole = mayHaveHole && run == SHORTEST_HOLE;
                boolean isEnd = block.get(i) == '\n' && !isLast;
                isLast = false;
                if (isHole || (isEnd && --wanted == 0)) {
                    position = begin + i + (isHole ? run : 1);
                    return;
                }
            }
            at = begin;
        }
        position = 0;
    }

    private boolean beginsWithZero() throws IOException {
        ByteBuffer first = ByteBuffer.allocate(1);
        return channel.read(first, 0) == 1 && first.get(0) == 0;
    }

    /** Prints the lines that have ended since the last call. */
    void printNew() throws IOException {
        reopenIfReplaced();
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        while (channel.read(block.clear(), position) > 0) {
            position += block.position();
            block.flip();
            while (block.hasRemaining()) {
                add(block.get());
            }
        }
    }

    /** Prints the last line, if it has no end. */
    void printUnfinished() {
        if (unfinished.size() > 0) {
            print();
        }
    }

    private void add(byte next) {
        if (next == 0) {
            zeros++;
            return;
        }
        if (zeros >= SHORTEST_HOLE) {
            unfinished.reset();
            missed.accept(zeros);
        }
        zeros = 0;
        if (next == '\n') {
            print();
        } else if (unfinished.size() <= LONGEST_LINE) {
            unfinished.write(next);
        }
    }

    private void print() {
        byte[] bytes = unfinished.toByteArray();
        int length = Math.min(bytes.length, LONGEST_LINE);
        printer.accept(new String(bytes, 0, length, StandardCharsets.UTF_8) + (bytes.length > LONGEST_LINE ? "…" : ""));
        unfinished.reset();
    }

    private void reopenIfReplaced() throws IOException {
        boolean isReplaced = Files.exists(file)
                && !Objects.equals(
                        key,
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                                .fileKey());
        if (isReplaced) {
            FileChannel opened = open();
            channel.close();
            channel = opened;
        }
        if (isReplaced || channel.size() < position) {
            position = 0;
            zeros = 0;
            unfinished.reset();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
