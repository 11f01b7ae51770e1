package dev.agenttower.unix.file;

import com.sun.jna.Native;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An open file or directory of this process. Opening never blocks, neither on a pipe nor on a file lease.
 *
 * <p>JDK methods that need a path get {@link #path}, which leads to the opened inode, whatever its current names.
 */
final class Descriptor implements AutoCloseable {
    private static final int DIRECTORY = LibC.O_PATH | LibC.O_DIRECTORY;
    private static final int WITHOUT_WAITING = LibC.O_NONBLOCK | LibC.O_NOCTTY;

    private final int number;
    private final Path path;

    private Descriptor(int number) {
        this.number = number;
        this.path = Path.of("/proc/self/fd/" + number);
    }

    /** Opens a directory at an absolute path, no part of which may be a link. */
    static Descriptor directory(Path directory) throws IOException {
        return plain(directory, DIRECTORY);
    }

    /** Opens a file at an absolute path, no part of which may be a link. */
    static Descriptor plain(Path file, int flags) throws IOException {
        if (!file.isAbsolute()) {
            throw new IllegalArgumentException("'" + file + "' is not absolute");
        }
        return LibC.HAS_OPENAT2 ? opened(LibC.AT_FDCWD, file, flags, file, true) : walked(file, flags);
    }

    /** The fallback for kernels that cannot refuse links in one call. */
    static Descriptor walked(Path file, int flags) throws IOException {
        Descriptor at = opened(LibC.AT_FDCWD, Path.of("/"), DIRECTORY, file, true);
        Path shown = Path.of("/");
        for (Path name : file) {
            shown = shown.resolve(name);
            try (Descriptor above = at) {
                at = above.entry(name, shown.equals(file) ? flags : DIRECTORY, shown);
            }
        }
        return at;
    }

    /** Opens an entry of this directory, which must not be a link. */
    Descriptor entry(Path name, int flags, Path shown) throws IOException {
        return opened(number, name, flags, shown, true);
    }

    /** Opens a directory in this one, which must not be a link. */
    Descriptor directory(Path name, Path shown) throws IOException {
        return entry(name, DIRECTORY, shown);
    }

    /** Opens the target of a path, links followed. */
    static Descriptor following(Path file, int flags) throws IOException {
        return opened(LibC.AT_FDCWD, file.toAbsolutePath(), flags, file, false);
    }

    private static Descriptor opened(int directory, Path name, int flags, Path shown, boolean isPlain)
            throws IOException {
        byte[] path = bytes(name);
        int all = flags
                | LibC.O_CLOEXEC
                | ((flags & LibC.O_PATH) != 0 ? 0 : WITHOUT_WAITING)
                | (isPlain ? LibC.O_NOFOLLOW : 0);
        while (true) {
            int opened = LibC.open(directory, path, all, isPlain);
            if (opened >= 0) {
                return new Descriptor(opened);
            }
            int error = Native.getLastError();
            if (error != LibC.EINTR) {
                throw failure(error, directory, name, shown, isPlain);
            }
        }
    }

    private static IOException failure(int error, int directory, Path name, Path shown, boolean isPlain) {
        String file = shown.toString();
        Path found = directory == LibC.AT_FDCWD
                ? name
                : Path.of("/proc/self/fd/" + directory).resolve(name);
        boolean isLink = error == LibC.ELOOP || (error == LibC.ENOTDIR && isPlain);
        if (isLink && ((isPlain && error == LibC.ELOOP) || Files.isSymbolicLink(found))) {
            return new LinkedPathException(file);
        }
        return switch (error) {
            case LibC.ENOENT -> new NoSuchFileException(file);
            case LibC.EEXIST -> new FileAlreadyExistsException(file);
            case LibC.EACCES -> new AccessDeniedException(file);
            case LibC.EISDIR -> irregular(file, FileKind.DIRECTORY);
            case LibC.ENXIO -> irregular(file, kind(found));
            case LibC.EWOULDBLOCK -> new FileSystemException(file, null, "is leased by another process");
            default -> new FileSystemException(file, null, LibC.strerror(error));
        };
    }

    private static FileKind kind(Path path) {
        try {
            return FileKind.at(path);
        } catch (IOException gone) {
            return FileKind.OTHER;
        }
    }

    static FileSystemException irregular(String file, FileKind kind) {
        return new FileSystemException(file, null, "is a " + kind.words() + ", not a regular file");
    }

    /** The first byte that takes space on disk; the size of the file if there is none. */
    long firstData() throws IOException {
        long found = LibC.lseek(number, 0, LibC.SEEK_DATA);
        if (found >= 0) {
            return found;
        }
        int error = Native.getLastError();
        if (error == LibC.ENXIO) {
            return Files.size(path);
        }
        throw new FileSystemException(path.toString(), null, LibC.strerror(error));
    }

    /** Gives back the space of the bytes before {@code to}. */
    void discard(long to) throws IOException {
        if (LibC.fallocate(number, LibC.FALLOC_FL_PUNCH_HOLE | LibC.FALLOC_FL_KEEP_SIZE, 0, to) != 0) {
            int error = Native.getLastError();
            throw new FileSystemException(path.toString(), null, "cannot free a part: " + LibC.strerror(error));
        }
    }

    /** This, if it is a regular file; otherwise closes it and fails with its kind. */
    Descriptor regular(Path shown) throws IOException {
        boolean isRegular = false;
        try {
            if (!Files.isRegularFile(path)) {
                throw irregular(shown.toString(), FileKind.at(path));
            }
            isRegular = true;
            return this;
        } finally {
            if (!isRegular) {
                close();
            }
        }
    }

    /** Takes the flock(2) lock, shared by all duplicates of this descriptor; false if another opening holds it. */
    boolean lock(Path shown) throws IOException {
        while (LibC.flock(number, LibC.LOCK_EX | LibC.LOCK_NB) < 0) {
            int error = Native.getLastError();
            if (error == LibC.EWOULDBLOCK) {
                return false;
            }
            if (error != LibC.EINTR) {
                throw new FileSystemException(shown.toString(), null, "cannot be locked: " + LibC.strerror(error));
            }
        }
        return true;
    }

    /** Releases the lock for all duplicates: a process that is being started holds one for a moment, after this was closed. */
    void unlock() {
        LibC.flock(number, LibC.LOCK_UN);
    }

    /** A path to the open file. */
    Path path() {
        return path;
    }

    /** Whether a path leads to the open file; it may be a link only if the open file is that link. */
    boolean isAt(Path other) throws IOException {
        try {
            return Objects.equals(key(path), key(other, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static @Nullable Object key(Path file, LinkOption... options) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, options).fileKey();
    }

    @Override
    public void close() {
        LibC.close(number);
    }

    /** A path as bytes of the file system, zero-terminated: a string cannot represent names that are not valid text. */
    private static byte[] bytes(Path path) {
        String text = path.toString();
        if (text.chars().allMatch(character -> character < 0x80)) {
            return terminated(text.getBytes(StandardCharsets.US_ASCII));
        }
        byte[] absolute = decoded(path.toAbsolutePath().toUri());
        int from = path.isAbsolute() ? 0 : lastName(absolute);
        return terminated(Arrays.copyOfRange(absolute, from, absolute.length));
    }

    private static byte[] terminated(byte[] path) {
        return Arrays.copyOf(path, path.length + 1);
    }

    private static int lastName(byte[] path) {
        int at = path.length;
        while (path[at - 1] != '/') {
            at--;
        }
        return at;
    }

    private static byte[] decoded(URI uri) {
        String raw = uri.getRawPath();
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            boolean isEscape = raw.charAt(i) == '%';
            bytes[length++] = (byte) (isEscape ? Integer.parseInt(raw, i + 1, i + 3, 16) : raw.charAt(i));
            i += isEscape ? 2 : 0;
        }
        int end = length > 1 && bytes[length - 1] == '/' ? length - 1 : length;
        return Arrays.copyOf(bytes, end);
    }
}
