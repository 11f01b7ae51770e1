package dev.agenttower.core.governance.change;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.Proposal;
import dev.agenttower.core.governance.change.proposal.UnfitProposalException;
import dev.agenttower.core.governance.policy.PolicySource;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.json.JsonText;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.core.json.Surrogates;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Computes the result of requests on the current files, without writing. */
final class ResultPreviewer {
    private final PolicySource policy;
    private final ProjectFiles files;
    private final JsonText json;

    ResultPreviewer(PolicySource policy, ProjectFiles files, JsonText json) {
        this.policy = policy;
        this.files = files;
        this.json = json;
    }

    /**
     * The request with its payload replaced.
     *
     * @throws RefusedException INVALID, if the payload does not fit the request's type of change
     */
    static ChangeRequest edited(ChangeRequest request, Map<String, ? extends @Nullable Object> edits) {
        if (edits.isEmpty()) {
            return request;
        }
        String fitting = Proposal.payload(request.changeType());
        for (String key : edits.keySet()) {
            if (!key.equals(fitting)) {
                throw RefusedException.invalid("edited_" + key + " does not fit a change of type "
                        + request.changeType() + (fitting == null ? "" : "; it takes edited_" + fitting));
            }
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>(edits);
        values.put("was_edited", true);
        return request.with(values);
    }

    PreviewedResult preview(ChangeRequest request) {
        String path = request.targetPath();
        ProjectText current = null;
        try {
            if (!policy.current().protectedPaths().isSovereign(path)) {
                return PreviewedResult.unfit(null, "Path " + path + " is not a sovereign path");
            }
            current = files.read(path);
            String result = request.proposal().applyTo(current == null ? null : current.text(), json);
            if (path.endsWith(".json") && !Surrogates.arePaired(json.read(result))) {
                return PreviewedResult.unfit(current, "the result would not be JSON: half of a surrogate pair");
            }
            return PreviewedResult.of(current, path, result);
        } catch (MalformedJsonException e) {
            return PreviewedResult.unfit(current, "the result would not be JSON: " + e.getMessage());
        } catch (UnfitProposalException | ProjectFileException e) {
            return PreviewedResult.unfit(current, e.getMessage());
        }
    }
}
