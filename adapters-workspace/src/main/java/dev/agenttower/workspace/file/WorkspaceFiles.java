package dev.agenttower.workspace.file;

import dev.agenttower.core.governance.HeapBudget;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.project.PathText;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.governance.project.TextCode;
import dev.agenttower.core.text.Sha256;
import dev.agenttower.unix.file.Directory;
import dev.agenttower.unix.file.DurableFiles;
import dev.agenttower.unix.file.FileKind;
import dev.agenttower.unix.file.LinkedPathException;
import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The files below the root of a project. Thread-safe. */
public final class WorkspaceFiles implements ProjectFiles {
    /** The heap that each byte of a file takes while it is patched and compared. */
    private static final int HEAP_FOR_EACH_BYTE = 14;

    private static final long MAX_SIZE = 16L << 20;

    private final WorkspaceTree tree;

    /** The files of a tree. */
    public WorkspaceFiles(WorkspaceTree tree) {
        this.tree = tree;
    }

    @Override
    public @Nullable ProjectText read(String path) {
        byte[] bytes = bytes(path, Limits.FILE_BYTES);
        if (bytes == null) {
            return null;
        }
        TextCode code = TextCode.of(bytes);
        return new ProjectText(code.decode(bytes), Sha256.hex(bytes), code);
    }

    @Override
    public void claim(String path, boolean asText) {
        long size = size(path);
        if (size <= (asText ? Limits.FILE_BYTES : MAX_SIZE)) { // a larger file is rejected without being read
            HeapBudget.FILES.claimInScope(HEAP_FOR_EACH_BYTE * size);
        }
    }

    private long size(String path) {
        return file(path).toFile().length();
    }

    @Override
    public void write(String path, String text) {
        Path file = file(path);
        byte[] current = bytes(path);
        byte[] content = ProjectText.encoded(current == null ? TextCode.UTF_8 : TextCode.of(current), path, text);
        try {
            tree.unfinished().expectIn(DurableFiles.parent(file));
            DurableFiles.replace(file, tree.root(), content);
        } catch (IOException e) {
            throw failure("write", path, e);
        }
    }

    @Override
    public void delete(String path) {
        Path file = file(path);
        String name = DurableFiles.name(file);
        try (Directory directory = Directory.open(DurableFiles.parent(file))) {
            if (directory.kind(name) == FileKind.SYMLINK) {
                throw linked(path, null);
            }
            directory.deleteTree(name);
            directory.sync();
        } catch (IOException e) {
            throw failure("delete", path, e);
        }
    }

    /** The bytes of a file, or null if there is none. */
    public byte @Nullable [] bytes(String path) {
        return bytes(path, MAX_SIZE);
    }

    private byte @Nullable [] bytes(String path, long limit) {
        try {
            claim(path, limit == Limits.FILE_BYTES);
            return RegularFiles.read(file(path), limit);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw failure("read", path, e);
        }
    }

    /** A file by its real path; a link that was inserted since is not followed. */
    public Path file(String path) {
        if (path.startsWith("/")
                || path.startsWith("..")
                || !PathText.normal(path).equals(path)) {
            throw new ProjectFileException("'" + path + "' is no real path of the project", null);
        }
        if (path.equals(PathText.ROOT)) {
            throw new ProjectFileException("'" + path + "' is not a regular file", null);
        }
        return tree.root().resolve(path);
    }

    /** A readable description of a failure: the action, the file and the cause. */
    public static ProjectFileException failure(String verb, String path, IOException e) {
        if (e instanceof LinkedPathException) {
            return linked(path, e);
        }
        String reason = e instanceof FileSystemException known ? known.getReason() : null;
        return new ProjectFileException(
                "cannot " + verb + " '" + path + "': "
                        + (reason != null ? reason : e.getClass().getSimpleName() + " " + e.getMessage()),
                e);
    }

    private static ProjectFileException linked(String path, @Nullable IOException e) {
        return new ProjectFileException("'" + path + "' leads through a symbolic link", e);
    }
}
