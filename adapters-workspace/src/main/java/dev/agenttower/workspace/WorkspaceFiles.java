package dev.agenttower.workspace;

import dev.agenttower.core.governance.ledger.LedgerChain;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The files below the root of a project. Thread-safe. */
public final class WorkspaceFiles implements ProjectFiles {
    private static final long MAX_SIZE = 16L << 20;

    private final WorkspaceTree tree;

    /** The files of a tree. */
    public WorkspaceFiles(WorkspaceTree tree) {
        this.tree = tree;
    }

    @Override
    public @Nullable ProjectText read(String path) {
        byte[] bytes = bytes(path);
        return bytes == null ? null : new ProjectText(TextCode.of(bytes).decode(bytes), LedgerChain.sha256(bytes));
    }

    @Override
    public void write(String path, String text) {
        Path file = plain(path);
        byte[] current = bytes(path);
        try {
            DurableFiles.replace(file, encoded(path, text, current));
        } catch (IOException e) {
            throw failure("write", path, e);
        }
    }

    @Override
    public void delete(String path) {
        Path file = plain(path);
        try {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                deleteDirectory(file);
            } else {
                Files.delete(file);
            }
            DurableFiles.syncDirectory(DurableFiles.parent(file));
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    /** The text in the code of what the file holds now. */
    static byte[] encoded(String path, String text, byte @Nullable [] current) {
        TextCode code = current == null ? TextCode.UTF_8 : TextCode.of(current);
        try {
            return code.encode(text);
        } catch (CharacterCodingException e) {
            throw new ProjectFileException(
                    "cannot write '" + path + "': the text has characters that " + code.charset() + " has not", e);
        }
    }

    /** The bytes of a file, or null if there is none. */
    byte @Nullable [] bytes(String path) {
        Path file = plain(path);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new ProjectFileException("'" + path + "' is not a regular file", null);
            }
            if (Files.size(file) > MAX_SIZE) {
                throw new ProjectFileException("'" + path + "' is larger than " + MAX_SIZE + " bytes", null);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    /** Whether a path leads to where it says, without any link. */
    boolean isPlain(String path) {
        return path.equals(tree.locate(path).real());
    }

    /** The file itself; fails if a link has come into its path. */
    Path plain(String path) {
        if (!isPlain(path)) {
            throw new ProjectFileException("'" + path + "' leads through a symbolic link", null);
        }
        return tree.root().resolve(path);
    }

    private static void deleteDirectory(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static ProjectFileException failure(String verb, String path, IOException e) {
        return new ProjectFileException(
                "cannot " + verb + " '" + path + "': " + e.getClass().getSimpleName() + " " + e.getMessage(), e);
    }
}
