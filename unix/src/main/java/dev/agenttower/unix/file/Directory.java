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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An open directory. What is done in it is done there and nowhere else, even if its path leads elsewhere meanwhile: no link is followed on the
 * way to it, nor at the names in it. Thread-safe.
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
     * @throws NoSuchFileException if there is none
     */
    public static Directory open(Path path) throws IOException {
        return new Directory(Descriptor.directory(path), path);
    }

    /** A short path of a name in this directory, which leads there as long as this is open. */
    public Path shortPath(Path name) {
        return descriptor.path().resolve(name);
    }

    /** Opens a directory, which is created with those above it if it is missing. */
    public static Directory create(Path path) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        Path existing = path;
        Directory at = null;
        while (at == null) {
            try {
                at = open(existing);
            } catch (NoSuchFileException e) {
                Path parent = existing.getParent();
                if (parent == null) {
                    throw e;
                }
                missing.push(existing.getFileName());
                existing = parent;
            }
        }
        for (Path name : missing) {
            try (Directory above = at) {
                above.createDirectory(name);
                at = above.directory(name);
            }
        }
        return at;
    }

    private void createDirectory(Path name) throws IOException {
        try {
            act(name, Files::createDirectory);
            sync();
        } catch (FileAlreadyExistsException raced) {
            // whether it is a directory is seen when it is opened
        }
    }

    private Directory directory(Path name) throws IOException {
        return new Directory(descriptor.directory(entryName(name), shown.resolve(name)), shown.resolve(name));
    }

    /** What lies at a name; null if there is nothing. */
    public @Nullable FileKind kind(String name) throws IOException {
        try {
            return act(Path.of(name), entry -> FileKind.at(entry, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Opens a regular file to read it. */
    public FileChannel read(String name) throws IOException {
        return channel(Path.of(name), LibC.O_RDONLY, StandardOpenOption.READ);
    }

    /** Opens an existing regular file to read and write it. */
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
     * Opens a regular file and locks it with flock(2); null if another opening, of this process or another, has the lock.
     *
     * @throws NoSuchFileException if there is none
     */
    public @Nullable LockedFile lock(String name) throws IOException {
        return locked(regular(Path.of(name), LibC.O_RDONLY), Path.of(name));
    }

    /** The same of a file that is to be written. */
    public @Nullable LockedFile lockToWrite(String name) throws IOException {
        return locked(regular(Path.of(name), LibC.O_RDWR), Path.of(name));
    }

    /**
     * Creates an empty file, which is locked.
     *
     * @throws FileAlreadyExistsException if there is something at the name
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

    /** Replaces a file as a whole and has it on disk, or creates it. Its mode, and as far as this process may its owner and group, stay. */
    public void replace(String name, byte[] content) throws IOException {
        replace(name, out -> out.write(content));
    }

    /** The same with a content that is written piece by piece. */
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

    /** Gives a file the mode, and as far as this process may the owner and group, of a regular file, if there is one of that name. */
    public void resemble(LockedFile file, String original) throws IOException {
        if (kind(original) == FileKind.FILE) {
            act(Path.of(original), entry -> file.resemble(entry));
        }
    }

    /** Writes a new file unless there is something of that name; tells whether it did. It is there as a whole, and on disk, or not at all. */
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

    /** Gives an entry another name in this directory, in place of what has that name. */
    public void rename(String from, String to) throws IOException {
        act(
                Path.of(to),
                target -> Files.move(
                        entry(Path.of(from)),
                        target,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING));
    }

    /** Gives a file its name when it is written: unlike a rename, that replaces nothing. */
    private void link(String existing, String name) throws IOException {
        act(Path.of(name), entry -> Files.createLink(entry, entry(Path.of(existing))));
    }

    /** Deletes an entry that is no directory, or an empty directory; of a link, the link. */
    public boolean deleteIfExists(String name) throws IOException {
        return act(Path.of(name), Files::deleteIfExists);
    }

    /**
     * Deletes an entry, and if it is a directory all that is in it; of links only the links.
     *
     * @throws NoSuchFileException if there is nothing
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

    /** The names in the directory, in no order. */
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

    /** Has the entries of the directory on disk. */
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

    /** The same failure with a path that a reader knows. */
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
