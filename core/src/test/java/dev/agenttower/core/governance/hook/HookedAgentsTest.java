package dev.agenttower.core.governance.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.agent.state.Sign;
import dev.agenttower.core.agent.state.Sign.Kind;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.pane.PaneKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HookedAgentsTest {
    private static final AgentId A = new AgentId("agt_00000000000a");
    private static final AgentId B = new AgentId("agt_00000000000b");
    private static final LiveProcess TMUX = process(10, 10, 0);
    private static final LiveProcess SHELL = process(100, 100, 5);
    private static final LiveProcess CLIENT = process(200, 100, 5);
    // A hook has a kernel session of its own, and no terminal.
    private static final LiveProcess HOOK = process(300, 300, 0);

    private final List<AgentListing> agents = new ArrayList<>(List.of(agent(A, 100), agent(B, 900)));
    private final AgentStates states = new AgentStates(InstantSource.system(), Duration.ofDays(1));
    private final List<String> heard = new ArrayList<>();
    private final HookedAgents hooked =
            new HookedAgents(() -> agents, states, (agent, sign, spoken) -> heard.add(agent + " " + spoken));

    private static LiveProcess process(long pid, long session, long terminal) {
        return new LiveProcess(new ProcessMark(pid, pid), new KernelSession(session, session), terminal);
    }

    private static AgentListing agent(AgentId id, long panePid) {
        return agent(id, panePid, "");
    }

    private static AgentListing agent(AgentId id, long panePid, String label) {
        PaneKey pane = new PaneKey(new ContainerId("0".repeat(64)), "/tmp/s", "main", 0, 0, "%1");
        return new AgentListing(
                new Agent(id, pane, Role.SLAVE, Capability.CLAUDE, label, "", null, "{}", "", "", null, true),
                null,
                null,
                panePid,
                "/");
    }

    private AgentState take(Kind kind, LiveProcess client, LiveProcess... lineage) {
        hooked.take(new Sign(kind, "", "", "", ""), "text", client, List.of(lineage));
        return states.of(A).state();
    }

    @Test
    void a_hook_belongs_to_the_agent_in_whose_pane_its_client_runs() {
        assertThat(take(Kind.PROMPT_SUBMITTED, CLIENT, HOOK, CLIENT, SHELL, TMUX))
                .isEqualTo(AgentState.WORKING);
        assertThat(states.known()).containsExactly(A);
        assertThat(hooked.client(A)).contains(CLIENT.mark());
    }

    @Test
    void an_agent_has_the_name_of_its_label_unless_that_can_be_none() {
        List<LiveProcess> lineage = List.of(HOOK, CLIENT, SHELL, TMUX);
        for (String unusable : List.of("", " ", "HUMAN", "a\u202Eb")) {
            agents.set(0, agent(A, 100, unusable));
            assertThat(hooked.nameOf(lineage)).contains(A.value());
        }
        agents.set(0, agent(A, 100, "api"));
        assertThat(hooked.nameOf(lineage)).contains("api");
        assertThat(hooked.nameOf(List.of(process(501, 500, 6), SHELL, TMUX)))
                .as("below another terminal")
                .contains("api");
        assertThat(hooked.nameOf(List.of(process(700, 700, 9), TMUX))).isEmpty();
        assertThat(hooked.nameOf(List.of())).isEmpty();
    }

    @Test
    void a_client_may_be_the_process_of_the_pane_itself() {
        assertThat(take(Kind.PROMPT_SUBMITTED, SHELL, HOOK, SHELL, TMUX)).isEqualTo(AgentState.WORKING);
    }

    @Test
    void a_client_without_a_terminal_belongs_to_no_pane() {
        LiveProcess daemon = process(400, 400, 0);
        assertThat(take(Kind.PROMPT_SUBMITTED, daemon, HOOK, daemon, CLIENT, SHELL, TMUX))
                .isEqualTo(AgentState.UNKNOWN);
    }

    @Test
    void a_pane_beyond_another_terminal_is_not_that_of_the_client() {
        LiveProcess inner = process(500, 500, 6);
        LiveProcess client = process(501, 500, 6);
        assertThat(take(Kind.PROMPT_SUBMITTED, client, HOOK, client, inner, SHELL, TMUX))
                .isEqualTo(AgentState.UNKNOWN);
    }

    @Test
    void a_process_that_only_got_the_number_of_a_pane_is_no_pane() {
        LiveProcess reused = process(100, 7, 5);
        assertThat(take(Kind.PROMPT_SUBMITTED, CLIENT, HOOK, CLIENT, reused, TMUX))
                .isEqualTo(AgentState.UNKNOWN);
    }

    @Test
    void a_client_that_is_not_above_the_hook_tells_nothing() {
        assertThat(take(Kind.PROMPT_SUBMITTED, CLIENT, HOOK, SHELL, TMUX)).isEqualTo(AgentState.UNKNOWN);
    }

    @Test
    void a_client_that_the_agent_itself_started_tells_nothing_of_it() {
        take(Kind.PROMPT_SUBMITTED, CLIENT, HOOK, CLIENT, SHELL, TMUX);
        LiveProcess nested = process(250, 100, 5);
        for (Kind kind : List.of(Kind.TURN_ENDED, Kind.SESSION_ENDED)) {
            assertThat(take(kind, nested, HOOK, nested, CLIENT, SHELL, TMUX)).isEqualTo(AgentState.WORKING);
        }
        assertThat(take(Kind.TURN_ENDED, CLIENT, HOOK, CLIENT, SHELL, TMUX)).isEqualTo(AgentState.IDLE);
    }

    @Test
    void the_next_client_of_a_pane_takes_the_place_of_the_one_before() {
        take(Kind.SESSION_ENDED, CLIENT, HOOK, CLIENT, SHELL, TMUX);
        LiveProcess next = process(260, 100, 5);
        assertThat(take(Kind.PROMPT_SUBMITTED, next, HOOK, next, SHELL, TMUX)).isEqualTo(AgentState.WORKING);
        assertThat(hooked.client(A)).contains(next.mark());
    }

    @Test
    void the_clients_of_agents_that_are_gone_are_forgotten() {
        take(Kind.PROMPT_SUBMITTED, CLIENT, HOOK, CLIENT, SHELL, TMUX);
        agents.remove(0);
        take(Kind.PROMPT_SUBMITTED, CLIENT, HOOK, CLIENT, SHELL, TMUX);
        assertThat(hooked.client(A)).isEmpty();
    }
}
