package dev.agenttower.unix.file;

import com.sun.jna.Native;

/** C library calls that the JDK lacks. Each returns -1 on failure; {@link Native#getLastError} then has the error. Thread-safe. */
final class LibC {
    static final int O_RDONLY = 0;
    static final int O_WRONLY = 1;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NOCTTY = 0x100;
    static final int O_APPEND = 0x400;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;
    static final int LOCK_EX = 2;
    static final int LOCK_NB = 4;
    static final int LOCK_UN = 8;
    static final int AT_FDCWD = -100;

    static final int SEEK_DATA = 3;
    static final int FALLOC_FL_KEEP_SIZE = 1;
    static final int FALLOC_FL_PUNCH_HOLE = 2;

    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int ENXIO = 6;
    static final int EWOULDBLOCK = 11;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int ENOTDIR = 20;
    static final int EISDIR = 21;
    static final int ELOOP = 40;

    // These two differ between architectures.
    private static final boolean IS_ARM = System.getProperty("os.arch", "").startsWith("aarch64");
    static final int O_DIRECTORY = IS_ARM ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = IS_ARM ? 0x8000 : 0x20000;

    private static final int ANY_MODE = 0666;
    private static final long OPENAT2 = 437;
    private static final long SIZE_OF_HOW = 3L * Long.BYTES;
    private static final long RESOLVE_NO_SYMLINKS = 4;

    /** Whether the kernel can refuse links on a path in one call. */
    static final boolean HAS_OPENAT2;

    static {
        Native.register(LibC.class, "c");
        HAS_OPENAT2 = hasOpenat2();
    }

    private LibC() {}

    /** Opens a file, without following links if {@code isPlain}; the umask applies to the mode of a created file. */
    static int open(int directory, byte[] path, int flags, boolean isPlain) {
        if (!isPlain || !HAS_OPENAT2) {
            return openat(directory, path, flags, ANY_MODE);
        }
        long[] how = {flags, (flags & O_CREAT) != 0 ? ANY_MODE : 0, RESOLVE_NO_SYMLINKS};
        return (int) syscall(OPENAT2, directory, path, how, SIZE_OF_HOW);
    }

    /** Older kernels lack it, and some sandboxes forbid it. */
    private static boolean hasOpenat2() {
        if (Native.LONG_SIZE != Long.BYTES) {
            return false;
        }
        long[] how = {O_PATH | O_CLOEXEC, 0, RESOLVE_NO_SYMLINKS};
        long opened = syscall(OPENAT2, AT_FDCWD, new byte[] {'/', 0}, how, SIZE_OF_HOW);
        return opened >= 0 && close((int) opened) == 0;
    }

    private static native long syscall(long number, int directory, byte[] path, long[] how, long size);

    private static native int openat(int directory, byte[] path, int flags, int mode);

    static native int flock(int descriptor, int operation);

    static native long lseek(int descriptor, long offset, int whence);

    static native int fallocate(int descriptor, int mode, long offset, long length);

    static native int close(int descriptor);

    static native int geteuid();

    static native String strerror(int errno);
}
