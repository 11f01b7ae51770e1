package dev.agenttower.workspace.ledger;

import dev.agenttower.core.governance.RecordTimestamps;
import dev.agenttower.core.governance.ledger.ClosedSegment;
import dev.agenttower.core.governance.ledger.Integrity;
import dev.agenttower.unix.file.Directory;
import dev.agenttower.unix.file.DurableFiles;
import dev.agenttower.unix.file.Leftovers;
import dev.agenttower.unix.file.LockedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** The closed segments of a ledger: read-only files beside it. */
final class LedgerSegments {
    private static final String PREFIX = "events.closed-";
    private static final String SUFFIX = ".jsonl";
    private static final int CHUNK = 1 << 16;

    private LedgerSegments() {}

    static boolean isSegment(String name) {
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    /** Copies a ledger, locked by the caller, durably into a segment. */
    static ClosedSegment close(Path ledger, FileChannel content, Instant now, Integrity integrity) throws IOException {
        String sha256 = sha256(content);
        String name = PREFIX + RecordTimestamps.idMillis(now) + "-" + sha256.substring(0, 8) + SUFFIX;
        String temporary = Leftovers.nameFor(name);
        try (Directory directory = Directory.open(DurableFiles.parent(ledger));
                LockedFile copy = directory.createLocked(temporary);
                FileChannel out = copy.readAndWrite()) {
            for (long at = 0; at < content.size(); ) {
                at += content.transferTo(at, content.size() - at, out);
            }
            Files.setPosixFilePermissions(copy.path(), PosixFilePermissions.fromString("r--r--r--"));
            out.force(true);
            directory.rename(temporary, name);
            directory.sync();
        }
        return new ClosedSegment(name, sha256, content.size(), integrity);
    }

    static String sha256(FileChannel content) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            for (long at = 0; content.read(chunk.clear(), at) >= 0; at += chunk.limit()) {
                digest.update(chunk.flip());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
