package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.change.application.ChangeIntent;
import dev.agenttower.core.governance.change.application.ChangeNote;
import dev.agenttower.core.governance.change.application.ChangeNote.Kind;
import dev.agenttower.core.governance.change.application.ChangeNotes;
import dev.agenttower.core.governance.change.application.InMemoryChangeNotes;
import dev.agenttower.core.governance.change.application.IntentRecord;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a project that this daemon is about to apply and the decisions that it made, kept outside of the project because agents can
 * write inside it. Thread-safe.
 *
 * <p>Without a store, the files of the project are trusted.
 */
public final class KnownChanges {
    /**
     * The fields covered by the hash of a decision: those that a queue keeps in memory. {@code applied_sha256} stands for the authorized
     * content. Other programs may add other keys.
     */
    private static final List<String> DECIDED = List.of(
            "id",
            "ts",
            "agent",
            "role",
            "target_path",
            "change_type",
            "status",
            "authorized_by",
            "authorized_at",
            "target_sha256",
            "was_edited",
            "applied_sha256",
            "withdrawn_at");

    private final @Nullable ChangeNotes store;
    private final String project;
    private @Nullable Map<String, ChangeNote> notes;

    private KnownChanges(@Nullable ChangeNotes store, String project) {
        this.store = store;
        this.project = project;
    }

    /**
     * The known changes of a project in a store.
     *
     * @param project its key in the store
     */
    public static KnownChanges of(ChangeNotes store, String project) {
        return new KnownChanges(store, project);
    }

    /** What agents have to be told of the requests in a queue, in memory where there is no store. */
    public ChangeOutcomes outcomes(ChangeQueue queue, InstantSource clock) {
        return new ChangeOutcomes(store == null ? new InMemoryChangeNotes() : store, project, this, queue, clock);
    }

    /** Trusts every record and decision. */
    public static KnownChanges unchecked() {
        return new KnownChanges(null, "");
    }

    /** Notes that a change is about to be recorded and applied. */
    public void begin(ChangeIntent intent) {
        put(List.of(ChangeNote.of(Kind.INTENT, intent.id(), sha256(intent.text()))));
    }

    /** Removes the note of a change that is no longer in progress. */
    public void settle(ChangeIntent intent) {
        remove(ChangeNote.of(Kind.INTENT, intent.id(), ""));
    }

    /** Whether this daemon made the record. */
    public boolean isOwn(IntentRecord record) {
        String sha256 = record.sha256();
        return store == null
                || notes().values().stream()
                        .anyMatch(note ->
                                note.kind() == Kind.INTENT && note.sha256().equals(sha256));
    }

    /** Notes decisions that are about to be stored in the queue. */
    void decide(List<ChangeRequest> decided) {
        put(decided.stream()
                .map(request -> ChangeNote.of(Kind.DECISION, request.id(), sha256(request)))
                .toList());
    }

    /** Trusts the decisions that a queue already holds, on the first call for a project only. */
    public void trustExisting(ChangeQueue queue) {
        if (store == null || isInitialized()) {
            return;
        }
        List<ChangeNote> first = new ArrayList<>();
        for (ChangeRequest request : queue.requests()) {
            if (!request.isPending()) {
                first.add(ChangeNote.of(Kind.DECISION, request.id(), sha256(request)));
            }
        }
        first.add(ChangeNote.of(Kind.LOOKED, "", ""));
        put(first);
    }

    /** Whether this daemon made the decision, or the decision was in the queue at the first {@link #trustExisting}. */
    boolean isOwn(ChangeRequest request) {
        if (store == null || !isInitialized()) {
            return true;
        }
        ChangeNote note = find(Kind.DECISION, request.id());
        return note != null && note.sha256().equals(sha256(request));
    }

    private boolean isInitialized() {
        return find(Kind.LOOKED, "") != null;
    }

    /** The note of a kind and id; null if there is none. */
    @Nullable ChangeNote find(Kind kind, String id) {
        return notes().get(key(kind, id));
    }

    synchronized void put(List<ChangeNote> added) {
        if (store != null && !added.isEmpty()) {
            Map<String, ChangeNote> changed = new LinkedHashMap<>(notes());
            store.put(project, added);
            added.forEach(note -> changed.put(key(note.kind(), note.id()), note));
            notes = changed;
        }
    }

    synchronized void remove(ChangeNote note) {
        if (store != null) {
            Map<String, ChangeNote> changed = new LinkedHashMap<>(notes());
            store.remove(project, note);
            changed.remove(key(note.kind(), note.id()));
            notes = changed;
        }
    }

    private synchronized Map<String, ChangeNote> notes() {
        Map<String, ChangeNote> known = notes;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (ChangeNote note : store == null ? List.<ChangeNote>of() : store.find(project)) {
                known.put(key(note.kind(), note.id()), note);
            }
            notes = known;
        }
        return known;
    }

    private static String key(Kind kind, String id) {
        return kind.wire() + " " + id;
    }

    static String sha256(ChangeRequest request) {
        Map<String, @Nullable Object> decided = new LinkedHashMap<>();
        for (String key : DECIDED) {
            Object value = request.fields().get(key);
            if (Objects.nonNull(value)) {
                decided.put(key, value);
            }
        }
        return sha256(JsonForm.canonical(decided));
    }

    private static String sha256(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
