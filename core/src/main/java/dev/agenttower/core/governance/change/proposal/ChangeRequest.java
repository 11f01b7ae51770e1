package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.governance.HeapBudget;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.json.JsonFields;
import dev.agenttower.core.json.JsonForm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sovereign change request as it stands in the queue. Keys that only other programs know are kept.
 *
 * @param fields the whole entry, in order
 * @param isExternal whether it was decided, but not here: whatever the entry says, nobody authorized it
 */
public record ChangeRequest(Map<String, @Nullable Object> fields, boolean isExternal) implements AuthorizedChange {
    /** The state of a request that something else decided. */
    private static final String EXTERNAL = "external";

    /** The keys that hold what is proposed. */
    static final List<String> PAYLOAD = List.of("patch", "content", "merge_data");

    /** What a stored byte takes while it is read and shown. */
    private static final int HEAP_FOR_EACH_BYTE = 8;

    /** Copies the fields, keeping their order, except those of a queue. */
    public ChangeRequest {
        fields = fields instanceof QueuedFields ? fields : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** How long it is, in bytes, where it is stored. */
    public long bytes() {
        return fields instanceof QueuedFields queued
                ? queued.bytes()
                : JsonForm.line(fields).length();
    }

    /** What all its fields take of the heap while they are read and shown, in bytes. */
    public long heapBytes() {
        return HEAP_FOR_EACH_BYTE * bytes();
    }

    /** The same with all its fields in memory, for which the present scope claims what it takes. */
    public ChangeRequest whole() {
        HeapBudget.CHANGES.claimInScope(heapBytes());
        return fields instanceof QueuedFields ? new ChangeRequest(new LinkedHashMap<>(fields), isExternal) : this;
    }

    /** A request that waits, or was decided here. */
    public ChangeRequest(Map<String, @Nullable Object> fields) {
        this(fields, false);
    }

    /** The id, such as {@code scr_20260220_150000_001}. */
    @Override
    public String id() {
        return text("id");
    }

    /** When it was submitted. */
    public String ts() {
        return text("ts");
    }

    /** Who proposed it. */
    public String agent() {
        return text("agent");
    }

    /** In which role. */
    public String role() {
        return text("role");
    }

    /** The file, relative to the root. */
    @Override
    public String targetPath() {
        return text("target_path");
    }

    /** The name of the type of change. */
    public String changeType() {
        return text("change_type");
    }

    /** The state, by its name; {@link ChangeStatus} has those that are set here. */
    public String status() {
        return isExternal ? EXTERNAL : text("status");
    }

    /** The entry as it is shown: of one that was decided elsewhere not as what it says it is. */
    public Map<String, @Nullable Object> view() {
        return view(fields);
    }

    /** The entry as {@link #view} shows it, without what it proposes. */
    public Map<String, @Nullable Object> summary() {
        if (fields instanceof QueuedFields queued && queued.areAtHandBut(PAYLOAD)) {
            return view(queued.atHand());
        }
        Map<String, @Nullable Object> summary = new LinkedHashMap<>(fields);
        PAYLOAD.forEach(summary::remove);
        return view(summary);
    }

    /** What {@link #summary} takes of the heap, in bytes; nothing where no more than the short fields is read. */
    public long summaryHeapBytes() {
        return fields instanceof QueuedFields queued && queued.areAtHandBut(PAYLOAD) ? 0 : heapBytes();
    }

    private Map<String, @Nullable Object> view(Map<String, @Nullable Object> shown) {
        if (!isExternal) {
            return shown;
        }
        Map<String, @Nullable Object> view = new LinkedHashMap<>(shown);
        view.put("status", EXTERNAL);
        view.put("claimed_status", fields.get("status"));
        view.put("authorized_by", null);
        view.put("authorized_at", null);
        view.put("origin", EXTERNAL);
        return Collections.unmodifiableMap(view);
    }

    /** The same as something else decided it. */
    public ChangeRequest asExternal() {
        return new ChangeRequest(fields, true);
    }

    /** The spec it belongs to, or null. */
    public @Nullable String specRef() {
        return JsonFields.textOrNull(fields, "spec_ref");
    }

    /** Whether it waits for a decision. */
    public boolean isPending() {
        return status().equals(ChangeStatus.PENDING.wire());
    }

    /** Whether it is known what the file was like when this was submitted. */
    public boolean knowsTarget() {
        return fields.containsKey("target_sha256");
    }

    /** The SHA-256 of the file when this was submitted; null when there was no file, or it is not known. */
    public @Nullable String targetSha256() {
        return JsonFields.textOrNull(fields, "target_sha256");
    }

    /**
     * What is proposed.
     *
     * @throws UnfitProposalException if it cannot be read
     */
    public Proposal proposal() {
        return Proposal.of(changeType(), fields);
    }

    /** A place on the ledger before the event that tells of its submission, if that is known. */
    public Optional<LedgerCursor> proposedAfter() {
        return fields.get("proposed_after") instanceof String text ? LedgerCursor.parse(text) : Optional.empty();
    }

    @Override
    public List<EventDraft> events(@Nullable String before, String after) {
        return List.of(ChangeEvents.authorized(this), ChangeEvents.applied(this, before, after));
    }

    @Override
    public EventDraft interrupted(@Nullable String found) {
        return ChangeEvents.interrupted(this, found);
    }

    /** Whether another request, by the same role, would do the same to the same file. */
    public boolean proposesTheSameAs(ChangeRequest other) {
        return role().equals(other.role())
                && targetPath().equals(other.targetPath())
                && changeType().equals(other.changeType())
                && PAYLOAD.stream().allMatch(key -> isSame(fields.get(key), other.fields.get(key)));
    }

    private static boolean isSame(@Nullable Object one, @Nullable Object other) {
        boolean areTrees = one instanceof Map<?, ?> && other instanceof Map<?, ?>;
        return areTrees ? JsonForm.canonical(one).equals(JsonForm.canonical(other)) : Objects.equals(one, other);
    }

    /** The same with other values. */
    public ChangeRequest with(Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(fields);
        changed.putAll(values);
        return new ChangeRequest(changed);
    }

    private String text(String key) {
        return JsonFields.text(fields, key);
    }
}
