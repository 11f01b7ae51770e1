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
 * A sovereign change request as stored in the queue. Keys of other programs are kept.
 *
 * @param fields the whole entry, in order
 * @param isExternal whether another program wrote its decision into the queue; such a request is not authorized, whatever its fields say
 */
public record ChangeRequest(Map<String, @Nullable Object> fields, boolean isExternal) implements AuthorizedChange {
    /** The status shown for a request that another program decided. */
    private static final String EXTERNAL = "external";

    /** The keys of the payload. */
    public static final List<String> PAYLOAD = List.of("patch", "content", "merge_data");

    /** The heap bytes needed for each stored byte while a request is read and shown. */
    private static final int HEAP_FOR_EACH_BYTE = 8;

    /** Copies the fields in order; {@link QueuedFields} are not copied. */
    public ChangeRequest {
        fields = fields instanceof QueuedFields ? fields : Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** The stored size in bytes. */
    public long bytes() {
        return fields instanceof QueuedFields queued
                ? queued.bytes()
                : JsonForm.line(fields).length();
    }

    /** The heap needed to read and show all fields, in bytes. */
    public long heapBytes() {
        return HEAP_FOR_EACH_BYTE * bytes();
    }

    /** A copy with all fields in memory. Claims the heap for it in the current scope of {@link HeapBudget#CHANGES}. */
    public ChangeRequest whole() {
        HeapBudget.CHANGES.claimInScope(heapBytes());
        return fields instanceof QueuedFields ? new ChangeRequest(new LinkedHashMap<>(fields), isExternal) : this;
    }

    /** A pending request, or one that this daemon decided. */
    public ChangeRequest(Map<String, @Nullable Object> fields) {
        this(fields, false);
    }

    /** The id, such as {@code scr_20260220_150000_001}. */
    @Override
    public String id() {
        return text("id");
    }

    /** The time of submission. */
    public String ts() {
        return text("ts");
    }

    /** The agent that proposed it. */
    public String agent() {
        return text("agent");
    }

    /** The role of that agent. */
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

    /** The name of the status; {@link ChangeStatus} lists those that this daemon sets. */
    public String status() {
        return isExternal ? EXTERNAL : text("status");
    }

    /**
     * The entry as shown to clients. A request with an external decision is shown as {@code external}, with the status it claims under
     * {@code claimed_status}.
     */
    public Map<String, @Nullable Object> view() {
        return view(fields);
    }

    /** The entry as in {@link #view}, without the payload. */
    public Map<String, @Nullable Object> summary() {
        if (fields instanceof QueuedFields queued && queued.areAtHandBut(PAYLOAD)) {
            return view(queued.atHand());
        }
        Map<String, @Nullable Object> summary = new LinkedHashMap<>(fields);
        PAYLOAD.forEach(summary::remove);
        return view(summary);
    }

    /** The heap needed for {@link #summary}, in bytes; 0 where the payload need not be read. */
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

    /** A copy marked as decided by another program. */
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

    /** Whether the state of the file at submission is known. */
    public boolean knowsTarget() {
        return fields.containsKey("target_sha256");
    }

    /** The SHA-256 of the file at submission; null when there was no file or the state is unknown. */
    public @Nullable String targetSha256() {
        return JsonFields.textOrNull(fields, "target_sha256");
    }

    /**
     * The parsed proposal.
     *
     * @throws UnfitProposalException if it cannot be read
     */
    public Proposal proposal() {
        return Proposal.of(changeType(), fields);
    }

    /** A position on the ledger before the event of its submission, if known. */
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

    /** Whether the other request has the same role, file, type and payload. */
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

    /** A copy with the given values replaced. */
    public ChangeRequest with(Map<String, ? extends @Nullable Object> values) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(fields);
        changed.putAll(values);
        return new ChangeRequest(changed);
    }

    private String text(String key) {
        return JsonFields.text(fields, key);
    }
}
