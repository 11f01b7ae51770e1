package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.ledger.Actors;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An unauthorized change of a sovereign file.
 *
 * @param path the file, relative to the root
 * @param before the fingerprint before; null when there was no file
 * @param after the fingerprint after; null when there is no file
 * @param noticed how it was detected
 */
public record Drift(
        String path, @Nullable Fingerprint before, @Nullable Fingerprint after, DetectedBy noticed) {
    /** The type of its event. */
    public static final String TYPE = "sovereign_file_drift";

    /** The type of the event that reports a directory with more files than are checked, or a sovereign path with an unreadable part. */
    public static final String INCOMPLETE = "sovereign_watch_incomplete";

    EventDraft event() {
        if (isIncomplete()) {
            String part = Fingerprint.unseenPart(after);
            return EventDraft.of("sovereign_", Actors.SYSTEM, Actors.SENTRY, INCOMPLETE, 1, description())
                    .denied()
                    .withData(
                            part == null
                                    ? Map.of("target_path", path, "reason", "too_many_files")
                                    : Map.of("target_path", target(), "reason", "unreadable", "unseen_path", part));
        }
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("target_path", path);
        data.put("before_sha256", Fingerprint.contentOf(before));
        data.put("after_sha256", Fingerprint.contentOf(after));
        data.put("noticed", noticed.wire());
        putNote(data, "before_note", before);
        putNote(data, "after_note", after);
        return EventDraft.of("sovereign_", Actors.SYSTEM, Actors.SENTRY, TYPE, 1, description())
                .denied()
                .withData(data);
    }

    /** Whether an event reports this drift. */
    boolean isReportedBy(LedgerEvent event) {
        if (isIncomplete()) {
            return event.actionType().equals(INCOMPLETE)
                    && target().equals(event.data("target_path"))
                    && Objects.equals(Fingerprint.unseenPart(after), event.data("unseen_path"));
        }
        return event.actionType().equals(TYPE)
                && path.equals(event.data("target_path"))
                && Objects.equals(Fingerprint.contentOf(before), event.data("before_sha256"))
                && Objects.equals(Fingerprint.contentOf(after), event.data("after_sha256"))
                && Objects.equals(Fingerprint.noteOf(after), event.data("after_note"));
    }

    /** Whether this reports no change of a file, but that changes of files cannot be detected. */
    private boolean isIncomplete() {
        return Fingerprint.OVERFULL.equals(after) || Fingerprint.unseenPart(after) != null;
    }

    private String target() {
        return Fingerprint.unseenPart(after) == null ? path : KnownFile.declaredPath(path);
    }

    private String description() {
        String part = Fingerprint.unseenPart(after);
        if (part != null) {
            return "Not all of the sovereign path " + target() + " can be looked at: changes at or below " + part
                    + " are not seen.";
        }
        if (isIncomplete()) {
            return "Sovereign folder " + path + " holds more files than are looked at: changes in it are not seen.";
        }
        String verb = before == null ? "appeared" : after == null ? "disappeared" : "changed";
        String note = Fingerprint.noteOf(after);
        return "Sovereign file " + path + " " + verb + " without an authorized change."
                + (note == null ? "" : " It is now " + note + ".");
    }

    private static void putNote(Map<String, @Nullable Object> data, String key, @Nullable Fingerprint fingerprint) {
        String note = Fingerprint.noteOf(fingerprint);
        if (note != null) {
            data.put(key, note);
        }
    }
}
