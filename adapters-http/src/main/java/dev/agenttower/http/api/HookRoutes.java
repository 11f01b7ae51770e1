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
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.core.governance.registry.ProjectToolCalls;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.http.hook.AgentClients;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.PlainText;
import dev.agenttower.http.route.Route;
import java.nio.charset.StandardCharsets;
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
    /** So named by all clients. */
    private static final String SESSION_END = "SessionEnd";

    private static final String GOVERNED = "X-Governed";
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,9}");

    private final Selection selection;
    private final ProjectToolCalls calls;
    private final ProjectToolCalls questions;
    private final AgentMarking marking;
    private final SessionRoots roots;
    private final HookedAgents agents;

    /**
     * Routes over these projects; the process of an agent that a hook names is marked as an agent's.
     *
     * @param home the home folder that {@code ~} names in commands of agents; empty if unknown
     */
    public HookRoutes(Selection selection, AgentMarking marking, SessionRoots roots, HookedAgents agents, String home) {
        this.agents = agents;
        this.selection = selection;
        this.calls = new ProjectToolCalls(selection.projects(), GovernedProject::toolJudgement, home);
        this.questions = new ProjectToolCalls(selection.projects(), GovernedProject::toolQuestion, home);
        this.marking = marking;
        this.roots = roots;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.of("POST", "/hooks/{client}/{event}", this::take).refusing(HookRoutes::refused),
                Route.of("POST", "/api/hooks/{client}/{event}/verdict", this::ask));
    }

    /** Answers what {@link #take} would, as a question that leaves no trace. */
    private Answer ask(Call call) {
        AgentClient client = client(call);
        Map<String, @Nullable Object> input = call.body();
        if (!call.variable("event").equals(client.toolEvent())) {
            return Answer.ok(new Verdict(0, "", "", List.of()));
        }
        try {
            ToolCall announced = client.toolCall(input);
            if (isOutOfReach(announced, call)) {
                return Answer.ok(new Verdict(0, "", announced.tool(), List.of()));
            }
            ToolVerdict verdict = questions.judge(
                    announced, caller(client, call, input), folder(call), cwd(input), call.header(GOVERNED) != null);
            boolean isDenied = !verdict.objections().isEmpty();
            String text = isDenied ? String.join("\n", verdict.objections()) : verdict.question();
            return Answer.ok(
                    new Verdict(isDenied ? 2 : 0, text == null ? "" : text, announced.tool(), verdict.paths()));
        } catch (RefusedException e) {
            return Answer.ok(new Verdict(2, denial(e), "", List.of()));
        }
    }

    /**
     * What a hook would do.
     *
     * @param exitStatus its exit status
     * @param text what it would print: on stderr for a status of 2, else on stdout; empty for nothing
     * @param tool the tool; empty where the event announces none
     */
    private record Verdict(int exitStatus, String text, String tool, List<ToolVerdict.Judged> paths) {}

    private static AgentClient client(Call call) {
        return AgentClients.named(call.variable("client"))
                .orElseThrow(() -> RefusedException.invalid("there is no client of this name"));
    }

    private Answer take(Call call) {
        AgentClient client = client(call);
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
        if (call.variable("event").equals(SESSION_END)) {
            ended(call, input);
        }
        if (!call.variable("event").equals(client.toolEvent())) {
            return withNews(call, client, input);
        }
        ToolCall announced = client.toolCall(input);
        if (isOutOfReach(announced, call)) {
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

    private boolean isOutOfReach(ToolCall announced, Call call) {
        return !announced.mayChange() && selection.directory(call.caller().peer()) == null;
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

    private void ended(Call call, Map<String, @Nullable Object> input) {
        @Nullable String folder = selection.directory(call.caller().peer());
        @Nullable String session = session(input);
        if (folder != null && session != null) {
            calls.ended(session, folder, cwd(input));
        }
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
        return unlessEmpty(BodyText.of(input, "cwd"));
    }

    private static @Nullable String session(Map<String, @Nullable Object> input) {
        return unlessEmpty(BodyText.of(input, "session_id"));
    }

    private static @Nullable String unlessEmpty(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    /** The process that the hook names as that of its agent, if it is one above the hook. */
    private Optional<LiveProcess> agentProcess(Call call) {
        @Nullable String number = call.header(AGENT_PROCESS);
        return number == null || !NUMBER.matcher(number).matches()
                ? Optional.empty()
                : roots.find(Long.parseLong(number), call.caller().lineage(), ProcessMark::pid);
    }

    private static ToolCaller caller(AgentClient client, Call call, Map<String, @Nullable Object> input) {
        boolean isOwn = client.hooksRunBelowAgent();
        @Nullable String agent = isOwn ? stated(call, "X-Agent") : null;
        return new ToolCaller(
                client,
                agent == null ? client.agent() : agent,
                isOwn ? stated(call, "X-Role") : null,
                isOwn ? stated(call, "X-Spec") : null,
                session(input),
                call.caller().lineage());
    }

    private static @Nullable String stated(Call call, String header) {
        @Nullable String value = call.header(header);
        if (value == null || value.isBlank()) {
            return null;
        }
        // A header is read byte by byte, and the hook sends names as they are, in UTF-8.
        return new String(value.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
    }

    private static String denial(RefusedException refusal) {
        return "DTTP denied the tool call: " + refusal.getMessage();
    }

    private static Answer refused(RefusedException refusal) {
        return new Answer(DENIED, new PlainText(denial(refusal)));
    }
}
