package dev.agenttower.workspace.file;

import dev.agenttower.unix.file.DurableFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Paths that somebody follows, and when something was last told of them. Apart from {@link #folders}, it belongs to the watching thread. */
public final class FollowedPaths {
    /** Stands for every name in a folder. */
    public static final String EVERYTHING = "/";

    private static final int MAX_FOLDERS = 512;

    private final Path root;
    private final List<String> paths;
    private final Runnable listener;
    private boolean isTold;
    private boolean hasOtherFolders;
    private long firstTold;
    private long lastTold;

    public FollowedPaths(Path root, Collection<String> paths, Runnable listener) {
        this.root = root;
        this.paths = List.copyOf(paths);
        this.listener = listener;
    }

    /** The folders to be watched as they are now, and the names in each that matter. Of very many, not all. */
    public Map<Path, Set<String>> folders() {
        Map<Path, Set<String>> folders = new LinkedHashMap<>();
        for (String path : paths) {
            Path at = root;
            for (String name : path.split("/", -1)) {
                add(folders, at, name);
                at = at.resolve(name);
                addTarget(folders, at);
                if (!Files.isDirectory(at)) {
                    break;
                }
            }
            if (Files.isDirectory(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
                addBelow(folders, root.resolve(path));
            }
        }
        return folders;
    }

    private static void add(Map<Path, Set<String>> folders, Path folder, String name) {
        if (folders.containsKey(folder) || folders.size() < MAX_FOLDERS) {
            folders.computeIfAbsent(folder, added -> new HashSet<>()).add(name);
        }
    }

    /** What is behind a link changes where it really lies. */
    private static void addTarget(Map<Path, Set<String>> folders, Path file) {
        if (!Files.isSymbolicLink(file)) {
            return;
        }
        try {
            Path real = file.toRealPath();
            add(folders, DurableFiles.parent(real), String.valueOf(real.getFileName()));
        } catch (IOException e) {
            // it leads nowhere now; the comparison without a hint sees when that changes
        }
    }

    private static void addBelow(Map<Path, Set<String>> folders, Path top) {
        Deque<Path> directories = new ArrayDeque<>(List.of(top));
        while (!directories.isEmpty() && folders.size() < MAX_FOLDERS) {
            Path directory = directories.remove();
            add(folders, directory, EVERYTHING);
            try (DirectoryStream<Path> below =
                    Files.newDirectoryStream(directory, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
                below.forEach(directories::add);
            } catch (IOException | DirectoryIteratorException e) {
                // it has gone, or is closed to us: nothing can be watched below it
            }
        }
    }

    /** Something was told at a moment. */
    public void tell(long now, boolean otherFolders) {
        firstTold = isTold ? firstTold : now;
        lastTold = now;
        isTold = true;
        hasOtherFolders |= otherFolders;
    }

    /** How long it still has to be quiet, and 0 when it is due; a very long time when nothing was told. */
    public long remaining(long now, long quiet, long longest) {
        return isTold ? Math.max(0, Math.min(lastTold + quiet - now, firstTold + longest - now)) : Long.MAX_VALUE;
    }

    /** Whether folders have come or gone since this was asked. */
    public boolean takeOtherFolders() {
        boolean others = hasOtherFolders;
        hasOtherFolders = false;
        return others;
    }

    /** Calls the listener. */
    public void pass() {
        isTold = false;
        listener.run();
    }
}
