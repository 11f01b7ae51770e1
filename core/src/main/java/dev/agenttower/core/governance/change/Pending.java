package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.GovernanceException;
import dev.agenttower.core.governance.Refusal;
import java.util.List;

/** Finds and replaces requests in the list of a queue. */
final class Pending {
    private Pending() {}

    /**
     * The pending request with an id.
     *
     * @throws GovernanceException NOT_FOUND, if there is none; INVALID, if it is not pending
     */
    static ChangeRequest find(List<ChangeRequest> requests, String id) {
        ChangeRequest request = any(requests, id);
        if (!request.isPending()) {
            throw GovernanceException.invalid("SCR is already " + request.status());
        }
        return request;
    }

    /**
     * The request with an id.
     *
     * @throws GovernanceException NOT_FOUND, if there is none
     */
    static ChangeRequest any(List<ChangeRequest> requests, String id) {
        return requests.stream()
                .filter(request -> request.id().equals(id))
                .findFirst()
                .map(ChangeRequest::whole)
                .orElseThrow(() -> new GovernanceException(Refusal.NOT_FOUND, "SCR not found"));
    }

    /** The list with one request in the place of the one that has its id. */
    static List<ChangeRequest> replaced(List<ChangeRequest> requests, ChangeRequest changed) {
        return requests.stream()
                .map(request -> request.id().equals(changed.id()) ? changed : request)
                .toList();
    }
}
