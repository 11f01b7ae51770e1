package dev.agenttower.http.api;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.BodyText;
import dev.agenttower.core.governance.hook.AgentClient;
import dev.agenttower.core.governance.hook.HookedAgents;
import dev.agenttower.core.governance.hook.ToolCall;
import dev.agenttower.core.governance.hook.ToolCaller;
import dev.agenttower.core.governance.hook.ToolVerdict;
import dev.agenttower.core.governance.human.AgentMarking;
import dev.agenttower.core.governance.human.SessionRoots;
import dev.agenttower.core.governance.registry.ProjectToolCalls;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.http.hook.AgentClients;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.PlainText;
import dev.agenttower.http.route.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Events of agents' hooks: {@code POST /hooks/{client}/{event}}. The body is the hook's input. A tool call that is about to be made is judged;
 * each event tells of the state of the agent in whose pane the client runs.
 *
 * <p>The status tells the hook its exit status and its stream: 200 is 0, with the text for stdout; 403 is 2, with the text for stderr, which all
 * clients take for a denial. The text is empty where there is no opinion, so that the client asks its user as usual, or tells the model what became of
 * its change requests. Everything else is a failure.
 */
public final class HookRoutes {
    private static final int DENIED = 403;
    private static final Answer NO_OPINION = Answer.ok(new PlainText(""));
    private static final String AGENT_PROCESS = "X-Agent-Process";
    private static final String GOVERNED = "X-Governed";
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,9}");

    private final Selection selection;
    private final ProjectToolCalls calls;
    private final AgentMarking marking;
    private final SessionRoots roots;
    private final HookedAgents agents;
    private final Callers callers;

    /**
     * Routes over these projects; the process of an agent that a hook names is marked as an agent's.
     *
     * @param home the home folder that {@code ~} names in commands of agents; empty if unknown
     */
    public HookRoutes(
            Selection selection,
            Callers callers,
            AgentMarking marking,
            SessionRoots roots,
            HookedAgents agents,
            String home) {
        this.callers = callers;
        this.agents = agents;
        this.selection = selection;
        this.calls = new ProjectToolCalls(selection.projects(), home);
        this.marking = marking;
        this.roots = roots;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.of("POST", "/hooks/{client}/{event}", this::take).refusing(HookRoutes::refused));
    }

    private Answer take(Call call) {
        AgentClient client = AgentClients.named(call.variable("client"))
                .orElseThrow(() -> RefusedException.invalid("there is no client of this name"));
        Optional<LiveProcess> process = agentProcess(call);
        process.ifPresent(root -> marking.markRoot(root, call.caller().lineage()));
        Map<String, @Nullable Object> input = call.body();
        Answer answer = judged(call, client, input);
        if (answer.status() != DENIED) { // a denied tool is not begun
            process.ifPresent(root -> hear(call, client, input, root));
        }
        return answer;
    }

    private void hear(Call call, AgentClient client, Map<String, @Nullable Object> input, LiveProcess process) {
        String event = call.variable("event");
        try {
            client.sign(event, input)
                    .ifPresent(sign -> agents.take(
                            sign,
                            client.spoken(event, input),
                            process,
                            call.caller().lineage()));
        } catch (StorageException e) {
            // What the state of the agent is must not decide whether its tool is used.
            return;
        }
    }

    private Answer judged(Call call, AgentClient client, Map<String, @Nullable Object> input) {
        if (!call.variable("event").equals(client.toolEvent())) {
            return withNews(call, client, input);
        }
        ToolCall announced = client.toolCall(input);
        if (!announced.mayChange() && selection.directory(call.caller().peer()) == null) {
            return NO_OPINION;
        }
        ToolCaller caller = caller(client, call, input);
        ToolVerdict verdict = calls.judge(announced, caller, folder(call), cwd(input), call.header(GOVERNED) != null);
        if (!verdict.objections().isEmpty()) {
            List<String> lines = new ArrayList<>(verdict.objections());
            lines.addAll(news(call, client, input));
            return new Answer(DENIED, new PlainText(String.join("\n", lines)));
        }
        return verdict.question() == null
                ? withNews(call, client, input)
                : Answer.ok(new PlainText(verdict.question()));
    }

    /** No opinion, with what the agent has not been told of its change requests. */
    private Answer withNews(Call call, AgentClient client, Map<String, @Nullable Object> input) {
        String event = call.variable("event");
        List<String> news = client.contextEvents().contains(event) ? news(call, client, input) : List.of();
        return news.isEmpty()
                ? NO_OPINION
                : Answer.ok(new PlainText(JsonForm.line(Map.of(
                        "hookSpecificOutput",
                        Map.of("hookEventName", event, "additionalContext", String.join("\n", news))))));
    }

    private List<String> news(Call call, AgentClient client, Map<String, @Nullable Object> input) {
        @Nullable String folder = selection.directory(call.caller().peer());
        return folder == null ? List.of() : calls.news(caller(client, call, input), folder, cwd(input));
    }

    private String folder(Call call) {
        @Nullable String folder = selection.directory(call.caller().peer());
        if (folder == null) {
            throw RefusedException.invalid(
                    "the working folder of the hook cannot be told, as that of processes in containers");
        }
        return folder;
    }

    private static @Nullable String cwd(Map<String, @Nullable Object> input) {
        @Nullable String cwd = BodyText.of(input, "cwd");
        return cwd == null || cwd.isEmpty() ? null : cwd;
    }

    /** The process that the hook names as that of its agent, if it is one above the hook. */
    private Optional<LiveProcess> agentProcess(Call call) {
        @Nullable String number = call.header(AGENT_PROCESS);
        return number == null || !NUMBER.matcher(number).matches()
                ? Optional.empty()
                : roots.find(Long.parseLong(number), call.caller().lineage(), ProcessMark::pid);
    }

    private ToolCaller caller(AgentClient client, Call call, Map<String, @Nullable Object> input) {
        boolean isOwn = client.hooksRunBelowAgent();
        @Nullable String agent = isOwn ? stated(call, "X-Agent") : null;
        return new ToolCaller(
                client,
                isOwn ? callers.name(call, agent == null ? client.agent() : agent) : client.agent(),
                isOwn ? stated(call, "X-Role") : null,
                isOwn ? stated(call, "X-Spec") : null,
                BodyText.of(input, "session_id"),
                call.caller().lineage());
    }

    private static @Nullable String stated(Call call, String header) {
        @Nullable String value = call.header(header);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static Answer refused(RefusedException refusal) {
        return new Answer(DENIED, new PlainText("DTTP denied the tool call: " + refusal.getMessage()));
    }
}
