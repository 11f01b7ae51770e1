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
import java.util.Arrays;

/**
 * An open file or directory of this process. No open waits: neither for the other end of a pipe, nor for who holds a lease on a file.
 *
 * <p>What the JDK can do with a path it can do with {@link #path}, which leads to the very inode that was opened, whatever its names are by then.
 */
final class Descriptor implements AutoCloseable {
    private static final int ALWAYS = LibC.O_CLOEXEC | LibC.O_NONBLOCK | LibC.O_NOCTTY;
    private static final int DIRECTORY = LibC.O_PATH | LibC.O_DIRECTORY;
    private static final int PRIVATE_BY_UMASK = 0666;

    private final int number;
    private final Path path;

    private Descriptor(int number) {
        this.number = number;
        this.path = Path.of("/proc/self/fd/" + number);
    }

    /** Opens a directory of an absolute path in which no part may be a link. */
    static Descriptor directory(Path directory) throws IOException {
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("'" + directory + "' is not absolute");
        }
        Descriptor at = open(LibC.AT_FDCWD, Path.of("/"), DIRECTORY, directory);
        Path below = Path.of("/");
        for (Path name : directory) {
            below = below.resolve(name);
            try (Descriptor above = at) {
                at = above.directory(name, below);
            }
        }
        return at;
    }

    /** Opens a directory in this one, which must not be a link. */
    Descriptor directory(Path name, Path shown) throws IOException {
        return open(number, name, DIRECTORY | LibC.O_NOFOLLOW, shown);
    }

    /** Opens something in this directory, which must not be a link. */
    Descriptor file(Path name, int flags, Path shown) throws IOException {
        return open(number, name, flags | LibC.O_NOFOLLOW, shown);
    }

    /** Opens what a path leads to, links followed. */
    static Descriptor following(Path file, int flags) throws IOException {
        return open(LibC.AT_FDCWD, file.toAbsolutePath(), flags, file);
    }

    private static Descriptor open(int directory, Path name, int flags, Path shown) throws IOException {
        while (true) {
            int opened = LibC.openat(directory, bytes(name), flags | ALWAYS, PRIVATE_BY_UMASK);
            if (opened >= 0) {
                return new Descriptor(opened);
            }
            int error = Native.getLastError();
            if (error != LibC.EINTR) {
                throw failure(error, directory, name, flags, shown);
            }
        }
    }

    private static IOException failure(int error, int directory, Path name, int flags, Path shown) {
        String file = shown.toString();
        Path found = directory == LibC.AT_FDCWD
                ? name
                : Path.of("/proc/self/fd/" + directory).resolve(name);
        boolean mayBeLink = error == LibC.ELOOP || error == LibC.ENOTDIR;
        if (mayBeLink && (flags & LibC.O_NOFOLLOW) != 0 && Files.isSymbolicLink(found)) {
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

    /** Refuses everything but a regular file. */
    void requireRegular(Path shown) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw irregular(shown.toString(), FileKind.at(path));
        }
    }

    /** Takes the lock of flock(2), shared by all that have this opening; false if another opening has it. */
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

    /** Leads to what is open. */
    Path path() {
        return path;
    }

    /** Whether a path leads to what is open; it may be a link only if that is what is open. */
    boolean isAt(Path other) throws IOException {
        try {
            return key(path).equals(key(other, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static Object key(Path file, LinkOption... options) throws IOException {
        return Files.readAttributes(file, "unix:dev,ino", options);
    }

    @Override
    public void close() {
        LibC.close(number);
    }

    /** A path as the system knows it, with a zero at its end: of names that are no text, a string has lost something. */
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
