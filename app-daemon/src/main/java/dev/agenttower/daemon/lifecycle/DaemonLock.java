package dev.agenttower.daemon.lifecycle;

import dev.agenttower.unix.file.Inode;
import dev.agenttower.unix.file.LockedFile;
import dev.agenttower.unix.file.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The lock of a running daemon. The kernel releases it when the process ends, in any way; the file stays. */
public final class DaemonLock {
    private DaemonLock() {}

    /**
     * Takes the lock.
     *
     * @throws StartFailure if another process holds it, or the file is not the user's own with mode 0600
     */
    public static LockedFile take(Path file, PathSafety safety) {
        @Nullable LockedFile lock;
        try {
            PrivateFiles.createFile(file);
            Inode.at(file).flatMap(safety::flawOfFile).ifPresent(flaw -> {
                throw failed(file, flaw, null);
            });
            lock = LockedFile.take(file);
        } catch (IOException | UncheckedIOException e) {
            throw failed(file, Failures.reason(e), e);
        }
        if (lock == null) {
            String held = "another agenttowerd is already running for this state directory";
            throw new StartFailure(StartFailure.ALREADY_RUNNING, held, held, null);
        }
        return lock;
    }

    private static StartFailure failed(Path file, String reason, @Nullable Throwable cause) {
        return new StartFailure("acquire lock: %s: %s".formatted(file, reason), cause);
    }
}
