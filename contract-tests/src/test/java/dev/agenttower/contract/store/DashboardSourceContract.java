package dev.agenttower.contract.store;

import static dev.agenttower.contract.store.StoredRows.agent;
import static dev.agenttower.contract.store.StoredRows.at;
import static dev.agenttower.contract.store.StoredRows.attachment;
import static dev.agenttower.contract.store.StoredRows.container;
import static dev.agenttower.contract.store.StoredRows.id;
import static dev.agenttower.contract.store.StoredRows.key;
import static dev.agenttower.contract.store.StoredRows.pane;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.health.DashboardFigures;
import dev.agenttower.core.health.DashboardSource;
import dev.agenttower.core.memory.EventRow;
import dev.agenttower.core.memory.MessageRow;
import dev.agenttower.core.memory.RouteRow;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link DashboardSource} promises. */
abstract class DashboardSourceContract extends StoreContract {
    @Test
    void empty_tables_have_zeros_for_everything() {
        DashboardFigures figures = figures();
        assertThat(figures)
                .isEqualTo(new DashboardFigures(
                        new DashboardFigures.Containers(0, 0),
                        new DashboardFigures.Panes(0, 0, 0, 0),
                        new DashboardFigures.Agents(0, 0, 0, 0),
                        Map.of("master", 0L, "slave", 0L, "swarm", 0L, "test-runner", 0L, "shell", 0L, "unknown", 0L),
                        new DashboardFigures.LogAttachments(0, 0),
                        0,
                        Map.of("queued", 0L, "blocked", 0L, "delivered", 0L, "canceled", 0L, "failed", 0L),
                        new DashboardFigures.Routes(0, 0),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        null,
                        null));
    }

    @Test
    void roles_and_states_are_in_their_order() {
        assertThat(figures().agentsByRole().keySet())
                .containsExactly("master", "slave", "swarm", "test-runner", "shell", "unknown");
        assertThat(figures().queueByState().keySet())
                .containsExactly("queued", "blocked", "delivered", "canceled", "failed");
    }

    @Test
    void counts_benches_by_activity() {
        tables.put(container("b", true));
        tables.put(container("a", true));
        tables.put(container("0", false));
        assertThat(figures().containers()).isEqualTo(new DashboardFigures.Containers(2, 1));
        assertThat(figures().firstActiveContainer()).isEqualTo("a");
    }

    @Test
    void counts_three_panes_of_which_one_is_registered() {
        tables.put(container("c1", true));
        for (int i = 0; i < 3; i++) {
            tables.put(pane(key("c1", i), true));
        }
        tables.put(agent("a1", key("c1", 0), Role.MASTER, Capability.SHELL, "agent", true));
        assertThat(figures().panes()).isEqualTo(new DashboardFigures.Panes(3, 1, 1, 0));
        assertThat(figures().panes().unregistered()).isEqualTo(2);
        assertThat(figures().firstAdoptablePane()).isEqualTo("%1");
    }

    @Test
    void counts_a_pane_as_registered_by_container_and_tmux_id() {
        tables.put(container("a", true));
        tables.put(container("off", false));
        PaneKey other = new PaneKey(id("a"), "/tmp/other", "elsewhere", 7, 7, "%1");
        tables.put(pane(key("a", 1), true));
        tables.put(pane(other, false));
        tables.put(pane(key("off", 1), true));
        tables.put(pane(key("a", 2), true));
        tables.put(agent("one", key("a", 1), true));
        tables.put(agent("two", new PaneKey(id("a"), "/tmp/third", "s", 0, 0, "%1"), true));
        tables.put(agent("three", key("off", 1), true));
        tables.put(agent("four", key("a", 2), false));
        assertThat(figures().panes()).isEqualTo(new DashboardFigures.Panes(4, 3, 1, 2));
    }

    @Test
    void counts_panes_as_inactive_that_are_or_whose_bench_is_if_the_bench_is_known() {
        tables.put(container("on", true));
        tables.put(container("off", false));
        tables.put(pane(key("on", 1), true));
        tables.put(pane(key("on", 2), false));
        tables.put(pane(key("off", 1), true));
        tables.put(pane(key("off", 2), false));
        tables.put(pane(key("gone", 1), false));
        assertThat(figures().panes()).isEqualTo(new DashboardFigures.Panes(5, 0, 0, 3));
    }

    @Test
    void the_first_adoptable_pane_is_active_on_an_active_bench_and_without_an_active_agent() {
        tables.put(container("on", true));
        tables.put(container("off", false));
        tables.put(pane(key("off", 0), true));
        tables.put(pane(key("gone", 0), true));
        tables.put(pane(key("on", 1), false));
        tables.put(pane(key("on", 2), true));
        tables.put(agent("one", key("on", 2), true));
        assertThat(figures().firstAdoptablePane()).isNull();
        tables.put(pane(key("on", 10), true));
        tables.put(pane(key("on", 3), true));
        assertThat(figures().firstAdoptablePane()).isEqualTo("%3");
        tables.put(pane(key("on", 1), true));
        tables.put(agent("off", key("on", 1), false));
        assertThat(figures().firstAdoptablePane()).isEqualTo("%1");
    }

    @Test
    void a_pane_of_a_second_tmux_server_is_adoptable_though_another_has_its_id() {
        tables.put(container("a", true));
        PaneKey adopted = new PaneKey(id("a"), "/tmp/one", "main", 0, 0, "%0");
        PaneKey other = new PaneKey(id("a"), "/tmp/two", "main", 0, 0, "%0");
        tables.put(pane(adopted, true));
        tables.put(pane(other, true));
        tables.put(agent("one", adopted, true));
        assertThat(figures().panes()).isEqualTo(new DashboardFigures.Panes(2, 2, 2, 0));
        assertThat(figures().firstAdoptablePane()).isEqualTo("%0");
    }

    @Test
    void counts_agents_by_state_and_role() {
        tables.put(container("on", true));
        tables.put(container("off", false));
        tables.put(agent("full", key("on", 1), true));
        tables.put(agent("full, off", key("on", 2), false));
        tables.put(agent("full, bench off", key("off", 3), true));
        tables.put(agent("full, bench gone", key("gone", 4), true));
        tables.put(agent("no role", key("on", 5), Role.UNKNOWN, Capability.CLAUDE, "x", true));
        tables.put(agent("no capability", key("on", 6), Role.MASTER, Capability.UNKNOWN, "x", false));
        tables.put(agent("no label", key("on", 7), Role.SHELL, Capability.SHELL, "", true));
        tables.put(agent("label unknown", key("on", 8), Role.SHELL, Capability.SHELL, "unknown", true));
        tables.put(attachment("lat_1", "full", key("on", 1), "active"));
        tables.put(attachment("lat_2", "full", key("on", 1), "active"));
        tables.put(attachment("lat_3", "no role", key("on", 5), "stale"));
        tables.put(attachment("lat_4", "nobody", key("on", 9), "active"));
        assertThat(figures().agents()).isEqualTo(new DashboardFigures.Agents(8, 4, 1, 1));
        assertThat(figures().agentsByRole())
                .containsEntry("slave", 4L)
                .containsEntry("shell", 2L)
                .containsEntry("master", 1L)
                .containsEntry("unknown", 1L)
                .containsEntry("swarm", 0L);
        assertThat(figures().logAttachments()).isEqualTo(new DashboardFigures.LogAttachments(3, 1));
    }

    @Test
    void counts_events_and_shows_the_latest_by_id() {
        for (int i = 1; i <= 12; i++) {
            tables.put(new EventRow(i, "completed", "agent-" + i, at(60 - i)));
        }
        DashboardFigures figures = tables.dashboard().read(2);
        assertThat(figures.events()).isEqualTo(12);
        assertThat(figures.recentEvents())
                .containsExactly(
                        new DashboardFigures.RecentEvent(12, at(48), "completed", "agent-12"),
                        new DashboardFigures.RecentEvent(11, at(49), "completed", "agent-11"));
        assertThat(tables.dashboard().read(50).recentEvents()).hasSize(12);
    }

    @Test
    void counts_messages_and_shows_the_latest_by_time() {
        tables.put(new MessageRow("m1", "queued", "direct", "a", at(5)));
        tables.put(new MessageRow("m2", "blocked", "route", "b", at(4)));
        tables.put(new MessageRow("m3", "blocked", "direct", "c", at(3)));
        tables.put(new MessageRow("m0", "blocked", "direct", "d", at(3)));
        tables.put(new MessageRow("m4", "delivered", "direct", "e", at(9)));
        DashboardFigures figures = tables.dashboard().read(3);
        assertThat(figures.queueByState())
                .isEqualTo(Map.of("queued", 1L, "blocked", 3L, "delivered", 1L, "canceled", 0L, "failed", 0L));
        assertThat(figures.recentMessages())
                .containsExactly(
                        new DashboardFigures.RecentMessage("m4", at(9), "direct", "delivered", "e"),
                        new DashboardFigures.RecentMessage("m1", at(5), "direct", "queued", "a"),
                        new DashboardFigures.RecentMessage("m2", at(4), "route", "blocked", "b"));
        assertThat(figures.oldestBlockedMessage()).isEqualTo("m0");
    }

    @Test
    void counts_routes_and_shows_the_latest_by_time_and_id() {
        tables.put(new RouteRow("r1", true, at(1)));
        tables.put(new RouteRow("r2", false, at(2)));
        tables.put(new RouteRow("r3", true, at(2)));
        DashboardFigures figures = tables.dashboard().read(2);
        assertThat(figures.routes()).isEqualTo(new DashboardFigures.Routes(2, 1));
        assertThat(figures.recentRoutes())
                .containsExactly(
                        new DashboardFigures.RecentRoute("r3", at(2), true),
                        new DashboardFigures.RecentRoute("r2", at(2), false));
    }

    @Test
    void shows_what_others_wrote_at_once() {
        DashboardSource source = tables.dashboard();
        for (int i = 0; i < 5; i++) {
            assertThat(source.read(10).containers().active()).isEqualTo(i);
            tables.put(container("c" + i, true));
        }
    }

    @Test
    void shows_what_the_stores_wrote_at_once() {
        DashboardSource source = tables.dashboard();
        for (int i = 0; i < 5; i++) {
            assertThat(source.read(10).agents().total()).isEqualTo(i);
            String agent = "a" + i;
            PaneKey key = key("a", i);
            tables.agents().write(writes -> {
                writes.insert(agent(agent, key, true));
                return 0;
            });
        }
    }

    private DashboardFigures figures() {
        return tables.dashboard().read(10);
    }
}
