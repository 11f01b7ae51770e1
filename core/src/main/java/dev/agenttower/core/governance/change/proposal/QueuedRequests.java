package dev.agenttower.core.governance.change.proposal;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.List;
import java.util.stream.Stream;

/** Finds and replaces requests in the list of a queue. */
public final class QueuedRequests {
    private QueuedRequests() {}

    /**
     * The pending request with an id.
     *
     * @throws RefusedException NOT_FOUND, if there is none; INVALID, if it is not pending
     */
    public static ChangeRequest find(List<ChangeRequest> requests, String id) {
        ChangeRequest request = any(requests, id);
        if (!request.isPending()) {
            throw RefusedException.invalid("SCR is already " + request.status());
        }
        return request;
    }

    /**
     * The request with an id.
     *
     * @throws RefusedException NOT_FOUND, if there is none
     */
    public static ChangeRequest any(List<ChangeRequest> requests, String id) {
        return requests.stream()
                .filter(request -> request.id().equals(id))
                .findFirst()
                .map(ChangeRequest::whole)
                .orElseThrow(() -> new RefusedException(ErrorCode.NOT_FOUND, "SCR not found"));
    }

    /** The list with a request added. */
    public static List<ChangeRequest> with(List<ChangeRequest> requests, ChangeRequest added) {
        return Stream.concat(requests.stream(), Stream.of(added)).toList();
    }

    /** The list without the request that has the same id. */
    public static List<ChangeRequest> without(List<ChangeRequest> requests, ChangeRequest removed) {
        return requests.stream()
                .filter(request -> !request.id().equals(removed.id()))
                .toList();
    }

    /** The list with the request of the same id replaced. */
    public static List<ChangeRequest> replaced(List<ChangeRequest> requests, ChangeRequest changed) {
        return requests.stream()
                .map(request -> request.id().equals(changed.id()) ? changed : request)
                .toList();
    }
}
