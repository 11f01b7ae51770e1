package dev.agenttower.daemon.lifecycle;

import dev.agenttower.unix.BindGuard;
import java.io.IOException;

/**
 * Lets the socket appear with mode 0600 at once. The umask belongs to the whole process, so for the moment of the bind other threads make
 * files with that mode, too; the daemon makes none with more.
 */
public final class PrivateBind implements BindGuard {
    private static final int ONLY_OWNER_READS_AND_WRITES = 0177;

    @Override
    public void run(BindAction bind) throws IOException {
        int before = Posix.umask(ONLY_OWNER_READS_AND_WRITES);
        try {
            bind.bind();
        } finally {
            Posix.umask(before);
        }
    }
}
