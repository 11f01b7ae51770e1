package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.change.application.ChangeIntent;
import dev.agenttower.core.governance.change.application.ChangeNote;
import dev.agenttower.core.governance.change.application.ChangeNote.Kind;
import dev.agenttower.core.governance.change.application.ChangeNotes;
import dev.agenttower.core.governance.change.application.IntentRecord;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.ledger.LedgerChain;
import dev.agenttower.core.json.JsonForm;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What this side knows of the changes of a project: those it is about to apply, and the decisions it made. What lies in the project, where agents
 * work, proves neither. Thread-safe.
 *
 * <p>Without a store nothing is known and the project's own files are believed.
 */
public final class KnownChanges {
    /**
     * What of a request a decision is bound to: what a queue has at hand. Of what was authorized that is the SHA-256 of the result. Other keys may
     * be added by other programs.
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
     * What a store keeps of a project.
     *
     * @param project its key in the store
     */
    public static KnownChanges of(ChangeNotes store, String project) {
        return new KnownChanges(store, project);
    }

    /** Nothing is known, and every record and decision is believed. */
    public static KnownChanges unchecked() {
        return new KnownChanges(null, "");
    }

    /** Remembers that a change is about to be recorded and applied. */
    public void begin(ChangeIntent intent) {
        put(List.of(ChangeNote.of(Kind.INTENT, intent.id(), sha256(intent.text()))));
    }

    /** Forgets a change that is not under way any more. */
    public void settle(ChangeIntent intent) {
        remove(ChangeNote.of(Kind.INTENT, intent.id(), ""));
    }

    /** Whether a record is one that was about to be made here. */
    public boolean isOwn(IntentRecord record) {
        String sha256 = record.sha256();
        return store == null
                || notes().values().stream()
                        .anyMatch(note ->
                                note.kind() == Kind.INTENT && note.sha256().equals(sha256));
    }

    /** Remembers decisions that are about to be stored in the queue. */
    void decide(List<ChangeRequest> decided) {
        put(decided.stream()
                .map(request -> ChangeNote.of(Kind.DECISION, request.id(), sha256(request)))
                .toList());
    }

    /** Takes the decisions that a queue holds for true, if it was never looked at. */
    public void look(ChangeQueue queue) {
        if (store == null || hasLooked()) {
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

    /** Whether a decision was made here, or before the queue was looked at. */
    boolean isOwn(ChangeRequest request) {
        if (store == null || !hasLooked()) {
            return true;
        }
        ChangeNote note = find(Kind.DECISION, request.id());
        return note != null && note.sha256().equals(sha256(request));
    }

    private boolean hasLooked() {
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
        return LedgerChain.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
