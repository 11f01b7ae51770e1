package dev.agenttower.core.governance.policy;

import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.governance.project.TextPatch;
import dev.agenttower.core.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Executes allowed actions. Changes of files run one after the other. Thread-safe. */
final class ActionExecution {
    private static final Set<String> DECIDED_ONLY =
            Set.of("git_commit", "git_push", "git_tag", "git_merge", "deploy", "ftp_sync");

    private final ProjectFiles files;
    private final ReentrantLock lock = new ReentrantLock();

    ActionExecution(ProjectFiles files) {
        this.files = files;
    }

    Map<String, Object> execute(ActionRequest request, @Nullable String realTarget) {
        String action = request.normalAction();
        if (DECIDED_ONLY.contains(action)) {
            return notExecuted(action, request);
        }
        if (!Set.of("edit", "patch", "delete").contains(action)) {
            return error("Unknown action: " + action);
        }
        if (realTarget == null) {
            return error("'file'");
        }
        if (!action.equals("delete")) {
            files.claim(realTarget, action.equals("patch"));
        }
        lock.lock();
        try {
            return switch (action) {
                case "edit" -> edit(request, realTarget);
                case "patch" -> patch(request, realTarget);
                default -> delete(realTarget);
            };
        } catch (ProjectFileException e) {
            return error(e.getMessage());
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Object> edit(ActionRequest request, String path) {
        String content = request.text("content");
        if (content == null) {
            return error("'content'");
        }
        files.write(path, content);
        return success("file_written", Text.length(content));
    }

    private Map<String, Object> patch(ActionRequest request, String path) {
        String oldString = request.text("old_string");
        String newString = request.text("new_string");
        if (oldString == null || newString == null) {
            return error(oldString == null ? "'old_string'" : "'new_string'");
        }
        ProjectText current = files.read(path);
        if (current == null) {
            return error("File not found: " + request.target());
        }
        TextPatch patch = new TextPatch(oldString, newString);
        String patched = patch.applyTo(current.text()).orElse(null);
        if (patched == null) {
            int count = patch.occurrences(current.text());
            return error(
                    count == 0 ? "old_string not found in file" : "old_string is ambiguous (" + count + " matches)");
        }
        files.write(path, patched);
        return success("file_patched", Text.length(patched));
    }

    private Map<String, Object> delete(String path) {
        files.delete(path);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", "success");
        result.put("result", "file_deleted");
        return result;
    }

    private static Map<String, Object> notExecuted(String action, ActionRequest request) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", "not_executed");
        result.put("result", action + "_decided");
        result.put("message", action + " is allowed; it is decided here but not carried out, so run it yourself");
        String target = request.text("target");
        if (target != null) {
            result.put("target", target);
        }
        return result;
    }

    private static Map<String, Object> success(String what, int characters) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", "success");
        result.put("result", what);
        result.put("bytes", characters);
        return result;
    }

    private static Map<String, Object> error(String message) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("status", "error");
        result.put("message", message);
        return result;
    }
}
