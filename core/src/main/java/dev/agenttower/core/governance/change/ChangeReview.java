package dev.agenttower.core.governance.change;

import dev.agenttower.core.governance.change.proposal.ChangePreview;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.QueuedRequests;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.json.JsonText;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Shows the change requests of a project. Changes nothing. Thread-safe. */
public final class ChangeReview {
    private final ChangeQueue queue;
    private final ResultPreviewer previewer;
    private final TextDiff diff;

    /** The review of one queue. */
    public ChangeReview(ChangeQueue queue, PolicySource policy, ProjectFiles files, JsonText json, TextDiff diff) {
        this.queue = queue;
        this.previewer = new ResultPreviewer(policy, files, json);
        this.diff = diff;
    }

    /**
     * The requests, newest first.
     *
     * @param status the exact status to look for; null is any
     */
    public List<ChangeRequest> list(@Nullable String status) {
        return queue.requests().stream()
                .filter(request -> status == null || status.equals(request.status()))
                .sorted(Comparator.comparing(ChangeRequest::ts)
                        .thenComparing(ChangeRequest::id)
                        .reversed())
                .toList();
    }

    /** The number of pending requests. */
    public long pending() {
        return queue.pending();
    }

    /**
     * One request.
     *
     * @throws dev.agenttower.core.failure.RefusedException NOT_FOUND, if no request has this id
     */
    public ChangeRequest find(String id) {
        return QueuedRequests.any(queue.requests(), id);
    }

    /**
     * Previews the result of a request on the current file.
     *
     * @param edits another payload, under {@code patch}, {@code content} or {@code merge_data}; empty for the unedited proposal
     * @throws dev.agenttower.core.failure.RefusedException NOT_FOUND, if there is no request with this id
     */
    public ChangePreview preview(String id, Map<String, ? extends @Nullable Object> edits) {
        ChangeRequest request = ResultPreviewer.edited(find(id), edits);
        PreviewedResult preview = previewer.preview(request);
        ProjectText current = preview.current();
        String result = preview.result() == null ? null : preview.result().text();
        String shown =
                result == null ? "" : diff.unified(request.targetPath(), current == null ? "" : current.text(), result);
        return new ChangePreview(
                request,
                result != null,
                preview.problem(),
                shown,
                result,
                request.targetSha256(),
                preview.currentSha256(),
                preview.resultSha256(),
                request.knowsTarget() && !Objects.equals(request.targetSha256(), preview.currentSha256()));
    }
}
