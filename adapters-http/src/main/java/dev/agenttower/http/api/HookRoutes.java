package dev.agenttower.http.api;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.BodyText;
import dev.agenttower.core.governance.hook.AgentClient;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import dev.agenttower.core.governance.hook.ToolCaller;
import dev.agenttower.core.governance.human.AgentMarking;
import dev.agenttower.core.governance.human.SessionRoots;
import dev.agenttower.core.governance.project.PathText;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.core.governance.registry.RegisteredProject;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.http.hook.AgentClients;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.PlainText;
import dev.agenttower.http.route.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Events of agents' hooks: {@code POST /hooks/{client}/{event}}. The body is the hook's input.
 *
 * <p>The status tells the hook its exit status and its stream: 200 is 0, with the text for stdout; 403 is 2, with the text for stderr, which all
 * clients take for a denial. The text is empty where there is no opinion, so that the client asks its user as usual. Everything else is a
 * failure.
 */
public final class HookRoutes {
    private static final int DENIED = 403;
    private static final String AGENT_PROCESS = "X-Agent-Process";
    private static final String GOVERNED = "X-Governed";
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,9}");

    private final Selection selection;
    private final GovernedProjects projects;
    private final AgentMarking marking;
    private final SessionRoots roots;

    /** Routes over these projects; the process of an agent that a hook names is marked as an agent's. */
    public HookRoutes(Selection selection, AgentMarking marking, SessionRoots roots) {
        this.selection = selection;
        this.projects = selection.projects();
        this.marking = marking;
        this.roots = roots;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.of("POST", "/hooks/{client}/{event}", this::judge).refusing(HookRoutes::refused));
    }

    private Answer judge(Call call) {
        AgentClient client = AgentClients.named(call.variable("client"))
                .orElseThrow(() -> RefusedException.invalid("there is no client of this name"));
        markAgent(call);
        Map<String, @Nullable Object> input = call.body();
        Optional<ToolCall> announced = client.toolCall(call.variable("event"), input);
        if (announced.isEmpty() || announced.get().edits().isEmpty()) {
            return Answer.ok(new PlainText(""));
        }
        ToolCaller caller = caller(client, call, input);
        String tool = announced.get().tool();
        List<String> objections = new ArrayList<>();
        byProject(announced.get().edits(), call, cwd(input))
                .forEach((project, edits) -> projects.open(project)
                        .toolJudgement()
                        .objection(new ToolCall(tool, edits), caller)
                        .ifPresent(objections::add));
        return objections.isEmpty()
                ? Answer.ok(new PlainText(""))
                : new Answer(DENIED, new PlainText(String.join("\n", objections)));
    }

    private static @Nullable String cwd(Map<String, @Nullable Object> input) {
        @Nullable String cwd = BodyText.of(input, "cwd");
        return cwd == null || cwd.isEmpty() ? null : cwd;
    }

    /** Marks the process that the hook names as that of its agent, if it is one above the hook. */
    private void markAgent(Call call) {
        @Nullable String number = call.header(AGENT_PROCESS);
        if (number == null || !NUMBER.matcher(number).matches()) {
            return;
        }
        List<LiveProcess> lineage = call.caller().lineage();
        roots.find(Long.parseLong(number), lineage, ProcessMark::pid)
                .ifPresent(root -> marking.markRoot(lineage.subList(lineage.indexOf(root), lineage.size())));
    }

    private static ToolCaller caller(AgentClient client, Call call, Map<String, @Nullable Object> input) {
        boolean isOwn = client.hooksRunBelowAgent();
        @Nullable String agent = isOwn ? stated(call, "X-Agent") : null;
        return new ToolCaller(
                client,
                agent == null ? client.agent() : agent,
                isOwn ? stated(call, "X-Role") : null,
                isOwn ? stated(call, "X-Spec") : null,
                BodyText.of(input, "session_id"),
                call.caller().lineage());
    }

    private static @Nullable String stated(Call call, String header) {
        @Nullable String value = call.header(header);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /**
     * The edits by the project that contains their files, or else the folder of the caller; without those that neither is in. Paths are relative
     * to the root of the project, or absolute outside of it.
     */
    private Map<RegisteredProject, List<FileEdit>> byProject(List<FileEdit> edits, Call call, @Nullable String cwd) {
        @Nullable String folder = selection.directory(call.caller().peer());
        if (folder == null) {
            throw RefusedException.invalid(
                    "the working folder of the hook cannot be told, as that of processes in containers");
        }
        String base = cwd == null ? folder : projects.folder(cwd).orElse(folder);
        Optional<RegisteredProject> own = projects.containing(folder).or(() -> projects.containing(base));
        if (own.isEmpty() && call.header(GOVERNED) != null) {
            throw RefusedException.invalid(
                    "the folder of the project is not registered; a person registers it with: agenttower project add");
        }
        Map<RegisteredProject, List<FileEdit>> parts = new LinkedHashMap<>();
        for (FileEdit edit : edits) {
            String path = absolute(edit.path(), cwd, base);
            projects.containing(PathText.normal(path))
                    .or(() -> own)
                    .ifPresent(project -> parts.computeIfAbsent(project, first -> new ArrayList<>())
                            .add(edit.at(relative(path, project.path()))));
        }
        return parts;
    }

    /** A path in the folder {@code base}, which the client calls {@code cwd}. */
    private static String absolute(String path, @Nullable String cwd, String base) {
        if (!path.startsWith("/")) {
            return base + "/" + path;
        }
        return cwd != null && PathText.isAbove(cwd, path) ? base + path.substring(cwd.length()) : path;
    }

    private static String relative(String path, String root) {
        // A step up behind a link leads elsewhere than its text says.
        boolean isPlain = PathText.isAbove(root, path) || ("/" + path + "/").contains("/../");
        String shown = isPlain ? path : PathText.normal(path);
        return PathText.isAbove(root, shown) ? shown.substring(root.length() + 1) : shown;
    }

    private static Answer refused(RefusedException refusal) {
        return new Answer(DENIED, new PlainText("DTTP denied the tool call: " + refusal.getMessage()));
    }
}
