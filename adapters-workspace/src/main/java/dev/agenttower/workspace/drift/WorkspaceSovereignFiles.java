package dev.agenttower.workspace.drift;

import dev.agenttower.core.governance.drift.FileSnapshot;
import dev.agenttower.core.governance.drift.Fingerprint;
import dev.agenttower.core.governance.drift.SovereignFiles;
import dev.agenttower.workspace.file.WorkspaceTree;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sovereign files of a project on disk. For a directory with more than {@value #MAX_FILES} files and directories only that fact is
 * reported; a directory that cannot be listed or lies too deep is unknown, and so is a file that cannot be read. Thread-safe.
 */
public final class WorkspaceSovereignFiles implements SovereignFiles {
    private static final int MAX_FILES = 10_000;

    private final WorkspaceTree tree;
    private final FingerprintedContents contents;

    /** The files of a tree. */
    public WorkspaceSovereignFiles(WorkspaceTree tree, InstantSource clock) {
        this.tree = tree;
        this.contents = new FingerprintedContents(clock);
    }

    @Override
    public FileSnapshot snapshot(Collection<String> paths) {
        Map<String, Fingerprint> fingerprints = new TreeMap<>();
        Set<String> unknown = new HashSet<>();
        Set<String> overfull = new HashSet<>();
        for (String path : paths) {
            Found found = new Found();
            if (look(path, found)) {
                fingerprints.putAll(found.fingerprints);
                unknown.addAll(found.unknown);
            } else {
                overfull.add(path);
            }
        }
        return new FileSnapshot(fingerprints, unknown, overfull);
    }

    /** Inspects a file, or all files below a directory; false if there are more than the limit. */
    private boolean look(String path, Found found) {
        Path file = tree.root().resolve(path);
        String real = tree.locate(path).real();
        if (!path.equals(real)) {
            found.put(file, () -> contents.throughLink(file, real));
        } else if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            return lookBelow(file, found);
        } else {
            found.put(file, () -> contents.of(file));
        }
        return true;
    }

    private boolean lookBelow(Path top, Found found) {
        Deque<Path> directories = new ArrayDeque<>();
        directories.add(top);
        int seen = 0;
        while (!directories.isEmpty()) {
            Path directory = directories.remove();
            if (directory.getNameCount() - top.getNameCount() > MAX_DEPTH) {
                found.lose(directory);
                continue;
            }
            List<Path> entries = new ArrayList<>();
            try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
                for (Path entry : listing) {
                    if (++seen > MAX_FILES) {
                        return false;
                    }
                    entries.add(entry);
                }
            } catch (NoSuchFileException e) {
                continue; // deleted since it was listed, so nothing is below it
            } catch (NotDirectoryException e) {
                found.put(directory, () -> contents.of(directory)); // likewise, and replaced by something else
                continue;
            } catch (IOException | DirectoryIteratorException e) {
                found.lose(directory);
                continue;
            }
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    directories.add(entry);
                } else {
                    found.put(entry, () -> contents.of(entry));
                }
            }
        }
        return true;
    }

    /** The files found at and below one path. */
    private final class Found {
        private final Map<String, Fingerprint> fingerprints = new TreeMap<>();
        private final Set<String> unknown = new HashSet<>();

        /** Inspects a file twice if the first attempt fails: it may just have been deleted or replaced. */
        void put(Path file, Look look) {
            for (int i = 0; i < 2; i++) {
                try {
                    Fingerprint fingerprint = look.fingerprint();
                    if (fingerprint != null) {
                        fingerprints.put(name(file), fingerprint);
                    }
                    return;
                } catch (IOException e) {
                    // recorded as unreadable
                }
            }
            lose(file);
        }

        void lose(Path file) {
            unknown.add(name(file));
        }

        private String name(Path file) {
            return tree.root().relativize(file).toString();
        }
    }

    /** Inspects one file, which may be missing. */
    private interface Look {
        @Nullable Fingerprint fingerprint() throws IOException;
    }
}
