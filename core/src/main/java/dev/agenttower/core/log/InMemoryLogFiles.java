package dev.agenttower.core.log;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Files of logs, in memory, all of them writable. There are no symbolic links. Thread-safe. */
public final class InMemoryLogFiles implements LogFiles {
    private final Map<String, Content> files = new TreeMap<>();
    private final Set<String> directories = new TreeSet<>();
    private int inodes;
    private long room = Long.MAX_VALUE;

    /** No files. */
    public InMemoryLogFiles() {}

    /** Adds a directory. */
    public synchronized void addDirectory(String path) {
        directories.add(path);
    }

    /** Writes a file; one that exists keeps its inode. */
    public synchronized void write(String path, String text) {
        Content known = files.get(path);
        files.put(path, new Content(known == null ? nextInode() : known.inode, text));
    }

    /** Removes a file. */
    public synchronized void remove(String path) {
        files.remove(path);
    }

    /** Leaves so many bytes for all files together. */
    public synchronized void leaveRoom(long bytes) {
        room = bytes;
    }

    @Override
    public synchronized long room(String path) {
        return room;
    }

    @Override
    public Optional<String> real(String path) {
        return Optional.of(path);
    }

    @Override
    public synchronized boolean isDirectory(String path) {
        return directories.contains(path);
    }

    @Override
    public boolean isWritable(String path) {
        return true;
    }

    @Override
    public synchronized void create(String path) {
        if (!files.containsKey(path)) {
            write(path, "");
        }
    }

    @Override
    public synchronized Optional<LogFile> stat(String path) {
        return Optional.ofNullable(files.get(path)).map(file -> new LogFile(file.inode, file.text.length()));
    }

    @Override
    public synchronized List<String> tail(String path, int lines) {
        Content file = files.get(path);
        if (file == null) {
            throw new RefusedException(ErrorCode.LOG_FILE_MISSING, "log file " + path + " is missing");
        }
        List<String> all = new ArrayList<>(List.of(file.text.split("\n", -1)));
        if (all.get(all.size() - 1).isEmpty()) {
            all.remove(all.size() - 1);
        }
        return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    private String nextInode() {
        inodes++;
        return "1:" + inodes;
    }

    private record Content(String inode, String text) {}
}
