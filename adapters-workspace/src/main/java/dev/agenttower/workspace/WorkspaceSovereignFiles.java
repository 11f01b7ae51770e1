package dev.agenttower.workspace;

import dev.agenttower.core.governance.drift.Seal;
import dev.agenttower.core.governance.drift.Sight;
import dev.agenttower.core.governance.drift.SovereignFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sovereign files of a project on disk. Of a directory with more than {@value #MAX_FILES} files and directories only that is told, and
 * nothing of one that cannot be listed. Thread-safe.
 */
public final class WorkspaceSovereignFiles implements SovereignFiles {
    private static final int MAX_FILES = 10_000;

    private final WorkspaceTree tree;
    private final SealedContents contents;

    /** The files of a tree. */
    public WorkspaceSovereignFiles(WorkspaceTree tree, InstantSource clock) {
        this.tree = tree;
        this.contents = new SealedContents(clock);
    }

    @Override
    public Sight look(Collection<String> paths) {
        Map<String, Seal> seals = new TreeMap<>();
        Set<String> unknown = new HashSet<>();
        Set<String> overfull = new HashSet<>();
        for (String path : paths) {
            try {
                if (!look(path, seals)) {
                    overfull.add(path);
                    forgetBelow(path, seals);
                }
            } catch (IOException | DirectoryIteratorException e) {
                unknown.add(path);
                forgetBelow(path, seals);
            }
        }
        return new Sight(seals, unknown, overfull);
    }

    /** Looks at a file, or at all files below a directory; false if there are more than the limit. */
    private boolean look(String path, Map<String, Seal> seals) throws IOException {
        Path file = tree.root().resolve(path);
        String real = tree.locate(path).real();
        if (!path.equals(real)) {
            put(seals, file, contents.throughLink(file, real));
        } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return lookBelow(file, seals);
        } else {
            put(seals, file, contents.of(file));
        }
        return true;
    }

    private static void forgetBelow(String path, Map<String, Seal> seals) {
        seals.keySet().removeIf(found -> found.startsWith(path + "/"));
    }

    private boolean lookBelow(Path top, Map<String, Seal> seals) throws IOException {
        Deque<Path> directories = new ArrayDeque<>();
        directories.add(top);
        int seen = 0;
        while (!directories.isEmpty()) {
            Path directory = directories.remove();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path entry : entries) {
                    if (++seen > MAX_FILES) {
                        return false;
                    }
                    if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                        directories.add(entry);
                    } else {
                        put(seals, entry, contents.of(entry));
                    }
                }
            } catch (NoSuchFileException e) {
                // it was there a moment ago, so there is nothing below it now
            }
        }
        return true;
    }

    private void put(Map<String, Seal> seals, Path file, @Nullable Seal seal) {
        if (seal != null) {
            seals.put(tree.root().relativize(file).toString(), seal);
        }
    }
}
