package dev.agenttower.http.api;

import dev.agenttower.core.caller.ContainerFiles;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.BodyText;
import dev.agenttower.core.governance.hook.AgentClient;
import dev.agenttower.core.governance.hook.HookCalls;
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
import dev.agenttower.core.text.Text;
import dev.agenttower.core.time.Timestamps;
import dev.agenttower.http.hook.AgentClients;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.PlainText;
import dev.agenttower.http.route.Route;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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
    private final Function<Peer, Optional<ContainerFiles>> containers;
    private final Callers callers;
    private final HookCalls seen;

    /**
     * Routes over these projects; the process of an agent that a hook names is marked as an agent's.
     *
     * @param containers the files of a process in a container; empty if they cannot be looked at
     * @param clock the time of calls
     * @param home the home folder that {@code ~} names in commands of agents; empty if unknown
     */
    public HookRoutes(
            Selection selection,
            Function<Peer, Optional<ContainerFiles>> containers,
            Callers callers,
            AgentMarking marking,
            SessionRoots roots,
            HookedAgents agents,
            InstantSource clock,
            String home) {
        this.seen = new HookCalls(clock);
        this.containers = containers;
        this.callers = callers;
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
                Route.of("POST", "/api/hooks/{client}/{event}/verdict", this::ask),
                Route.of(
                        "GET",
                        "/api/hooks/calls",
                        call -> Answer.ok(Map.of("since", Timestamps.millis(seen.since()), "calls", calls()))));
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
            ToolVerdict verdict = verdict(questions, announced, caller(client, call, input), place(call), call, input);
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

    private List<SeenCall> calls() {
        return seen.last().stream()
                .map(call -> new SeenCall(
                        call.client(),
                        Text.singleLine(call.event(), 100),
                        Timestamps.millis(call.at()),
                        call.process()))
                .toList();
    }

    /** A call, as clients read it. */
    private record SeenCall(String client, String event, String at, long process) {}

    private static AgentClient client(Call call) {
        return AgentClients.named(call.variable("client"))
                .orElseThrow(() -> RefusedException.invalid("there is no client of this name"));
    }

    private Answer take(Call call) {
        AgentClient client = client(call);
        Optional<LiveProcess> process = agentProcess(call);
        seen.note(
                call.variable("client"),
                call.variable("event"),
                process.map(root -> root.mark().pid()).orElse(0L));
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
        String event = call.variable("event");
        boolean takesText = client.contextEvents().contains(event);
        if (!event.equals(client.toolEvent())) {
            return told(call, client, input, takesText);
        }
        ToolCall announced = client.toolCall(input);
        Place place = place(call);
        ToolCaller caller = caller(client, call, input);
        ToolVerdict verdict = verdict(calls, announced, caller, place, call, input);
        if (!verdict.objections().isEmpty()) {
            List<String> lines = new ArrayList<>(verdict.objections());
            lines.addAll(news(place, caller, input));
            return new Answer(DENIED, new PlainText(String.join("\n", lines)));
        }
        if (verdict.question() != null) {
            return Answer.ok(new PlainText(verdict.question()));
        }
        return takesText ? answer(event, news(place, caller, input)) : NO_OPINION;
    }

    /** What the agent has not been told; input that cannot be used tells who it is as little as what it asks. */
    private Answer told(Call call, AgentClient client, Map<String, @Nullable Object> input, boolean takesText) {
        String event = call.variable("event");
        try {
            if (event.equals(SESSION_END)) {
                ended(place(call), input);
            }
            return takesText ? answer(event, news(place(call), caller(client, call, input), input)) : NO_OPINION;
        } catch (RefusedException e) {
            return NO_OPINION;
        }
    }

    /** Where the process of a hook runs: in a folder of the host, in a container, or neither is known. */
    private record Place(@Nullable String folder, @Nullable ContainerFiles container) {}

    private Place place(Call call) {
        Peer peer = call.caller().peer();
        @Nullable String folder = selection.directory(peer);
        return new Place(folder, folder == null ? containers.apply(peer).orElse(null) : null);
    }

    private static ToolVerdict verdict(
            ProjectToolCalls judges,
            ToolCall announced,
            ToolCaller caller,
            Place place,
            Call call,
            Map<String, @Nullable Object> input) {
        boolean looksGoverned = call.header(GOVERNED) != null;
        if (place.folder != null) {
            return judges.judge(announced, caller, place.folder, cwd(input), looksGoverned);
        }
        if (place.container != null) {
            return judges.judge(announced, caller, place.container, cwd(input), looksGoverned);
        }
        if (announced.mayChange()) {
            throw RefusedException.invalid("the files of the hook's process cannot be looked at");
        }
        return ToolVerdict.NO_OPINION;
    }

    /** No opinion, with what the agent has not been told of its change requests. */
    private static Answer answer(String event, List<String> news) {
        return news.isEmpty()
                ? NO_OPINION
                : Answer.ok(new PlainText(JsonForm.line(Map.of(
                        "hookSpecificOutput",
                        Map.of("hookEventName", event, "additionalContext", String.join("\n", news))))));
    }

    private List<String> news(Place place, ToolCaller caller, Map<String, @Nullable Object> input) {
        if (place.folder != null) {
            return calls.news(caller, place.folder, cwd(input));
        }
        return place.container == null ? List.of() : calls.news(caller, place.container, cwd(input));
    }

    private void ended(Place place, Map<String, @Nullable Object> input) {
        @Nullable String session = session(input);
        if (place.folder != null && session != null) {
            calls.ended(session, place.folder, cwd(input));
        }
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

    private ToolCaller caller(AgentClient client, Call call, Map<String, @Nullable Object> input) {
        boolean isOwn = client.hooksRunBelowAgent();
        @Nullable String agent = isOwn ? stated(call, "X-Agent") : null;
        return new ToolCaller(
                client,
                isOwn ? callers.name(call, agent == null ? client.agent() : agent) : client.agent(),
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
