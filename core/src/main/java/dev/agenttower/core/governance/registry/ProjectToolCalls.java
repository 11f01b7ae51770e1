package dev.agenttower.core.governance.registry;

import dev.agenttower.core.caller.ContainerFiles;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import dev.agenttower.core.governance.hook.ToolCaller;
import dev.agenttower.core.governance.hook.ToolJudgement;
import dev.agenttower.core.governance.hook.ToolVerdict;
import dev.agenttower.core.governance.hook.shell.SensitivePaths;
import dev.agenttower.core.governance.project.PathText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Judges tool calls of agents: each file in the project that contains it, else in that of the caller's folder. Thread-safe. */
public final class ProjectToolCalls {
    private final GovernedProjects projects;
    private final Function<GovernedProject, ToolJudgement> judgement;
    private final String home;
    private final SensitivePaths sensitive;

    /**
     * Judgement in these projects.
     *
     * @param judgement how a project judges, such as {@link GovernedProject#toolJudgement()}
     * @param home the home of the user; empty if it is not known
     */
    public ProjectToolCalls(
            GovernedProjects projects, Function<GovernedProject, ToolJudgement> judgement, String home) {
        this.projects = projects;
        this.judgement = judgement;
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
     * @throws RefusedException INVALID, if it must and does not; or as {@link ToolJudgement#judge}
     */
    public ToolVerdict judge(
            ToolCall call, ToolCaller caller, String folder, @Nullable String cwd, boolean looksGoverned) {
        List<RegisteredProject> all = projects.list();
        String base = base(folder, cwd);
        Optional<RegisteredProject> own = own(folder, base, all);
        return judge(call, caller, own, all, looksGoverned, path -> absolute(path, cwd, base));
    }

    /**
     * Judges a call that is made in a container, like {@link #judge(ToolCall, ToolCaller, String, String, boolean)}. There is no opinion about
     * the container's own files.
     */
    public ToolVerdict judge(
            ToolCall call, ToolCaller caller, ContainerFiles container, @Nullable String cwd, boolean looksGoverned) {
        List<RegisteredProject> all = projects.list();
        ContainerCalls inside = new ContainerCalls(container, cwd, all);
        requireRegistered(inside.project(), call, looksGoverned);
        return judge(inside.onHost(call), caller, inside.project(), all, false, path -> path);
    }

    private ToolVerdict judge(
            ToolCall call,
            ToolCaller caller,
            Optional<RegisteredProject> own,
            List<RegisteredProject> all,
            boolean looksGoverned,
            UnaryOperator<String> absolute) {
        requireRegistered(own, call, looksGoverned);
        Parts parts = new Parts(call, own.orElse(null), all);
        call.edits().forEach(edit -> parts.addEdit(edit.at(absolute.apply(edit.path()))));
        call.folders().forEach(each -> parts.addFolder(absolute.apply(each)));
        call.reads().forEach(read -> parts.addRead(absolute.apply(read), read));
        return parts.judge(caller);
    }

    private static void requireRegistered(Optional<RegisteredProject> own, ToolCall call, boolean looksGoverned) {
        if (own.isEmpty() && looksGoverned && call.mayChange()) {
            throw RefusedException.invalid(
                    "the folder of the project is not registered; a person registers it with: agenttower project add");
        }
    }

    /** What of a call concerns one project. */
    private static final class Part {
        private final List<FileEdit> edits = new ArrayList<>();
        private final List<String> reads = new ArrayList<>();
    }

    /** A call, shared out among the projects that it concerns; what lies in none concerns that of the caller. */
    private final class Parts {
        private final ToolCall call;
        private final @Nullable RegisteredProject own;
        private final List<RegisteredProject> all;
        private final Map<RegisteredProject, Part> parts = new LinkedHashMap<>();
        private final List<String> objections;

        Parts(ToolCall call, @Nullable RegisteredProject own, List<RegisteredProject> all) {
            this.call = call;
            this.own = own;
            this.all = all;
            this.objections = new ArrayList<>(call.objections());
            if (own != null) {
                parts.put(own, new Part());
            }
        }

        void addEdit(FileEdit edit) {
            Optional<RegisteredProject> container = containing(edit.path(), all);
            RegisteredProject project = container.orElse(own);
            if (project != null && (container.isPresent() || !isScratch(edit, project))) {
                part(project).edits.add(edit.at(relative(edit.path(), project.path())));
            }
        }

        void addFolder(String folder) {
            if (containing(folder, all).isEmpty()) {
                addEdit(new FileEdit.Touched(folder, "edit"));
            }
        }

        void addRead(String path, String written) {
            if (call.kind() == ToolCall.Kind.COMMAND
                    && objections.size() < ToolJudgement.MAX_DENIALS
                    && sensitive.contain(PathText.normal(path))) {
                objections.add("it names the sensitive path " + written);
            }
            RegisteredProject project = containing(path, all).orElse(own);
            if (project != null) {
                String exact = relative(path, project.path());
                String normal = PathText.normal(path);
                part(project).reads.add(exact);
                // A way over the project's own folder leads out of it.
                if (!normal.equals(exact) && !PathText.isAbove(project.path(), normal)) {
                    part(project).reads.add(normal);
                }
            }
        }

        ToolVerdict judge(ToolCaller caller) {
            List<String> denials = new ArrayList<>();
            List<ToolVerdict.Judged> judged = new ArrayList<>();
            @Nullable String question = null;
            for (Map.Entry<RegisteredProject, Part> each : parts.entrySet()) {
                Part part = each.getValue();
                List<String> its = each.getKey().equals(own) ? objections : List.of();
                ToolVerdict verdict = judgement(each.getKey())
                        .judge(new ToolCall(call.tool(), call.kind(), part.edits, List.of(), part.reads, its), caller);
                denials.addAll(verdict.objections());
                question = question == null ? verdict.question() : question;
                judged.addAll(verdict.paths());
            }
            return new ToolVerdict(denials, question, judged);
        }

        private Part part(RegisteredProject project) {
            return parts.computeIfAbsent(project, first -> new Part());
        }

        /** Whether a command changes something outside of all projects where its own does not mind. */
        private boolean isScratch(FileEdit edit, RegisteredProject project) {
            String path = PathText.normal(edit.path());
            boolean removesProject = edit.action().equals("delete")
                    && all.stream().anyMatch(each -> PathText.isAbove(path, each.path()));
            return call.kind() == ToolCall.Kind.COMMAND
                    && !removesProject
                    && judgement(project).isScratch(edit);
        }
    }

    private static Optional<RegisteredProject> containing(String path, List<RegisteredProject> all) {
        return RegisteredProject.containing(PathText.normal(path), all);
    }

    /**
     * What the caller has not been told of its change requests, a line each; see
     * {@link dev.agenttower.core.governance.hook.ToolJudgement#news}.
     */
    public List<String> news(ToolCaller caller, String folder, @Nullable String cwd) {
        return news(caller, own(folder, base(folder, cwd), projects.list()));
    }

    /** Likewise for a caller in a container. */
    public List<String> news(ToolCaller caller, ContainerFiles container, @Nullable String cwd) {
        return news(caller, new ContainerCalls(container, cwd, projects.list()).project());
    }

    private List<String> news(ToolCaller caller, Optional<RegisteredProject> own) {
        return own.map(project -> judgement(project).news(caller)).orElse(List.of());
    }

    /** Takes note of the end of a session of a client in the project of its folder. */
    public void ended(String session, String folder, @Nullable String cwd) {
        own(folder, base(folder, cwd), projects.list())
                .ifPresent(project -> judgement(project).ended(session));
    }

    private ToolJudgement judgement(RegisteredProject project) {
        return judgement.apply(projects.open(project));
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
