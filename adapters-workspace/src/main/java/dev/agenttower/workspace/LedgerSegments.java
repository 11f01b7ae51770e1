package dev.agenttower.workspace;

import dev.agenttower.core.governance.Stamps;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** The closed segments of a ledger: files beside it that nobody may write. */
final class LedgerSegments {
    private static final String PREFIX = "events.closed-";
    private static final String SUFFIX = ".jsonl";
    private static final int CHUNK = 1 << 16;

    private LedgerSegments() {}

    static boolean isSegment(String name) {
        return name.startsWith(PREFIX) && name.endsWith(SUFFIX);
    }

    /** Copies a ledger into a segment, which is on disk when this returns. */
    static Path close(Path ledger, Instant now) throws IOException {
        Path segment = ledger.resolveSibling(
                PREFIX + Stamps.idMillis(now) + "-" + sha256(ledger).substring(0, 8) + SUFFIX);
        Path temporary = segment.resolveSibling("." + segment.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        Files.copy(ledger, temporary);
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("r--r--r--"));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.READ)) {
            channel.force(true);
        }
        DurableFiles.rename(temporary, segment);
        DurableFiles.syncDirectory(DurableFiles.parent(segment));
        return segment;
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
