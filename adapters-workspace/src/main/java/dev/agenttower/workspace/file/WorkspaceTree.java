package dev.agenttower.workspace.file;

import dev.agenttower.core.governance.project.Located;
import dev.agenttower.core.governance.project.PathText;
import dev.agenttower.core.governance.project.ProjectTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves the paths of a project in the file system. Thread-safe. */
public final class WorkspaceTree implements ProjectTree {
    private static final int MAX_LINKS = 40;

    private final Path root;
    private final String rootText;
    private final PlainPaths plainPaths;
    private final UnfinishedWrites unfinished;

    /**
     * The tree below a directory.
     *
     * @throws IOException if there is no such directory
     */
    public WorkspaceTree(Path root) throws IOException {
        this(root, InstantSource.system());
    }

    /**
     * The tree below a directory.
     *
     * @param clock the clock for comparisons with file times
     * @throws IOException if there is no such directory
     */
    public WorkspaceTree(Path root, InstantSource clock) throws IOException {
        this.root = root.toRealPath();
        this.rootText = this.root.toString();
        this.plainPaths = new PlainPaths(this.root, clock);
        this.unfinished = new UnfinishedWrites(this.root);
    }

    /** The root, all links followed. */
    public Path root() {
        return root;
    }

    /** The pending writes in this tree. */
    public UnfinishedWrites unfinished() {
        return unfinished;
    }

    @Override
    public Located locate(String path) {
        String normal = PathText.normal(path);
        if (path.startsWith("/") && PathText.isAtOrAbove(rootText, normal)) {
            normal = relative(Path.of(normal));
        }
        Path real = path.indexOf('\0') >= 0 ? null : real(path);
        return new Located(normal, real == null || !real.startsWith(root) ? null : relative(real));
    }

    @Override
    public Set<String> destinationsElsewhere(List<String> paths) {
        return plainPaths.areKnown(paths, path -> path.equals(locate(path).real()))
                ? Set.of()
                : ProjectTree.super.destinationsElsewhere(paths);
    }

    @Override
    public List<String> sameFiles(String path, Collection<String> others) {
        Path file = root.resolve(path);
        if (!file.toFile().exists()) {
            return List.of();
        }
        try {
            if (!(Files.getAttribute(file, "unix:nlink") instanceof Integer links) || links < 2) {
                return List.of();
            }
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            List<String> same = new ArrayList<>();
            for (String other : others) {
                Path otherFile = root.resolve(other);
                if (key != null
                        && otherFile.toFile().exists()
                        && key.equals(Files.readAttributes(otherFile, BasicFileAttributes.class)
                                .fileKey())) {
                    same.add(other);
                }
            }
            return same;
        } catch (IOException e) {
            return List.copyOf(others); // a path that cannot be inspected counts as protected
        }
    }

    private String relative(Path path) {
        String text = path.toString();
        return text.length() == rootText.length()
                ? PathText.ROOT
                : text.substring(rootText.endsWith("/") ? rootText.length() : rootText.length() + 1);
    }

    /** The target of a path, existing or not; null for a link loop. */
    private @Nullable Path real(String path) {
        Deque<String> rest = new ArrayDeque<>();
        boolean isAbsolute = path.startsWith("/");
        boolean isBelowRoot = isAbsolute && (path.equals(rootText) || path.startsWith(rootText + "/"));
        push(rest, isBelowRoot ? path.substring(rootText.length()) : path);
        Path current = isAbsolute && !isBelowRoot ? Path.of("/") : root;
        boolean exists = true;
        int followed = 0;
        while (!rest.isEmpty()) {
            String name = rest.removeFirst();
            if (name.equals("..")) {
                Path parent = current.getParent();
                current = parent == null ? current : parent;
                exists = true;
                continue;
            }
            Path next = current.resolve(name);
            BasicFileAttributes found = exists ? attributes(next) : null;
            exists = found != null;
            Path target = found != null && found.isSymbolicLink() ? linkTarget(next) : null;
            if (target == null) {
                current = next;
                continue;
            }
            if (++followed > MAX_LINKS) {
                return null;
            }
            push(rest, target.toString());
            current = target.isAbsolute() ? Path.of("/") : current;
        }
        return current;
    }

    /** The attributes of a path, links not followed; null if it does not exist. */
    private static @Nullable BasicFileAttributes attributes(Path path) {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return null;
        }
    }

    private static @Nullable Path linkTarget(Path path) {
        try {
            return Files.readSymbolicLink(path);
        } catch (IOException e) {
            return null; // no longer a link; the next pass reads its new state
        }
    }

    private static void push(Deque<String> rest, String path) {
        String[] names = path.split("/", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            if (!names[i].isEmpty() && !names[i].equals(".")) {
                rest.addFirst(names[i]);
            }
        }
    }
}
