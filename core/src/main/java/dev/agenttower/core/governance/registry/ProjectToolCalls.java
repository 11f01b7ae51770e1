package dev.agenttower.core.governance.registry;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import dev.agenttower.core.governance.hook.ToolCaller;
import dev.agenttower.core.governance.project.PathText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges tool calls of agents: each file in the project that contains it, else in that of the caller's folder. Thread-safe. */
public final class ProjectToolCalls {
    private final GovernedProjects projects;

    /** Judgement in these projects. */
    public ProjectToolCalls(GovernedProjects projects) {
        this.projects = projects;
    }

    /**
     * Why a call must not be made, a line for each file; empty if there is no objection, or no file in a project, called from outside of all.
     *
     * @param call the call, with paths as its client writes them
     * @param folder the working folder of the caller, all links followed
     * @param cwd the folder that the client names, from which its paths begin; null for none
     * @param looksGoverned whether the folder must lie in a project
     * @throws RefusedException INVALID, if it must and does not; or as {@link dev.agenttower.core.governance.hook.ToolJudgement#objection}
     */
    public List<String> objections(
            ToolCall call, ToolCaller caller, String folder, @Nullable String cwd, boolean looksGoverned) {
        List<RegisteredProject> all = projects.list();
        String base = base(folder, cwd);
        Optional<RegisteredProject> own = own(folder, base, all);
        if (own.isEmpty() && looksGoverned) {
            throw RefusedException.invalid(
                    "the folder of the project is not registered; a person registers it with: agenttower project add");
        }
        Map<RegisteredProject, List<FileEdit>> parts = new LinkedHashMap<>();
        for (FileEdit edit : call.edits()) {
            String path = absolute(edit.path(), cwd, base);
            RegisteredProject.containing(PathText.normal(path), all)
                    .or(() -> own)
                    .ifPresent(project -> parts.computeIfAbsent(project, first -> new ArrayList<>())
                            .add(edit.at(relative(path, project.path()))));
        }
        List<String> objections = new ArrayList<>();
        parts.forEach((project, edits) -> projects.open(project)
                .toolJudgement()
                .objection(new ToolCall(call.tool(), edits), caller)
                .ifPresent(objections::add));
        return objections;
    }

    /**
     * What the caller has not been told of its change requests, a line each; see
     * {@link dev.agenttower.core.governance.hook.ToolJudgement#news}.
     */
    public List<String> news(ToolCaller caller, String folder, @Nullable String cwd) {
        return own(folder, base(folder, cwd), projects.list())
                .map(project -> projects.open(project).toolJudgement().news(caller))
                .orElse(List.of());
    }

    private String base(String folder, @Nullable String cwd) {
        return cwd == null ? folder : projects.folder(cwd).orElse(folder);
    }

    private static Optional<RegisteredProject> own(String folder, String base, List<RegisteredProject> all) {
        return RegisteredProject.containing(folder, all).or(() -> RegisteredProject.containing(base, all));
    }

    /** A path in the folder {@code base}, which the client calls {@code cwd}. */
    private static String absolute(String path, @Nullable String cwd, String base) {
        if (!path.startsWith("/")) {
            return base + "/" + path;
        }
        return cwd != null && PathText.isAbove(cwd, path) ? base + path.substring(cwd.length()) : path;
    }

    /** A path relative to the root of its project; absolute if it lies outside. */
    private static String relative(String path, String root) {
        // A step up outside of the root may be one behind a link, which leads elsewhere than its text says.
        boolean isKept = PathText.isAbove(root, path) || (path + "/").contains("/../");
        String exact = isKept ? path : PathText.normal(path);
        return PathText.isAbove(root, exact) ? exact.substring(root.length() + 1) : exact;
    }
}
