package dev.agenttower.cli.lifecycle;

import dev.agenttower.cli.surroundings.UnixFile;
import dev.agenttower.core.settings.TowerPaths;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The rule for the daemon's files: exact mode, right type, owned by the user, no link. */
final class StateCheck {
    private static final int FOLDER_MODE = 0700;
    private static final int FILE_MODE = 0600;

    private StateCheck() {}

    /** Checks the daemon's folders. */
    static void folders(TowerPaths paths) {
        folder(paths.stateDir());
        folder(paths.logsDir());
    }

    private static void folder(Path folder) {
        @Nullable UnixFile found = UnixFile.of(folder);
        if (found == null) {
            throw new UnusableFileException(folder, "missing", null);
        }
        if (!found.isDirectory()) {
            throw new UnusableFileException(folder, "expected dir, got " + kindOf(found), null);
        }
        modeAndOwner(folder, found, FOLDER_MODE);
    }

    /** Checks the lock file, if it exists. */
    static void lock(Path lock) {
        @Nullable UnixFile found = UnixFile.of(lock);
        if (found == null) {
            return;
        }
        if (!found.isRegular()) {
            throw new UnusableFileException(lock, "expected file, got " + kindOf(found), null);
        }
        modeAndOwner(lock, found, FILE_MODE);
    }

    private static void modeAndOwner(Path path, UnixFile found, int required) {
        if (found.permissions() != required) {
            throw new UnusableFileException(
                    path,
                    "mode is 0o" + Integer.toOctalString(found.permissions()) + ", expected 0o"
                            + Integer.toOctalString(required),
                    null);
        }
        try {
            int ownUid = UnixFile.ownUid();
            if (found.uid() != ownUid) {
                throw new UnusableFileException(path, "owned by uid " + found.uid() + ", expected " + ownUid, null);
            }
        } catch (IOException e) {
            throw UnusableFileException.of(path, e);
        }
    }

    private static String kindOf(UnixFile file) {
        if (file.isRegular()) {
            return "file";
        }
        if (file.isDirectory()) {
            return "dir";
        }
        return file.isSocket() ? "socket" : "other";
    }
}
