package dev.agenttower.core.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What fails at present, and since when. Used by one thread. */
final class ReaderTroubles {
    static final String STORAGE = "sqlite3.Error";
    static final String FILE = "OSError";

    private final Map<String, ReaderStatus.Failing> failing = new LinkedHashMap<>();
    private final Map<String, ReaderStatus.Buffered> unstored = new LinkedHashMap<>();
    private @Nullable String unstoredSince;
    private ReaderStatus.@Nullable Unappended unappended;

    void failed(AttachedLog log, String errorClass, String at) {
        ReaderStatus.Failing before = failing.get(log.attachmentId());
        String since = before == null ? at : before.since();
        failing.put(log.attachmentId(), new ReaderStatus.Failing(log.attachmentId(), log.agentId(), errorClass, since));
    }

    void read(AttachedLog log) {
        failing.remove(log.attachmentId());
    }

    void notStored(AttachedLog log, long events, String at) {
        unstoredSince = unstored.isEmpty() || unstoredSince == null ? at : unstoredSince;
        unstored.put(log.attachmentId(), new ReaderStatus.Buffered(log.attachmentId(), log.agentId(), events, STORAGE));
    }

    void stored(AttachedLog log) {
        unstored.remove(log.attachmentId());
    }

    void notAppended(long waiting, String at) {
        ReaderStatus.Unappended before = unappended;
        unappended = new ReaderStatus.Unappended(before == null ? at : before.since(), waiting, FILE);
    }

    void appended() {
        unappended = null;
    }

    /** Forgets logs that are not read any more. */
    void keep(Set<String> attachments) {
        failing.keySet().retainAll(attachments);
        unstored.keySet().retainAll(attachments);
    }

    List<ReaderStatus.Failing> failing() {
        return new ArrayList<>(failing.values());
    }

    ReaderStatus.@Nullable Unstored database() {
        String since = unstoredSince;
        return unstored.isEmpty() || since == null
                ? null
                : new ReaderStatus.Unstored(since, new ArrayList<>(unstored.values()));
    }

    ReaderStatus.@Nullable Unappended trail() {
        return unappended;
    }
}
