package dev.agenttower.workspace.role;

import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A git repository, read from its files without git.
 *
 * @param top the directory that paths are relative to
 * @param own the files of this working copy: {@code HEAD}, the index
 * @param common the files shared by all its working copies: objects, references, settings
 */
record GitRepository(Path top, Path own, Path common) {
    private static final int MAX_PACKED = 16 << 20;
    private static final int MAX_SIZE = 8 << 10;
    private static final int MAX_NAME = 4096;
    private static final int MAX_LINKS = 5;
    private static final String LINK = "ref: ";
    private static final String REFERENCES = "refs/";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern PART = Pattern.compile("[^/\\x00-\\x20\\x7f.][^/\\x00-\\x20\\x7f]*");

    /** The repository whose top is this directory or a parent of it; null if there is none. */
    static @Nullable GitRepository around(Path directory) throws IOException {
        for (Path top = directory; top != null; top = top.getParent()) {
            GitRepository repository = at(top);
            if (repository != null) {
                return repository;
            }
        }
        return null;
    }

    /** The repository whose top is this directory; null if there is none. */
    static @Nullable GitRepository at(Path top) throws IOException {
        Path git = top.resolve(".git");
        Path own = Files.isDirectory(git) ? git : named(git, "gitdir: ", top);
        if (own == null) {
            return null;
        }
        Path common = named(own.resolve("commondir"), "", own);
        return new GitRepository(top, own, common == null ? own : common);
    }

    /** The paths that git reads and that must be regular files. */
    List<Path> files() {
        return List.of(
                own.resolve("HEAD"),
                own.resolve("index"),
                common.resolve("config"),
                common.resolve("packed-refs"),
                common.resolve("objects/info/alternates"));
    }

    /** The text of {@code HEAD}: a commit, or {@code ref: } and the name of a reference. */
    String head() throws IOException {
        String head = text(own.resolve("HEAD"));
        if (head == null || (!ID.matcher(head).matches() && !isLink(head))) {
            throw new IOException("its HEAD is of no known form");
        }
        return head;
    }

    /** The commit of {@code HEAD}; null if there is none yet. */
    @Nullable String commit() throws IOException {
        @Nullable String value = head();
        for (int links = 0; links < MAX_LINKS && value != null; links++) {
            if (ID.matcher(value).matches()) {
                return value;
            }
            if (!isLink(value)) {
                throw new IOException("a reference is of no known form");
            }
            value = reference(value.substring(LINK.length()));
        }
        return null;
    }

    private @Nullable String reference(String name) throws IOException {
        for (Path directory : new Path[] {own, common}) {
            String value = text(directory.resolve(name));
            if (value != null) {
                return value;
            }
        }
        String packed = text(common.resolve("packed-refs"), MAX_PACKED);
        return packed == null
                ? null
                : packed.lines()
                        .filter(line -> line.endsWith(" " + name))
                        .map(line -> line.substring(0, line.length() - name.length() - 1))
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isLink(String text) {
        return text.startsWith(LINK) && isReference(text.substring(LINK.length()));
    }

    /** Checks part by part: the stack of a regular expression for the whole name grows with the number of parts. */
    private static boolean isReference(String name) {
        if (name.length() > MAX_NAME || !name.startsWith(REFERENCES)) {
            return false;
        }
        for (String part : name.substring(REFERENCES.length()).split("/", -1)) {
            if (!PART.matcher(part).matches()) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable Path named(Path file, String prefix, Path base) throws IOException {
        String text = text(file);
        try {
            return text == null || !text.startsWith(prefix)
                    ? null
                    : base.resolve(text.substring(prefix.length())).normalize();
        } catch (InvalidPathException e) {
            throw new IOException("'" + file + "' names no path", e);
        }
    }

    /** The text of a file without its last line end; null if there is no such regular file. */
    private static @Nullable String text(Path file) throws IOException {
        return text(file, MAX_SIZE);
    }

    private static @Nullable String text(Path file, int limit) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        return new String(RegularFiles.readFollowing(file, limit), StandardCharsets.UTF_8).stripTrailing();
    }
}
