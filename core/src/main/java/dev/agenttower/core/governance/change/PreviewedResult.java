package dev.agenttower.core.governance.change;

import dev.agenttower.core.failure.RefusedException;
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

/** Works out what a request would make of its file as the file is now. */
final class PreviewedResult {
    private final PolicySource policy;
    private final ProjectFiles files;
    private final ChangeApplication application;
    private final JsonText json;

    PreviewedResult(PolicySource policy, ProjectFiles files, ChangeApplication application, JsonText json) {
        this.policy = policy;
        this.files = files;
        this.application = application;
        this.json = json;
    }

    /**
     * The request with another payload, which replaces its own wholesale.
     *
     * @throws RefusedException INVALID, if the payload is none of the request's type of change
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

    Outlook of(ChangeRequest request) {
        String path = request.targetPath();
        ProjectText current = null;
        try {
            if (!policy.current().protectedPaths().isSovereign(path)) {
                return Outlook.unfit(null, "Path " + path + " is not a sovereign path");
            }
            current = files.read(path);
            String result = request.proposal().applyTo(current == null ? null : current.text(), json);
            if (path.endsWith(".json")) {
                if (!Surrogates.arePaired(json.read(result))) {
                    return Outlook.unfit(current, "the result would not be JSON: half of a surrogate pair");
                }
            }
            return new Outlook(current, result, application.hashOf(path, result), null);
        } catch (MalformedJsonException e) {
            return Outlook.unfit(current, "the result would not be JSON: " + e.getMessage());
        } catch (UnfitProposalException e) {
            return Outlook.unfit(current, e.getMessage());
        } catch (ProjectFileException e) {
            return Outlook.unfit(current, e.getMessage());
        }
    }

    /**
     * What would come of a request.
     *
     * @param current the file now; null when there is none
     * @param result the text it would have; null when the request does not apply
     * @param resultSha256 the SHA-256 it would have; null when the request does not apply
     * @param problem why the request does not apply; null when it does
     */
    record Outlook(
            @Nullable ProjectText current,
            @Nullable String result,
            @Nullable String resultSha256,
            @Nullable String problem) {
        static Outlook unfit(@Nullable ProjectText current, String problem) {
            return new Outlook(current, null, null, problem);
        }

        @Nullable String currentSha256() {
            return current == null ? null : current.sha256();
        }
    }
}
