package dev.agenttower.core.event;

import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.UnreadableLogException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files of logs in memory. Thread-safe. */
public final class InMemoryLogReads implements LogReads {
    private final Map<String, Content> files = new HashMap<>();
    private long inodes;
    private @Nullable String trouble;

    /** No files. */
    public InMemoryLogReads() {}

    /** Appends to a file, which is created if missing. */
    public void append(String path, String text) {
        append(path, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Appends to a file, which is created if missing. */
    public synchronized void append(String path, byte[] bytes) {
        Content before = files.computeIfAbsent(path, missing -> new Content("1:" + ++inodes, new byte[0]));
        byte[] all = Arrays.copyOf(before.bytes, before.bytes.length + bytes.length);
        System.arraycopy(bytes, 0, all, before.bytes.length, bytes.length);
        files.put(path, new Content(before.inode, all));
    }

    /** Cuts a file to its beginning. */
    public synchronized void truncate(String path, int size) {
        files.computeIfPresent(path, (key, before) -> new Content(before.inode, Arrays.copyOf(before.bytes, size)));
    }

    /** Removes a file; one that is created later has another inode. */
    public synchronized void remove(String path) {
        files.remove(path);
    }

    /** Makes every use of a file fail with this kind; null ends that. */
    public synchronized void failWith(@Nullable String kind) {
        trouble = kind;
    }

    @Override
    public synchronized Optional<LogFile> look(String path) throws UnreadableLogException {
        refuseInTrouble();
        return Optional.ofNullable(files.get(path)).map(file -> new LogFile(file.inode, file.bytes.length));
    }

    @Override
    public synchronized boolean read(String path, LogFile seen, long from, ByteBuffer into)
            throws UnreadableLogException {
        refuseInTrouble();
        Content file = files.get(path);
        if (file == null || !file.inode.equals(seen.inode())) {
            return false;
        }
        int start = (int) Math.min(from, file.bytes.length);
        into.put(file.bytes, start, Math.min(into.remaining(), file.bytes.length - start));
        return true;
    }

    private void refuseInTrouble() throws UnreadableLogException {
        String kind = trouble;
        if (kind != null) {
            throw new UnreadableLogException(kind, "told to fail", new IllegalStateException(kind));
        }
    }

    private static final class Content {
        private final String inode;
        private final byte[] bytes;

        Content(String inode, byte[] bytes) {
            this.inode = inode;
            this.bytes = bytes;
        }
    }
}
