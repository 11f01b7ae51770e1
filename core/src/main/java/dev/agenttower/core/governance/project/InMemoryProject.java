package dev.agenttower.core.governance.project;

import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A project in memory, whose root is {@code /project}: texts by path, and symbolic links. Thread-safe. */
public final class InMemoryProject implements ProjectTree, ProjectFiles, FreshFiles {
    private static final String TOP = "/project";
    private static final int MAX_LINKS = 40;

    private final Map<String, String> texts = new TreeMap<>();
    private final Map<String, String> links = new TreeMap<>();
    private final Set<String> directories = new TreeSet<>();

    /** An empty project. */
    public InMemoryProject() {}

    /** Puts a symbolic link at a path, relative to the root. */
    public synchronized void link(String path, String target) {
        links.put(TOP + "/" + path, target);
    }

    /** The text at a path, following links within the project; null if there is none. */
    public synchronized @Nullable ProjectText text(String path) {
        String absolute = resolved(PathText.normal(TOP + "/" + path));
        String text = absolute == null ? null : texts.get(absolute);
        return text == null
                ? null
                : new ProjectText(text, Sha256.hex(text.getBytes(StandardCharsets.UTF_8)), TextCode.UTF_8);
    }

    /** The texts and links below a directory, without following links. */
    public synchronized List<String> below(String directory) {
        String absolute = PathText.normal(TOP + "/" + directory);
        return Stream.concat(texts.keySet().stream(), links.keySet().stream())
                .filter(path -> PathText.isAbove(absolute, path))
                .map(InMemoryProject::relative)
                .toList();
    }

    @Override
    public synchronized Located locate(String path) {
        String absolute = path.startsWith("/") ? path : TOP + "/" + path;
        String normal = PathText.normal(absolute);
        String resolved = resolved(absolute);
        return new Located(
                isInside(normal) ? relative(normal) : PathText.normal(path),
                resolved == null || !isInside(resolved) ? null : relative(resolved));
    }

    @Override
    public List<String> sameFiles(String path, Collection<String> others) {
        return List.of();
    }

    @Override
    public synchronized @Nullable ProjectText read(String path) {
        String absolute = plain(path);
        String text = texts.get(absolute);
        if (text == null && isDirectory(absolute)) {
            throw new ProjectFileException("'" + path + "' is a directory", null);
        }
        return text == null
                ? null
                : new ProjectText(text, Sha256.hex(text.getBytes(StandardCharsets.UTF_8)), TextCode.UTF_8);
    }

    @Override
    public synchronized void write(String path, String text) {
        String absolute = plain(path);
        if (isDirectory(absolute)) {
            throw new ProjectFileException("'" + path + "' is a directory", null);
        }
        requireDirectoriesAbove(absolute);
        texts.put(absolute, text);
    }

    @Override
    public synchronized void delete(String path) {
        String absolute = plain(path);
        boolean isGone = texts.keySet().removeIf(name -> PathText.isAtOrAbove(absolute, name));
        isGone |= links.keySet().removeIf(name -> PathText.isAbove(absolute, name));
        if (!isGone) {
            throw new ProjectFileException("'" + path + "' does not exist", null);
        }
    }

    @Override
    public synchronized boolean create(String path, String text) {
        if (exists(path)) {
            return false;
        }
        write(inside(path), text);
        return true;
    }

    @Override
    public synchronized boolean createDirectory(String path) {
        String absolute = TOP + "/" + inside(path);
        if (isDirectory(absolute)) {
            return false;
        }
        requireDirectoriesAbove(absolute + "/");
        return directories.add(absolute);
    }

    @Override
    public synchronized boolean exists(String path) {
        String absolute = PathText.normal(TOP + "/" + path);
        String real = resolved(absolute);
        return links.containsKey(absolute) || (real != null && (texts.containsKey(real) || isDirectory(real)));
    }

    private String inside(String path) {
        String real = locate(path).real();
        if (real == null) {
            throw new ProjectFileException("'" + path + "' leads out of the project", null);
        }
        return real;
    }

    private void requireDirectoriesAbove(String absolute) {
        texts.keySet().stream()
                .filter(file -> PathText.isAbove(file, absolute))
                .findFirst()
                .ifPresent(file -> {
                    throw new ProjectFileException("'" + file + "' is not a directory", null);
                });
    }

    private String plain(String path) {
        String absolute = PathText.normal(TOP + "/" + path);
        if (!absolute.equals(resolved(absolute)) || !isInside(absolute)) {
            throw new ProjectFileException("'" + path + "' leads through a symbolic link", null);
        }
        return absolute;
    }

    private boolean isDirectory(String absolute) {
        return absolute.equals(TOP)
                || directories.contains(absolute)
                || directories.stream().anyMatch(name -> PathText.isAbove(absolute, name))
                || texts.keySet().stream().anyMatch(name -> PathText.isAbove(absolute, name));
    }

    private @Nullable String resolved(String absolute) {
        Deque<String> rest = new ArrayDeque<>(names(absolute));
        String current = "";
        int followed = 0;
        while (!rest.isEmpty()) {
            String name = rest.removeFirst();
            if (name.equals("..")) {
                current = current.substring(0, Math.max(0, current.lastIndexOf('/')));
                continue;
            }
            String target = links.get(current + "/" + name);
            if (target == null) {
                current = current + "/" + name;
                continue;
            }
            if (++followed > MAX_LINKS) {
                return null;
            }
            current = target.startsWith("/") ? "" : current;
            List<String> names = names(target);
            for (int i = names.size() - 1; i >= 0; i--) {
                rest.addFirst(names.get(i));
            }
        }
        return current.isEmpty() ? "/" : current;
    }

    private static List<String> names(String path) {
        return Arrays.stream(path.split("/"))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toList();
    }

    private static boolean isInside(String absolute) {
        return PathText.isAtOrAbove(TOP, absolute);
    }

    private static String relative(String absolute) {
        return absolute.equals(TOP) ? PathText.ROOT : absolute.substring(TOP.length() + 1);
    }
}
