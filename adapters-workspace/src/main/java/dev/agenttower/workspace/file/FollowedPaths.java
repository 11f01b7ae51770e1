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

/**
 * One subscription: its paths, and the times of its first and last unreported change. Except {@link #folders}, used by the watching thread
 * only.
 */
public final class FollowedPaths {
    /** Stands for every name in a folder. */
    public static final String EVERYTHING = "/";

    private static final int MAX_FOLDERS = 512;

    private final Path root;
    private final List<String> paths;
    private final Runnable listener;
    private boolean isPending;
    private boolean hasOtherFolders;
    private long firstChange;
    private long lastChange;

    public FollowedPaths(Path root, Collection<String> paths, Runnable listener) {
        this.root = root;
        this.paths = List.copyOf(paths);
        this.listener = listener;
    }

    /** The folders to watch at present, each with the relevant names; at most 512 folders. */
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

    /** A link's target changes in the target's own folder. */
    private static void addTarget(Map<Path, Set<String>> folders, Path file) {
        if (!Files.isSymbolicLink(file)) {
            return;
        }
        try {
            Path real = file.toRealPath();
            add(folders, DurableFiles.parent(real), String.valueOf(real.getFileName()));
        } catch (IOException e) {
            // a dangling link; the periodic comparison finds when its target appears
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
                // deleted or not accessible: nothing below it can be watched
            }
        }
    }

    /** Records a change. */
    public void change(long now, boolean otherFolders) {
        firstChange = isPending ? firstChange : now;
        lastChange = now;
        isPending = true;
        hasOtherFolders |= otherFolders;
    }

    /** How long until the listener is due: 0 when it is, {@link Long#MAX_VALUE} without a change. */
    public long remaining(long now, long quiet, long longest) {
        return isPending
                ? Math.max(0, Math.min(lastChange + quiet - now, firstChange + longest - now))
                : Long.MAX_VALUE;
    }

    /** Whether folders have been added or removed since the last call. */
    public boolean takeOtherFolders() {
        boolean others = hasOtherFolders;
        hasOtherFolders = false;
        return others;
    }

    /** Calls the listener. */
    public void notifyListener() {
        isPending = false;
        listener.run();
    }
}
