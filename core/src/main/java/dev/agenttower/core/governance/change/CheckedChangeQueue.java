package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A queue that records the decisions made through it and marks all others as external. Thread-safe. */
public final class CheckedChangeQueue implements ChangeQueue {
    private final ChangeQueue queue;
    private final KnownChanges known;

    /** Checks the requests of {@code queue}. */
    public CheckedChangeQueue(ChangeQueue queue, KnownChanges known) {
        this.queue = queue;
        this.known = known;
    }

    @Override
    public List<ChangeRequest> requests() {
        return marked(queue.requests());
    }

    @Override
    public long pending() {
        return queue.pending();
    }

    @Override
    public <T> T exclusively(Function<Writing, T> work) {
        return queue.exclusively(writing -> work.apply(new Writing() {
            @Override
            public List<ChangeRequest> requests() {
                return marked(writing.requests());
            }

            @Override
            public void save(List<ChangeRequest> requests) {
                List<ChangeRequest> before = writing.requests();
                remember(before, requests);
                writing.save(unmarked(before, requests));
            }
        }));
    }

    private void remember(List<ChangeRequest> before, List<ChangeRequest> after) {
        Map<String, ChangeRequest> byId = before.stream()
                .collect(Collectors.toMap(ChangeRequest::id, Function.identity(), (first, second) -> first));
        known.decide(after.stream()
                .filter(request -> !request.isPending() && !request.isExternal())
                .filter(request -> isDecidedNow(byId.get(request.id())))
                .toList());
    }

    /** Replaces requests marked external by the unmarked originals, so that saving does not alter them. */
    private static List<ChangeRequest> unmarked(List<ChangeRequest> before, List<ChangeRequest> after) {
        IdentityHashMap<Map<String, @Nullable Object>, ChangeRequest> byFields = new IdentityHashMap<>();
        before.forEach(request -> byFields.put(request.fields(), request));
        return after.stream()
                .map(request -> request.isExternal() ? byFields.getOrDefault(request.fields(), request) : request)
                .toList();
    }

    private boolean isDecidedNow(@Nullable ChangeRequest before) {
        return before == null || before.isPending() || !known.isOwn(before);
    }

    private List<ChangeRequest> marked(List<ChangeRequest> requests) {
        return requests.stream()
                .map(request -> request.isPending() || known.isOwn(request) ? request : request.asExternal())
                .toList();
    }
}
