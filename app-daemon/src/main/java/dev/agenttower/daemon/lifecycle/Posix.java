package dev.agenttower.daemon.lifecycle;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;

/** C library calls that Java lacks. All are thread-safe, but the umask applies to the whole process. */
public final class Posix {
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_CLOEXEC = 0x80000;
    static final int LOCK_EX = 2;
    static final int LOCK_NB = 4;
    static final int EWOULDBLOCK = 11;

    static {
        Native.register(Posix.class, "c");
    }

    private Posix() {}

    static native int open(String path, int flags, int mode) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    static native int flock(int descriptor, int operation) throws LastErrorException;

    static native int umask(int mask);

    public static native int geteuid();

    static native String strerror(int errno);
}
