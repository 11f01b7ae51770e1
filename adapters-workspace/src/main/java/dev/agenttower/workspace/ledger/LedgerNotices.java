package dev.agenttower.workspace.ledger;

import dev.agenttower.core.governance.RecordTimestamps;
import dev.agenttower.core.governance.ledger.Actors;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.note.LedgerEnd;
import dev.agenttower.core.text.Sha256;
import dev.agenttower.unix.file.Directory;
import dev.agenttower.unix.file.DurableFiles;
import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events that a ledger records about itself before the next event: its end was torn, unreadable, rewritten or cut off. */
final class LedgerNotices {
    private final Path file;

    LedgerNotices(Path file) {
        this.file = file;
    }

    /**
     * The notices to write before the next event. When this returns, torn bytes are stored durably in their own file.
     *
     * @param lost the known end that is missing now, or null
     */
    List<EventDraft> before(FileChannel channel, LedgerTail tail, @Nullable LedgerEnd lost, Instant now)
            throws IOException {
        List<EventDraft> notices = new ArrayList<>();
        if (lost != null) {
            notices.add(rewritten(channel, lost));
        }
        if (tail.end() == 0 && tail.unreadable() == 0) {
            restarted(notices);
        }
        if (tail.unreadable() > 0) {
            notices.add(notice(
                            "ledger_line_unreadable",
                            tail.unreadable() + " line(s) at the end could not be read" + " and were left in place.")
                    .withData(Map.of("lines", tail.unreadable(), "after_hash", tail.hash())));
        }
        if (tail.tornBytes() > 0) {
            notices.add(quarantine(channel, tail, now));
        }
        return notices;
    }

    private EventDraft quarantine(FileChannel channel, LedgerTail tail, Instant now) throws IOException {
        ByteBuffer torn = ByteBuffer.allocate(Math.toIntExact(tail.tornBytes()));
        int read = 0;
        while (torn.hasRemaining() && read >= 0) {
            read = channel.read(torn, tail.end() + torn.position());
        }
        String sha256 = Sha256.hex(torn.array());
        String name = file.getFileName() + ".torn-" + RecordTimestamps.idMillis(now) + "-" + sha256.substring(0, 8);
        DurableFiles.writeIfMissing(file.resolveSibling(name), DurableFiles.parent(file), torn.array());
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("file", name);
        data.put("offset", tail.end());
        data.put("bytes", tail.tornBytes());
        data.put("sha256", sha256);
        return notice("ledger_tail_quarantined", "An unfinished last line was moved to " + name + ".")
                .withData(data);
    }

    private EventDraft rewritten(FileChannel channel, LedgerEnd lost) throws IOException {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("known_size", lost.offset());
        data.put("known_hash", lost.hash());
        data.put("size", channel.size());
        return notice("ledger_rewritten", "Events that were on this ledger are not on it any more.")
                .with("escalation", true)
                .withData(data);
    }

    /** An empty ledger with closed segments: either its closing was interrupted, or it was emptied. */
    private void restarted(List<EventDraft> notices) throws IOException {
        List<String> segments;
        try (Directory directory = Directory.open(DurableFiles.parent(file))) {
            segments = directory.names().stream()
                    .filter(LedgerSegments::isSegment)
                    .sorted()
                    .toList();
        }
        if (!segments.isEmpty()) {
            String last = segments.get(segments.size() - 1);
            notices.add(notice("integrity_reset", "Chain restarted after " + last + ", which is kept as it is.")
                    .withSpec("SPEC-020")
                    .withData(Map.of("segment", last, "segment_sha256", sha256(last))));
        }
    }

    private String sha256(String segment) throws IOException {
        try (FileChannel channel = RegularFiles.open(file.resolveSibling(segment))) {
            return LedgerSegments.sha256(channel);
        }
    }

    private static EventDraft notice(String type, String description) {
        return EventDraft.of(type, Actors.SYSTEM, Actors.SENTRY, type, 1, description);
    }
}
