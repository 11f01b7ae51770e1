package dev.agenttower.core.agent;

import static dev.agenttower.core.agent.AgentBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AgentLookupTest {
    private final AgentBench bench = new AgentBench();
    private final AgentLookup lookup = new AgentLookup(bench.store);

    @Test
    void an_id_is_taken_as_it_is() {
        assertThat(lookup.id("agt_0123456789ab")).isEqualTo(new AgentId("agt_0123456789ab"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "agt_", "agt_0123456789AB", "agt_0123456789abc", "host-operator", "agt_0123456789ab\n"})
    void what_is_neither_id_nor_label_is_refused(String name) {
        bench.put(bench.agent(0, Role.SLAVE, null, true).described(Capability.CODEX, "host-operator", ""));
        bench.put(bench.agent(1, Role.SLAVE, null, true).described(Capability.CODEX, "", ""));
        assertThat(refusal(() -> lookup.id(name))).isEqualTo(ErrorCode.VALUE_OUT_OF_SET);
        assertThat(refusal(() -> lookup.find(name))).isEqualTo(ErrorCode.AGENT_NOT_FOUND);
    }

    @Test
    void a_label_names_the_active_agent_that_has_it() {
        Agent active = bench.agent(0, Role.SLAVE, null, true);
        Agent ended =
                bench.put(bench.agent(1, Role.SLAVE, null, false).described(Capability.CODEX, active.label(), ""));
        assertThat(lookup.find("label-0")).isEqualTo(active);
        assertThat(lookup.id("label-0")).isEqualTo(active.id());
        assertThat(lookup.find(ended.id().value())).isEqualTo(ended);
    }

    @Test
    void the_label_of_an_ended_agent_names_it_only_where_that_is_wanted() {
        Agent ended = bench.agent(0, Role.SLAVE, null, false);
        assertThat(lookup.idOfAny("label-0")).isEqualTo(ended.id());
        assertThatThrownBy(() -> lookup.id("label-0"))
                .hasMessage("\"label-0\" is no agent id, and no active agent has it as its label; see list-agents");
    }

    @Test
    void a_label_that_several_agents_have_names_none_of_them() {
        bench.agent(0, Role.SLAVE, null, true);
        bench.put(bench.agent(1, Role.SLAVE, null, true).described(Capability.CODEX, "label-0", ""));
        assertThat(refusal(() -> lookup.find("label-0"))).isEqualTo(ErrorCode.TARGET_LABEL_AMBIGUOUS);
        assertThat(refusal(() -> lookup.id("label-0"))).isEqualTo(ErrorCode.VALUE_OUT_OF_SET);
        assertThatThrownBy(() -> lookup.id("label-0"))
                .hasMessageContaining("agt_000000000000, agt_000000000001; name one by its id");
    }
}
