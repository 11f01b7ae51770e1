package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.RecordTimestamps;
import dev.agenttower.core.governance.change.application.ChangeNote;
import dev.agenttower.core.governance.change.application.ChangeNote.Kind;
import dev.agenttower.core.governance.change.application.ChangeNotes;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.ChangeStatus;
import dev.agenttower.core.json.JsonFields;
import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What people decided about change requests, until their agents have been told, once. The decisions are those of the queue, and who has to be
 * told is noted outside of the project, so that neither is lost when the daemon ends.
 *
 * <p>A decision is told to the session that proposed the change last; to another session of the same agent and role once that session has ended,
 * or after {@link #HELD}. Thread-safe.
 */
public final class ChangeOutcomes {
    /** The largest number of requests whose outcome waits to be told; the oldest goes first. */
    public static final int MAX = 1000;

    /** How long a decision is kept for the session that proposed the change. */
    public static final Duration HELD = Duration.ofHours(1);

    private static final String ANY_SESSION = "";

    private final ChangeNotes store;
    private final String project;
    private final KnownChanges known;
    private final ChangeQueue queue;
    private final InstantSource clock;
    // By id the hash of the session that proposed it; null until it is read.
    private @Nullable Map<String, String> untold;

    /**
     * The outcomes of one project.
     *
     * @param project its key in the store
     * @param known which decisions are not those of other programs
     */
    ChangeOutcomes(ChangeNotes store, String project, KnownChanges known, ChangeQueue queue, InstantSource clock) {
        this.store = store;
        this.project = project;
        this.known = known;
        this.queue = queue;
        this.clock = clock;
    }

    /**
     * Notes who proposed a change; the last one counts.
     *
     * @param session the session of the agent's client; null if it is not known
     */
    public synchronized void proposed(String id, @Nullable String session) {
        String owner = session == null ? ANY_SESSION : hash(session);
        if (!owner.equals(untold().get(id))) {
            note(id, owner);
        }
    }

    /** Notes that a request is about to be decided. */
    synchronized void deciding(String id) {
        if (!untold().containsKey(id)) {
            note(id, ANY_SESSION);
        }
    }

    /** Leaves to the other sessions of its agent what a session was to be told. */
    public synchronized void ended(String session) {
        String owner = hash(session);
        untold().entrySet().stream()
                .filter(each -> each.getValue().equals(owner))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(id -> note(id, ANY_SESSION));
    }

    /** Whether there is nothing to tell anybody, now or when a person has decided. */
    public synchronized boolean isEmpty() {
        return untold().isEmpty();
    }

    /**
     * Takes what an agent has not been told, oldest request first.
     *
     * @param agent its name; like that of the role compared without regard to case
     * @param session the session of its client; null if it is not known
     * @throws ChangeQueueException if the requests cannot be read
     */
    public List<String> take(String agent, String role, @Nullable String session) {
        // Before the requests: one that is proposed in between must not seem to be gone.
        Set<String> ids = ids();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, ChangeRequest> requests = new LinkedHashMap<>();
        for (ChangeRequest request : queue.requests()) {
            if (ids.contains(request.id())) {
                requests.put(request.id(), request);
            }
        }
        Predicate<ChangeRequest> isOfAgent = request ->
                request.agent().equalsIgnoreCase(agent) && request.role().equalsIgnoreCase(role);
        String owner = session == null ? ANY_SESSION : hash(session);
        return take(ids, requests, isOfAgent, owner);
    }

    private synchronized Set<String> ids() {
        return Set.copyOf(untold().keySet());
    }

    private synchronized List<String> take(
            Set<String> ids, Map<String, ChangeRequest> requests, Predicate<ChangeRequest> isOfAgent, String session) {
        List<String> taken = new ArrayList<>();
        ids.stream().filter(id -> !requests.containsKey(id)).forEach(this::forget);
        for (ChangeRequest request : requests.values()) {
            @Nullable String owner = untold().get(request.id());
            if (owner == null || request.isPending() || !known.isOwn(request)) {
                continue;
            }
            boolean isWithdrawn = request.status().equals(ChangeStatus.WITHDRAWN.wire());
            boolean isOwner = !owner.equals(ANY_SESSION) && owner.equals(session);
            if (!isWithdrawn && !isOwner && !(isOfAgent.test(request) && isForAny(owner, request))) {
                continue;
            }
            String told = told(request);
            forget(request.id());
            if (!isWithdrawn) {
                taken.add(told);
            }
        }
        return taken;
    }

    private boolean isForAny(String owner, ChangeRequest request) {
        return owner.equals(ANY_SESSION)
                || RecordTimestamps.parse(JsonFields.text(request.fields(), "authorized_at"))
                        .filter(decided -> decided.plus(HELD).isBefore(clock.instant()))
                        .isPresent();
    }

    private static String told(ChangeRequest request) {
        if (request.status().equals(ChangeStatus.AUTHORIZED.wire())) {
            return "Change request " + request.id() + " was authorized by a person; " + request.targetPath()
                    + " has the change now. Read the file before you rely on it: the person may have edited the change.";
        }
        String reason = JsonFields.text(request.fields(), "rejection_reason");
        return "Change request " + request.id() + " of " + request.targetPath() + " was rejected by a person"
                + (reason.isBlank() ? "" : ": " + reason) + ". Do not propose it again as it was.";
    }

    private Map<String, String> untold() {
        Map<String, String> read = untold;
        if (read == null) {
            read = new LinkedHashMap<>();
            for (ChangeNote note : store.find(project)) {
                if (note.kind() == Kind.UNTOLD) {
                    read.put(note.id(), note.sha256());
                }
            }
            untold = read;
        }
        return read;
    }

    private void note(String id, String owner) {
        Map<String, String> notes = untold();
        if (notes.size() >= MAX && !notes.containsKey(id)) {
            forget(notes.keySet().stream().min(Comparator.naturalOrder()).orElseThrow());
        }
        store.put(project, List.of(ChangeNote.of(Kind.UNTOLD, id, owner)));
        notes.put(id, owner);
    }

    private void forget(String id) {
        store.remove(project, ChangeNote.of(Kind.UNTOLD, id, ANY_SESSION));
        untold().remove(id);
    }

    private static String hash(String session) {
        return Sha256.hex(session.getBytes(StandardCharsets.UTF_8));
    }
}
