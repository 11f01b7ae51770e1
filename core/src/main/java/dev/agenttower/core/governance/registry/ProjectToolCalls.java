package dev.agenttower.core.governance.registry;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import dev.agenttower.core.governance.hook.ToolCaller;
import dev.agenttower.core.governance.hook.ToolVerdict;
import dev.agenttower.core.governance.hook.shell.SensitivePaths;
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
    private final String home;
    private final SensitivePaths sensitive;

    /**
     * Judgement in these projects.
     *
     * @param home the home of the user; empty if it is not known
     */
    public ProjectToolCalls(GovernedProjects projects, String home) {
        this.projects = projects;
        this.home = home;
        this.sensitive = new SensitivePaths(home);
    }

    /**
     * Judges a call; there is no opinion about one without a file in a project, made from outside of all.
     *
     * @param call the call, with paths as its client writes them
     * @param folder the working folder of the caller, all links followed
     * @param cwd the folder that the client names, from which its paths begin; null for none
     * @param looksGoverned whether the folder must lie in a project for a call that changes files
     * @throws RefusedException INVALID, if it must and does not; or as {@link dev.agenttower.core.governance.hook.ToolJudgement#judge}
     */
    public ToolVerdict judge(
            ToolCall call, ToolCaller caller, String folder, @Nullable String cwd, boolean looksGoverned) {
        List<RegisteredProject> all = projects.list();
        String base = base(folder, cwd);
        Optional<RegisteredProject> own = own(folder, base, all);
        if (own.isEmpty() && looksGoverned && call.mayChange()) {
            throw RefusedException.invalid(
                    "the folder of the project is not registered; a person registers it with: agenttower project add");
        }
        Map<RegisteredProject, Part> parts = new LinkedHashMap<>();
        own.ifPresent(project -> parts.put(project, new Part()));
        for (FileEdit edit : call.edits()) {
            String path = absolute(edit.path(), cwd, base);
            containing(path, all)
                    .or(() -> own.filter(project -> !isScratch(call, edit.at(path), project, all)))
                    .ifPresent(project -> part(parts, project).edits.add(edit.at(relative(path, project.path()))));
        }
        boolean isCommand = call.kind() == ToolCall.Kind.COMMAND;
        List<String> objections = new ArrayList<>(call.objections());
        for (String read : call.reads()) {
            String path = absolute(read, cwd, base);
            if (isCommand && sensitive.contain(PathText.normal(path))) {
                objections.add("it names the sensitive path " + read);
            }
            containing(path, all)
                    .or(() -> own)
                    .ifPresent(project -> part(parts, project).reads.add(relative(path, project.path())));
        }
        for (String each : call.folders()) {
            FileEdit somewhere = new FileEdit.Touched(absolute(each, cwd, base), "edit");
            if (containing(somewhere.path(), all).isEmpty()) {
                own.filter(project -> !isScratch(call, somewhere, project, all))
                        .ifPresent(project -> part(parts, project)
                                .edits
                                .add(somewhere.at(relative(somewhere.path(), project.path()))));
            }
        }
        List<String> denials = new ArrayList<>();
        @Nullable String question = null;
        for (Map.Entry<RegisteredProject, Part> part : parts.entrySet()) {
            boolean isOwn = part.getKey().equals(own.orElse(null));
            ToolCall its = new ToolCall(
                    call.tool(),
                    call.kind(),
                    part.getValue().edits,
                    List.of(),
                    part.getValue().reads,
                    isOwn ? objections : List.of());
            ToolVerdict verdict = projects.open(part.getKey()).toolJudgement().judge(its, caller);
            denials.addAll(verdict.objections());
            question = question == null ? verdict.question() : question;
        }
        return new ToolVerdict(denials, question);
    }

    /** What of a call concerns one project. */
    private static final class Part {
        private final List<FileEdit> edits = new ArrayList<>();
        private final List<String> reads = new ArrayList<>();
    }

    private static Part part(Map<RegisteredProject, Part> parts, RegisteredProject project) {
        return parts.computeIfAbsent(project, first -> new Part());
    }

    private static Optional<RegisteredProject> containing(String path, List<RegisteredProject> all) {
        return RegisteredProject.containing(PathText.normal(path), all);
    }

    /** Whether a command changes something outside of all projects where its project does not mind. */
    private boolean isScratch(ToolCall call, FileEdit edit, RegisteredProject own, List<RegisteredProject> all) {
        String path = PathText.normal(edit.path());
        return call.kind() == ToolCall.Kind.COMMAND
                && all.stream()
                        .noneMatch(project -> edit.action().equals("delete") && PathText.isAbove(path, project.path()))
                && projects.open(own).toolJudgement().isScratch(edit);
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
    private String absolute(String path, @Nullable String cwd, String base) {
        if (!home.isEmpty() && (path.equals("~") || path.startsWith("~/"))) {
            return home + path.substring(1);
        }
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
