package dev.agenttower.core.inbox;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.change.ChangeQueueException;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.ChangeStatus;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.core.governance.registry.RegisteredProject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The change requests of all projects that wait for a decision. A project whose files do not answer occupies one caller; the others are told
 * what was known of it. Thread-safe.
 */
public final class WaitingChanges implements InboxSource {
    private static final Known NOTHING = new Known(new IdentityHashMap<>(), List.of());
    private static final long READ_WHOLE = 256 << 10;

    private final GovernedProjects projects;
    private final Map<RegisteredProject, Known> known = new ConcurrentHashMap<>();
    private final Set<RegisteredProject> reading = ConcurrentHashMap.newKeySet();

    /** The changes of these projects. */
    public WaitingChanges(GovernedProjects projects) {
        this.projects = requireNonNull(projects, "projects");
    }

    /**
     * What was read of a project.
     *
     * @param made the item of each request, by identity: a queue that has not changed gives the same objects again
     */
    private record Known(IdentityHashMap<ChangeRequest, InboxItem> made, List<InboxItem> items) {}

    @Override
    public List<InboxItem> waiting() {
        List<RegisteredProject> registered = projects.list();
        known.keySet().retainAll(registered);
        List<InboxItem> items = new ArrayList<>();
        for (RegisteredProject project : registered) {
            if (reading.add(project)) {
                try {
                    known.put(project, read(project));
                } finally {
                    reading.remove(project);
                }
            }
            items.addAll(known.getOrDefault(project, NOTHING).items());
        }
        return items;
    }

    private Known read(RegisteredProject project) {
        IdentityHashMap<ChangeRequest, InboxItem> before =
                known.getOrDefault(project, NOTHING).made();
        IdentityHashMap<ChangeRequest, InboxItem> made = new IdentityHashMap<>();
        List<InboxItem> items = new ArrayList<>();
        try {
            for (ChangeRequest request : projects.open(project).changeReview().list(ChangeStatus.PENDING.wire())) {
                InboxItem item = before.get(request);
                if (item == null) {
                    item = item(project, request);
                }
                made.put(request, item);
                items.add(item);
            }
            Collections.reverse(items); // the newest comes last
            return new Known(made, items);
        } catch (RefusedException | ChangeQueueException e) {
            return new Known(new IdentityHashMap<>(), List.of(problem(project, String.valueOf(e.getMessage()))));
        }
    }

    private static InboxItem item(RegisteredProject project, ChangeRequest request) {
        // Together with a long content the description would be read, too.
        boolean isShort = request.summaryHeapBytes() == 0 || request.bytes() <= READ_WHOLE;
        return new InboxItem(
                InboxItem.Kind.CHANGE,
                request.id(),
                project.name(),
                request.targetPath(),
                request.status(),
                isShort && request.fields().get("description") instanceof String description ? description : "",
                request.agent(),
                request.role(),
                request.ts());
    }

    private static InboxItem problem(RegisteredProject project, String message) {
        return new InboxItem(
                InboxItem.Kind.PROBLEM,
                project.name(),
                project.name(),
                project.name(),
                "unreadable",
                message,
                null,
                null,
                null);
    }
}
