package dev.agenttower.unix.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open directory. All operations apply to this directory, even if its path leads elsewhere in the meantime: no link is followed on the
 * way to it, nor at its entries. Thread-safe.
 */
public final class Directory implements AutoCloseable {
    private static final int MAX_DEPTH = 256;

    private final Descriptor descriptor;
    private final Path shown;

    private Directory(Descriptor descriptor, Path shown) {
        this.descriptor = descriptor;
        this.shown = shown;
    }

    /**
     * Opens a directory.
     *
     * @param path an absolute path
     * @throws LinkedPathException if a part of the path is a link
     * @throws NoSuchFileException if it does not exist
     */
    public static Directory open(Path path) throws IOException {
        return new Directory(Descriptor.directory(path), path);
    }

    /** A short path of an entry, valid while this is open. */
    public Path shortPath(Path name) {
        return descriptor.path().resolve(name);
    }

    /**
     * Opens a directory; creates it and its parents below {@code base} if missing.
     *
     * @param attributes of the directories that are created, such as their mode
     * @throws NoSuchFileException if {@code base} does not exist
     */
    public static Directory create(Path path, Path base, FileAttribute<?>... attributes) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path existing = path;
        Directory at = null;
        while (at == null) {
            try {
                at = open(existing);
            } catch (NoSuchFileException e) {
                Path parent = existing.getParent();
                if (parent == null || existing.equals(base)) {
                    throw e;
                }
                missing.push(existing.getFileName());
                existing = parent;
            }
        }
        for (Path name : missing) {
            try (Directory above = at) {
                above.createDirectory(name, attributes);
                at = above.directory(name);
            }
        }
        return at;
    }

    private void createDirectory(Path name, FileAttribute<?>... attributes) throws IOException {
        try {
            act(name, entry -> Files.createDirectory(entry, attributes));
            sync();
        } catch (FileAlreadyExistsException raced) {
            // opening it checks whether it is a directory
        }
    }

    private Directory directory(Path name) throws IOException {
        return new Directory(descriptor.directory(entryName(name), shown.resolve(name)), shown.resolve(name));
    }

    /** The kind of an entry; null if it does not exist. */
    public @Nullable FileKind kind(String name) throws IOException {
        try {
            return act(Path.of(name), entry -> FileKind.at(entry, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Opens a regular file for reading. */
    public FileChannel read(String name) throws IOException {
        return channel(Path.of(name), LibC.O_RDONLY, StandardOpenOption.READ);
    }

    /** Opens an existing regular file for reading and writing. */
    public FileChannel readAndWrite(String name) throws IOException {
        return channel(Path.of(name), LibC.O_RDWR, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private FileChannel channel(Path name, int flags, StandardOpenOption... options) throws IOException {
        try (Descriptor file = regular(name, flags)) {
            return FileChannel.open(file.path(), options);
        }
    }

    private Descriptor regular(Path name, int flags) throws IOException {
        Path file = shown.resolve(name);
        return descriptor.entry(entryName(name), flags, file).regular(file);
    }

    /**
     * Opens a regular file and locks it with flock(2); null if another opening, in this process or another, holds the lock.
     *
     * @throws NoSuchFileException if it does not exist
     */
    public @Nullable LockedFile lock(String name) throws IOException {
        return locked(regular(Path.of(name), LibC.O_RDONLY), Path.of(name));
    }

    /** The same, for writing. */
    public @Nullable LockedFile lockToWrite(String name) throws IOException {
        return locked(regular(Path.of(name), LibC.O_RDWR), Path.of(name));
    }

    /**
     * Creates an empty, locked file.
     *
     * @throws FileAlreadyExistsException if the name exists
     */
    public LockedFile createLocked(String name) throws IOException {
        int flags = LibC.O_RDWR | LibC.O_CREAT | LibC.O_EXCL;
        LockedFile created =
                locked(descriptor.entry(entryName(Path.of(name)), flags, shown.resolve(name)), Path.of(name));
        if (created == null) {
            throw new FileSystemException(shown.resolve(name).toString(), null, "was taken while it was created");
        }
        return created;
    }

    private @Nullable LockedFile locked(Descriptor file, Path name) throws IOException {
        boolean isLocked = false;
        try {
            isLocked = file.lock(shown.resolve(name)) && file.isAt(entry(name));
            return isLocked ? new LockedFile(file) : null;
        } finally {
            if (!isLocked) {
                file.close();
            }
        }
    }

    /** Replaces or creates a file atomically and durably. Keeps its mode and, if this process is permitted to, its owner and group. */
    public void replace(String name, byte[] content) throws IOException {
        replace(name, out -> out.write(content));
    }

    /** The same, with streamed content. */
    public void replace(String name, FileContent content) throws IOException {
        String temporary = Leftovers.nameFor(name);
        try (LockedFile file = createLocked(temporary)) {
            file.write(content);
            resemble(file, name);
            rename(temporary, name);
        } finally {
            deleteIfExists(temporary);
        }
        sync();
    }

    /** Copies the mode and, if permitted, the owner and group of a regular file, if there is one of that name. */
    public void resemble(LockedFile file, String original) throws IOException {
        if (kind(original) == FileKind.FILE) {
            act(Path.of(original), entry -> file.resemble(entry));
        }
    }

    /** Creates a file atomically and durably, unless the name exists; returns whether it did. */
    public boolean writeIfMissing(String name, byte[] content) throws IOException {
        if (kind(name) != null) {
            return false;
        }
        String temporary = Leftovers.nameFor(name);
        try (LockedFile file = createLocked(temporary)) {
            file.write(content);
            link(temporary, name);
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            deleteIfExists(temporary);
        }
        sync();
        return true;
    }

    /** Renames an entry in this directory, and replaces an existing one. */
    public void rename(String from, String to) throws IOException {
        act(
                Path.of(to),
                target -> Files.move(
                        entry(Path.of(from)),
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING));
    }

    /** Gives a written file its name; unlike a rename, never replaces an entry. */
    private void link(String existing, String name) throws IOException {
        act(Path.of(name), entry -> Files.createLink(entry, entry(Path.of(existing))));
    }

    /** Deletes an entry that is not a directory, or an empty directory; of a link, the link itself. */
    public boolean deleteIfExists(String name) throws IOException {
        return act(Path.of(name), Files::deleteIfExists);
    }

    /**
     * Deletes an entry, a directory with all its content; of links only the links themselves.
     *
     * @throws NoSuchFileException if it does not exist
     */
    public void deleteTree(String name) throws IOException {
        deleteTree(Path.of(name), 1);
    }

    private void deleteTree(Path name, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new FileSystemException(shown.toString(), null, "is nested deeper than " + MAX_DEPTH);
        }
        if (act(name, entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))) {
            try (Directory directory = directory(name)) {
                for (Path below : directory.entries()) {
                    directory.deleteTree(below, depth + 1);
                }
            }
        }
        act(name, entry -> {
            Files.delete(entry);
            return true;
        });
    }

    /** The names of the entries, in no order. */
    public List<String> names() throws IOException {
        return entries().stream().map(Path::toString).toList();
    }

    private List<Path> entries() throws IOException {
        List<Path> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(descriptor.path())) {
            for (Path entry : entries) {
                names.add(entry.getFileName());
            }
            return names;
        } catch (DirectoryIteratorException e) {
            throw new FileSystemException(shown.toString(), null, "cannot be listed: " + e.getMessage());
        } catch (FileSystemException e) {
            throw renamed(e, shown);
        }
    }

    /** Writes the entries of the directory to disk. */
    public void sync() throws IOException {
        try (FileChannel channel = FileChannel.open(descriptor.path(), StandardOpenOption.READ)) {
            channel.force(true);
        } catch (FileSystemException e) {
            throw renamed(e, shown);
        }
    }

    private static Path entryName(Path name) {
        String text = name.toString();
        if (name.getNameCount() != 1
                || text.startsWith("/")
                || Set.of("", ".", "..").contains(text)) {
            throw new IllegalArgumentException("'" + name + "' is no name of an entry");
        }
        return name;
    }

    private Path entry(Path name) {
        return descriptor.path().resolve(entryName(name));
    }

    private <T extends @Nullable Object> T act(Path name, EntryWork<T> work) throws IOException {
        try {
            return work.on(entry(name));
        } catch (FileSystemException e) {
            throw renamed(e, shown.resolve(name));
        }
    }

    /** The same failure with the path that the caller knows. */
    private static FileSystemException renamed(FileSystemException failure, Path path) {
        String file = path.toString();
        FileSystemException known;
        if (failure instanceof NoSuchFileException) {
            known = new NoSuchFileException(file);
        } else if (failure instanceof FileAlreadyExistsException) {
            known = new FileAlreadyExistsException(file);
        } else if (failure instanceof DirectoryNotEmptyException) {
            known = new DirectoryNotEmptyException(file);
        } else if (failure instanceof NotDirectoryException) {
            known = new NotDirectoryException(file);
        } else if (failure instanceof AccessDeniedException) {
            known = new AccessDeniedException(file, null, failure.getReason());
        } else {
            known = new FileSystemException(file, null, failure.getReason());
        }
        known.initCause(failure);
        return known;
    }

    @Override
    public void close() {
        descriptor.close();
    }

    private interface EntryWork<T extends @Nullable Object> {
        T on(Path entry) throws IOException;
    }
}
