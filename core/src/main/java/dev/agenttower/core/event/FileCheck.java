package dev.agenttower.core.event;

import dev.agenttower.core.log.LogFile;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a log is still the file that was read. A file that looks rotated or truncated counts as such only when it still does after a while,
 * since a request may be about to write what is compared. Used by one thread.
 */
final class FileCheck {
    enum Verdict {
        /** It can be read on. */
        UNCHANGED,
        /** It looks changed, which is not certain yet: it must not be read. */
        DOUBTFUL,
        /** It must be read from its beginning. */
        RESTARTED
    }

    private final long confirmNanos;
    private @Nullable String inode;
    private @Nullable ReadOffset doubted;
    private boolean isShorter;
    private long since;

    FileCheck(long confirmNanos) {
        this.confirmNanos = confirmNanos;
    }

    /** The inode that was read: the stored one, else the one that was seen first. */
    Optional<String> inode(ReadOffset offset) {
        String stored = offset.inode();
        return Optional.ofNullable(stored == null ? inode : stored);
    }

    Verdict check(ReadOffset offset, LogFile file, long now) {
        boolean isOther = !inode(offset).orElse(file.inode()).equals(file.inode());
        boolean isNowShorter = !isOther && (file.size() < offset.sizeSeen() || file.size() < offset.bytes());
        // A file that was once too short has lost what was read, even if it has grown again.
        boolean wasShorter = isShorter && offset.equals(doubted) && !isOther;
        if (!isOther && !isNowShorter && !wasShorter) {
            inode = file.inode();
            forget();
            return Verdict.UNCHANGED;
        }
        return doubt(offset, isNowShorter || wasShorter, now);
    }

    /** Tells that the file has lost what was read, although it is long enough. */
    void rewritten(ReadOffset offset, long now) {
        doubt(offset, true, now);
    }

    private Verdict doubt(ReadOffset offset, boolean shorter, long now) {
        if (!offset.equals(doubted) || shorter != isShorter) {
            doubted = offset;
            isShorter = shorter;
            since = now;
        }
        return now - since >= confirmNanos ? Verdict.RESTARTED : Verdict.DOUBTFUL;
    }

    void forget() {
        doubted = null;
        isShorter = false;
    }

    /** The log was begun anew with this file. */
    void restarted(LogFile file) {
        inode = file.inode();
        forget();
    }
}
