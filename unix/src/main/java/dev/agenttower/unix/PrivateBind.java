package dev.agenttower.unix;

import com.sun.jna.Native;
import java.io.IOException;

/**
 * Creates the socket with mode 0600 by a umask. The umask applies to the whole process, so files that other threads create during the bind
 * get that mode, too; the daemon creates none with more.
 */
public final class PrivateBind implements BindGuard {
    private static final int ONLY_OWNER_READS_AND_WRITES = 0177;

    static {
        Native.register(PrivateBind.class, "c");
    }

    @Override
    public void run(BindAction bind) throws IOException {
        int before = umask(ONLY_OWNER_READS_AND_WRITES);
        try {
            bind.bind();
        } finally {
            umask(before);
        }
    }

    private static native int umask(int mask);
}
