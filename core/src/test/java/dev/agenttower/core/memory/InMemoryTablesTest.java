package dev.agenttower.core.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.ContainerView;
import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.health.DashboardFigures;
import dev.agenttower.core.log.AttachmentSource;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.page.Direction;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.core.page.Position;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class InMemoryTablesTest {
    private static final String T1 = "2026-01-01T00:00:00Z";
    private static final String T2 = "2026-01-02T00:00:00Z";
    private static final String T3 = "2026-01-03T00:00:00Z";

    private final InMemoryTables tables = new InMemoryTables();

    private static BenchContainer bench(String id, String name, boolean active, String scanned) {
        return new BenchContainer(
                new ContainerId(id), name, "img", "running", Map.of(), List.of(), active, T1, scanned, "user:1", null);
    }

    private static PaneKey key(String bench, String socket, String session, int window, int index, String id) {
        return new PaneKey(new ContainerId(bench), socket, session, window, index, id);
    }

    private static PaneKey key(String bench, String id) {
        return key(bench, "/s", "main", 0, 0, id);
    }

    private static Pane pane(PaneKey key, boolean active, String scanned) {
        return new Pane(
                key, key.container() + "-name", "pane-user", 7, "tty", "bash", "/cwd", "t", true, active, T1, scanned);
    }

    private static AgentRow agent(String id, PaneKey pane, String role, String label, boolean active) {
        return agent(id, pane, role, label, active, T1, null);
    }

    private static AgentRow agent(
            String id, PaneKey pane, String role, String label, boolean active, String at, @Nullable String parent) {
        return new AgentRow(id, pane, role, "claude", label, "", parent, "{}", at, at, null, active);
    }

    private static LogAttachment log(String id, String agent, PaneKey pane, String status) {
        return new LogAttachment(
                id,
                new AgentId(agent),
                pane,
                "/l/" + id,
                AttachmentStatus.parse(status).orElseThrow(),
                AttachmentSource.EXPLICIT,
                "pipe-pane",
                null,
                T1,
                T1,
                null,
                null,
                T1);
    }

    @Nested
    class Transactions {
        @Test
        void what_throws_leaves_nothing_behind_and_is_passed_on() {
            tables.put(bench("a", "a", true, T1));

            assertThatThrownBy(() -> tables.containers().write(writes -> {
                        writes.deactivate(Set.of(new ContainerId("a")), T2);
                        throw new IllegalStateException("stop");
                    }))
                    .hasMessage("stop");

            assertThat(tables.containers().list(true)).containsExactly(bench("a", "a", true, T1));
        }

        @Test
        void nobody_sees_rows_before_their_commit() {
            tables.put(bench("a", "a", true, T1));

            tables.containers().write(writes -> {
                writes.deactivate(Set.of(new ContainerId("a")), T2);
                assertThat(writes.active()).isEmpty();
                assertThat(tables.containers().list(true)).hasSize(1);
                return true;
            });

            assertThat(tables.containers().list(true)).isEmpty();
        }

        @Test
        void a_transaction_within_a_transaction_is_a_fault() {
            assertThatThrownBy(() ->
                            tables.panes().write(outer -> tables.containers().write(inner -> true)))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void tables_that_are_told_to_fail_do() {
            tables.failWith("disk full");
            assertThatThrownBy(() -> tables.containers().list(false))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("disk full");
            assertThatThrownBy(() -> tables.agents().write(writes -> true)).hasMessage("disk full");

            tables.failWith(null);
            assertThat(tables.containers().list(false)).isEmpty();
        }
    }

    @Nested
    class Listings {
        @Test
        void benches_are_listed_active_first_then_latest_scanned_then_by_id() {
            tables.put(bench("b", "x", true, T1));
            tables.put(bench("a", "x", true, T1));
            tables.put(bench("c", "x", true, T2));
            tables.put(bench("d", "x", false, T3));

            assertThat(tables.containers().list(false))
                    .extracting(row -> row.id().value())
                    .containsExactly("c", "a", "b", "d");
            assertThat(tables.containers().list(true)).hasSize(3);
        }

        @Test
        void panes_are_listed_active_first_then_by_place() {
            tables.put(bench("a", "A", true, T1));
            tables.put(bench("b", "B", false, T1));
            List<PaneKey> keys = List.of(
                    key("a", "/s", "main", 0, 0, "%1"),
                    key("a", "/s", "main", 0, 10, "%2"),
                    key("a", "/s", "main", 2, 0, "%3"),
                    key("a", "/s", "main", 10, 0, "%4"),
                    key("a", "/s", "other", 0, 0, "%5"),
                    key("a", "/t", "main", 0, 0, "%6"),
                    key("b", "/s", "main", 0, 0, "%7"));
            List<PaneKey> shuffled = new ArrayList<>(keys);
            Collections.reverse(shuffled);
            shuffled.forEach(key -> tables.put(pane(key, true, T1)));
            tables.put(pane(key("a", "/a", "a", 0, 0, "%0"), false, T1));
            tables.put(pane(key("gone", "%9"), true, T1));

            assertThat(tables.panes().list(PaneFilter.ALL))
                    .extracting(row -> row.key().paneId())
                    .containsExactly("%1", "%2", "%3", "%4", "%5", "%6", "%7", "%0");
            assertThat(tables.panes().list(new PaneFilter(true, "A"))).hasSize(6);
            assertThat(tables.panes().list(new PaneFilter(false, "a"))).isEmpty();
        }

        @Test
        void panes_are_found_by_an_id_of_64_hex_digits_exactly() {
            String id = "AB".repeat(32);
            tables.put(bench(id, "A", true, T1));
            tables.put(pane(key(id, "%1"), true, T1));

            assertThat(tables.panes().list(new PaneFilter(false, id))).hasSize(1);
            assertThat(tables.panes().list(new PaneFilter(false, "ab".repeat(32))))
                    .isEmpty();
        }

        @Test
        void agents_are_listed_active_first_then_by_bench_parent_label_and_id() {
            tables.put(agent("6", key("a", "%6"), "shell", "", false));
            tables.put(agent("5", key("b", "%5"), "shell", "", true));
            tables.put(agent("4", key("a", "%4"), "swarm", "a", true, T1, "p"));
            tables.put(agent("3", key("a", "%3"), "shell", "b", true));
            tables.put(agent("2", key("a", "%2"), "shell", "a", true));
            tables.put(agent("1", key("a", "%1"), "slave", "a", true));

            assertThat(ids(AgentFilter.ALL)).containsExactly("1", "2", "3", "4", "5", "6");
            assertThat(ids(new AgentFilter(List.of(Role.SLAVE, Role.SWARM), null, false, null)))
                    .containsExactly("1", "4");
            assertThat(ids(new AgentFilter(List.of(), "b", false, null))).containsExactly("5");
            assertThat(ids(new AgentFilter(List.of(), null, true, null))).doesNotContain("6");
            assertThat(ids(new AgentFilter(List.of(), null, false, new AgentId("p"))))
                    .containsExactly("4");
        }

        private List<String> ids(AgentFilter filter) {
            return tables.agents().list(filter).stream()
                    .map(row -> row.agent().id().value())
                    .toList();
        }

        @Test
        void text_is_compared_by_code_points() {
            tables.put(bench("\uffee", "x", true, T1));
            tables.put(bench("😀", "x", true, T1));

            assertThat(tables.containers().list(false))
                    .extracting(row -> row.id().value())
                    .containsExactly("\uffee", "😀");
        }
    }

    @Nested
    class Agents {
        private final Agent agent = new Agent(
                new AgentId("agt_1"),
                key("a", "%1"),
                Role.SLAVE,
                Capability.CODEX,
                "l",
                "/p",
                null,
                "{}",
                T1,
                T1,
                null,
                true);

        @Test
        void what_is_known_of_bench_and_pane_is_joined_to_an_agent() {
            tables.put(agent);
            assertThat(find()).isEqualTo(new AgentListing(agent, null, null, null, null));

            tables.put(pane(agent.pane(), false, T1));
            assertThat(find()).isEqualTo(new AgentListing(agent, "a-name", "pane-user", 7L, "/cwd"));

            tables.put(bench("a", "A", false, T1));
            assertThat(find()).isEqualTo(new AgentListing(agent, "A", "user:1", 7L, "/cwd"));
        }

        private AgentListing find() {
            return tables.agents().find(agent.id()).orElseThrow();
        }

        @Test
        void neither_id_nor_pane_can_be_taken_twice() {
            tables.put(agent);

            assertThatThrownBy(() -> insert(agent)).isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> insert(new Agent(
                            new AgentId("agt_2"),
                            agent.pane(),
                            agent.role(),
                            agent.capability(),
                            "",
                            "",
                            null,
                            "{}",
                            T1,
                            T1,
                            null,
                            true)))
                    .isInstanceOf(StorageException.class);
        }

        private void insert(Agent agent) {
            tables.agents().write(writes -> {
                writes.insert(agent);
                return true;
            });
        }

        @Test
        void a_role_outside_the_closed_set_cannot_become_an_agent_but_is_shown_in_pages() {
            tables.put(agent("x", key("a", "%1"), "king", "l", true));

            assertThatThrownBy(() -> tables.agents().find(new AgentId("x")))
                    .isInstanceOf(StorageException.class)
                    .hasMessage("agent 'x' has the unknown role 'king'");
            AgentView view = tables.directory().agent(new AgentId("x")).orElseThrow();
            assertThat(view.role()).isEqualTo("king");
            assertThat(view.rolePriority()).isEqualTo(99);
        }
    }

    @Nested
    class Pages {
        @Test
        void benches_are_counted_sorted_and_cut() {
            tables.put(bench("1", "b", true, T1));
            tables.put(bench("2", "a", false, T2));
            tables.put(bench("3", "b", true, T3));
            tables.put(pane(key("1", "%1"), true, T1));
            tables.put(pane(key("1", "%2"), false, T1));
            tables.put(agent("x", key("1", "%9"), "slave", "l", true));

            Page<ContainerView> first = tables.directory().page(benches(2, Direction.ASC, null, null));
            assertThat(first.total()).isEqualTo(3);
            assertThat(first.rows()).extracting(ContainerView::containerId).containsExactly("2", "1");
            assertThat(first.rows().get(1).paneCount()).isEqualTo(1);
            assertThat(first.rows().get(1).registeredAgentCount()).isEqualTo(1);

            Page<ContainerView> second = tables.directory().page(benches(2, Direction.ASC, null, first.next()));
            assertThat(second.rows()).extracting(ContainerView::containerId).containsExactly("3");
            assertThat(second.total()).isEqualTo(3);
            assertThat(second.next()).isNull();

            assertThat(tables.directory()
                            .page(benches(9, Direction.DESC, null, null))
                            .rows())
                    .extracting(ContainerView::containerId)
                    .containsExactly("3", "1", "2");
            assertThat(tables.directory()
                            .page(benches(9, Direction.ASC, true, null))
                            .rows())
                    .hasSize(2);
        }

        private PageRequest<ContainerView> benches(
                int limit, Direction direction, @Nullable Boolean active, @Nullable Position after) {
            PageRequest<ContainerView> page =
                    ContainerView.LIST.page(limit).by("name", direction).after(after);
            return active == null ? page : page.where("state", active ? "active" : "inactive");
        }

        @Test
        void a_state_that_no_bench_is_in_shows_nothing() {
            tables.put(bench("1", "b", true, T1));
            assertThat(tables.directory()
                            .page(ContainerView.LIST.page(1).where("state", "degraded_scan"))
                            .total())
                    .isZero();
        }

        @Test
        void a_walk_shows_each_row_that_stays_once_while_others_come_and_go() {
            tables.put(bench("a", "A", true, T1));
            for (int i = 10; i < 30; i++) {
                tables.put(pane(key("a", "/s", "main", i, 0, "%" + i), true, T1));
            }
            List<String> shown = new ArrayList<>();
            Position after = null;
            do {
                Page<PaneView> page = tables.directory().page(panes(after));
                page.rows().forEach(row -> shown.add(row.key().paneId()));
                after = page.next();
                tables.put(pane(key("a", "/s", "main", 0, shown.size(), "%0" + shown.size()), true, T1));
            } while (after != null);

            assertThat(shown).hasSize(20).doesNotHaveDuplicates().isSorted();
        }

        private PageRequest<PaneView> panes(@Nullable Position after) {
            return PaneView.LIST.page(3).after(after);
        }

        @Test
        void a_position_of_another_order_is_refused() {
            assertThatThrownBy(() -> tables.directory().page(panes(new Position(List.of("x")))))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void panes_tell_their_active_agent_and_are_filtered_by_it() {
            tables.put(bench("a", "A", true, T1));
            tables.put(pane(key("a", "%1"), true, T1));
            tables.put(pane(key("a", "%2"), true, T1));
            tables.put(agent("x", key("a", "%1"), "slave", "l", true));
            tables.put(agent("y", key("a", "%2"), "slave", "l", false));

            assertThat(registered(true)).containsExactly("%1");
            assertThat(registered(false)).containsExactly("%2");
            assertThat(tables.directory().pane("%1", null, null).orElseThrow().agentId())
                    .isEqualTo("x");
        }

        private List<String> registered(boolean registered) {
            return tables
                    .directory()
                    .page(PaneView.LIST
                            .page(9)
                            .by("discovered_at", Direction.ASC)
                            .where("container_id", "A")
                            .where("registered", registered))
                    .rows()
                    .stream()
                    .map(row -> row.key().paneId())
                    .toList();
        }

        @Test
        void one_pane_is_the_first_active_one_with_the_id_unless_narrowed() {
            tables.put(bench("a", "A", true, T1));
            tables.put(bench("b", "B", true, T1));
            tables.put(pane(key("a", "%1"), false, T1));
            tables.put(pane(key("b", "/s", "x", 0, 0, "%1"), true, T1));
            tables.put(pane(key("b", "/t", "x", 0, 0, "%1"), true, T1));

            assertThat(find(null, null)).isEqualTo(key("b", "/s", "x", 0, 0, "%1"));
            assertThat(find("a", null)).isEqualTo(key("a", "%1"));
            assertThat(find(null, "/t")).isEqualTo(key("b", "/t", "x", 0, 0, "%1"));
            assertThat(tables.directory().pane("%7", null, null)).isEmpty();
        }

        private PaneKey find(@Nullable String bench, @Nullable String socket) {
            return tables.directory()
                    .pane("%1", bench == null ? null : new ContainerId(bench), socket)
                    .orElseThrow()
                    .key();
        }

        @Test
        void agents_are_sorted_by_role_then_registration_and_filtered() {
            tables.put(agent("1", key("abc", "%1"), "shell", "l", true, T1, null));
            tables.put(agent("2", key("abd", "%2"), "master", "l", true, T3, null));
            tables.put(agent("3", key("abd", "%3"), "master", "l", false, T2, null));
            tables.put(pane(key("abd", "%2"), true, T1));
            tables.put(log("lat", "2", key("abd", "%2"), "active"));
            tables.put(log("old", "1", key("abc", "%1"), "stale"));

            assertThat(agents(AgentView.LIST.page(9).by("default", Direction.ASC)))
                    .containsExactly("3", "2", "1");
            assertThat(agents(AgentView.LIST.page(9).by("registered_at", Direction.ASC)))
                    .containsExactly("1", "3", "2");
            assertThat(agents(AgentView.LIST.page(9).by("role", Direction.ASC))).containsExactly("2", "3", "1");
            assertThat(agents("role", "role", "master")).containsExactly("2", "3");
            assertThat(agents("role", "capability", "codex")).isEmpty();
            assertThat(agents("role", "container_id", "abc")).containsExactly("1");
            assertThat(agents("role", "log_attached", true)).containsExactly("2");
            AgentView view = tables.directory().agent(new AgentId("2")).orElseThrow();
            assertThat(view.logAttached()).isTrue();
            assertThat(view.paneActive()).isTrue();
        }

        private List<String> agents(String order, String filter, Object value) {
            return agents(AgentView.LIST.page(9).by(order, Direction.ASC).where(filter, value));
        }

        private List<String> agents(PageRequest<AgentView> request) {
            return tables.directory().page(request).rows().stream()
                    .map(AgentView::agentId)
                    .toList();
        }
    }

    @Nested
    class Figures {
        @Test
        void empty_tables_have_every_key_and_no_figure() {
            DashboardFigures figures = tables.dashboard().read(10);

            assertThat(figures.agentsByRole())
                    .containsOnlyKeys("master", "slave", "swarm", "test-runner", "shell", "unknown")
                    .allSatisfy((role, count) -> assertThat(count).isZero());
            assertThat(figures.queueByState()).containsOnlyKeys("queued", "blocked", "delivered", "canceled", "failed");
            assertThat(figures.firstActiveContainer()).isNull();
            assertThat(figures.firstAdoptablePane()).isNull();
            assertThat(figures.oldestBlockedMessage()).isNull();
        }

        @Test
        void panes_and_agents_are_counted_by_bench_and_tmux_id() {
            tables.put(bench("a", "A", true, T1));
            tables.put(bench("b", "B", false, T1));
            tables.put(pane(key("a", "%0"), true, T1));
            tables.put(pane(key("a", "%1"), true, T1));
            tables.put(pane(key("a", "%2"), false, T1));
            tables.put(pane(key("b", "%0"), true, T1));
            tables.put(pane(key("gone", "%0"), true, T1));
            tables.put(agent("1", key("a", "/other", "s", 0, 0, "%0"), "slave", "l", true));
            tables.put(agent("2", key("b", "%0"), "slave", "l", true));
            tables.put(agent("3", key("a", "%1"), "unknown", "l", false));
            tables.put(agent("4", key("a", "%2"), "master", "unknown", true));
            tables.put(log("lat_1", "1", key("a", "%0"), "active"));
            tables.put(log("lat_2", "2", key("b", "%0"), "stale"));

            DashboardFigures figures = tables.dashboard().read(10);

            assertThat(figures.containers()).isEqualTo(new DashboardFigures.Containers(1, 1));
            assertThat(figures.panes()).isEqualTo(new DashboardFigures.Panes(5, 3, 1, 2));
            assertThat(figures.agents()).isEqualTo(new DashboardFigures.Agents(4, 2, 1, 1));
            assertThat(figures.agentsByRole()).containsEntry("slave", 2L).containsEntry("unknown", 1L);
            assertThat(figures.logAttachments()).isEqualTo(new DashboardFigures.LogAttachments(1, 1));
            assertThat(figures.firstActiveContainer()).isEqualTo("a");
            assertThat(figures.firstAdoptablePane()).isEqualTo("%0");
        }

        @Test
        void recent_rows_come_latest_first() {
            tables.put(new EventRow(9, "activity", "agt_1", T1));
            tables.put(new EventRow(10, "error", "agt_1", T1));
            tables.put(new MessageRow("m1", "blocked", "direct", "agt_1", T1));
            tables.put(new MessageRow("m2", "blocked", "route", "agt_1", T2));
            tables.put(new MessageRow("m3", "queued", "route", "agt_1", T3));
            tables.put(new RouteRow("r1", true, T2));
            tables.put(new RouteRow("r2", false, T2));

            DashboardFigures figures = tables.dashboard().read(2);

            assertThat(figures.events()).isEqualTo(2);
            assertThat(figures.recentEvents())
                    .extracting(DashboardFigures.RecentEvent::id)
                    .containsExactly(10L, 9L);
            assertThat(figures.recentMessages())
                    .extracting(DashboardFigures.RecentMessage::id)
                    .containsExactly("m3", "m2");
            assertThat(figures.recentRoutes())
                    .extracting(DashboardFigures.RecentRoute::id)
                    .containsExactly("r2", "r1");
            assertThat(figures.routes()).isEqualTo(new DashboardFigures.Routes(1, 1));
            assertThat(figures.oldestBlockedMessage()).isEqualTo("m1");
            assertThat(figures.queueByState()).containsEntry("blocked", 2L);
        }
    }
}
