package dev.agenttower.contract.store;

import static dev.agenttower.contract.store.StoredRows.SOCKET;
import static dev.agenttower.contract.store.StoredRows.agent;
import static dev.agenttower.contract.store.StoredRows.at;
import static dev.agenttower.contract.store.StoredRows.attachment;
import static dev.agenttower.contract.store.StoredRows.container;
import static dev.agenttower.contract.store.StoredRows.id;
import static dev.agenttower.contract.store.StoredRows.key;
import static dev.agenttower.contract.store.StoredRows.member;
import static dev.agenttower.contract.store.StoredRows.pane;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.directory.AgentCriteria;
import dev.agenttower.core.directory.AgentOrder;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.ContainerCriteria;
import dev.agenttower.core.directory.ContainerOrder;
import dev.agenttower.core.directory.ContainerView;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.directory.PaneCriteria;
import dev.agenttower.core.directory.PaneOrder;
import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.page.Direction;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.core.page.Position;
import dev.agenttower.core.page.Sort;
import dev.agenttower.core.pane.PaneKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Directory} promises. Pages while rows come and go have a suite of their own. */
abstract class DirectoryContract extends StoreContract {
    static final String HEX = "c".repeat(64);

    @Nested
    class DockerAndTmux {
        @Test
        void shows_all_of_a_bench_with_its_active_panes_and_agents() {
            tables.put(container("a", "name", true, at(1), at(2)));
            tables.put(pane(key("a", 1), true));
            tables.put(pane(key("a", 2), true));
            tables.put(pane(key("a", 3), false));
            tables.put(pane(key("b", 1), true));
            tables.put(agent("one", key("a", 1), true));
            tables.put(agent("off", key("a", 2), false));
            ContainerView view = new ContainerView("a", "name", true, "image", at(1), at(2), 2, 1);
            assertThat(tables.directory().container(id("a"))).contains(view);
            assertThat(tables.directory()
                            .containers(benches(ContainerOrder.NAME))
                            .rows())
                    .containsExactly(view);
        }

        @Test
        void finds_nothing_where_there_is_nothing() {
            assertThat(tables.directory().container(id("a"))).isEmpty();
            Page<ContainerView> page = tables.directory().containers(benches(ContainerOrder.NAME));
            assertThat(page).isEqualTo(new Page<ContainerView>(List.of(), 0, null));
        }

        @Test
        void sorts_by_each_order() {
            tables.put(container("a", "z", true, at(2), at(5)));
            tables.put(container("b", "y", false, at(1), at(6)));
            tables.put(container("c", "y", true, at(3), at(4)));
            assertThat(ids(ContainerOrder.NAME)).containsExactly("b", "c", "a");
            assertThat(ids(ContainerOrder.FIRST_SEEN_AT)).containsExactly("b", "a", "c");
            assertThat(ids(ContainerOrder.LAST_SCANNED_AT)).containsExactly("c", "a", "b");
        }

        @Test
        void filters_by_activity() {
            tables.put(container("on", true));
            tables.put(container("off", false));
            assertThat(filtered(new ContainerCriteria(true, false))).containsExactly("on");
            assertThat(filtered(new ContainerCriteria(false, false))).containsExactly("off");
            assertThat(filtered(new ContainerCriteria(null, true))).isEmpty();
            assertThat(filtered(new ContainerCriteria(true, true))).isEmpty();
        }

        private List<String> ids(ContainerOrder order) {
            return tables.directory().containers(benches(order)).rows().stream()
                    .map(ContainerView::containerId)
                    .toList();
        }

        private List<String> filtered(ContainerCriteria criteria) {
            Page<ContainerView> page = tables.directory()
                    .containers(new PageRequest<>(50, new Sort<>(ContainerOrder.NAME, Direction.ASC), criteria, null));
            assertThat(page.total()).isEqualTo(page.rows().size());
            return page.rows().stream().map(ContainerView::containerId).toList();
        }

        private static PageRequest<ContainerCriteria, ContainerOrder> benches(ContainerOrder order) {
            return new PageRequest<>(50, new Sort<>(order, Direction.ASC), ContainerCriteria.ALL, null);
        }
    }

    @Nested
    class Panes {
        @Test
        void shows_all_of_a_pane_and_its_active_agent() {
            tables.put(container("a", true));
            tables.put(pane(key("a", 1), "stored name", false, at(1), at(2)));
            tables.put(agent("one", key("a", 1), true));
            PaneView view = new PaneView(key("a", 1), "stored name", "one", at(1), at(2));
            assertThat(view.registered()).isTrue();
            assertThat(tables.directory().pane("%1", null, null)).contains(view);
            assertThat(rows(PaneOrder.DEFAULT, PaneCriteria.ALL)).containsExactly(view);
        }

        @Test
        void an_agent_counts_only_for_the_pane_of_its_whole_key_and_only_while_active() {
            tables.put(container("a", true));
            PaneKey other = new PaneKey(id("a"), "/tmp/other", "main", 1, 0, "%1");
            tables.put(pane(key("a", 1), true));
            tables.put(pane(other, true));
            tables.put(pane(key("a", 2), true));
            tables.put(agent("one", other, true));
            tables.put(agent("off", key("a", 2), false));
            assertThat(rows(PaneOrder.DEFAULT, PaneCriteria.ALL))
                    .filteredOn(PaneView::registered)
                    .extracting(PaneView::key)
                    .containsExactly(other);
        }

        @Test
        void sorts_by_place_comparing_indexes_as_numbers() {
            tables.put(container("a", true));
            tables.put(container("b", true));
            List<PaneKey> ordered = List.of(
                    new PaneKey(id("b"), SOCKET, "s", 0, 0, "%9"),
                    new PaneKey(id("a"), SOCKET, "s", 2, 0, "%8"),
                    new PaneKey(id("a"), SOCKET, "s", 10, 2, "%7"),
                    new PaneKey(id("a"), SOCKET, "s", 10, 10, "%6"),
                    new PaneKey(id("a"), SOCKET, "t", 0, 0, "%5"));
            for (PaneKey key : ordered) {
                String name = key.container().equals(id("b")) ? "x" : "y";
                tables.put(pane(key, name, true, at(0), at(0)));
            }
            assertThat(rows(PaneOrder.DEFAULT, PaneCriteria.ALL))
                    .extracting(PaneView::key)
                    .containsExactlyElementsOf(ordered);
        }

        @Test
        void sorts_by_times() {
            tables.put(container("a", true));
            tables.put(pane(key("a", 1), "n", true, at(3), at(4)));
            tables.put(pane(key("a", 2), "n", true, at(2), at(6)));
            tables.put(pane(key("a", 3), "n", true, at(1), at(5)));
            assertThat(paneIds(PaneOrder.DISCOVERED_AT, PaneCriteria.ALL)).containsExactly("%3", "%2", "%1");
            assertThat(paneIds(PaneOrder.LAST_SEEN_AT, PaneCriteria.ALL)).containsExactly("%1", "%3", "%2");
        }

        @Test
        void filters_by_exact_id_or_by_the_name_of_the_container() {
            tables.put(container(HEX, "one", true, at(0), at(0)));
            tables.put(container("b", "one", true, at(0), at(0)));
            tables.put(container("d", HEX.replace('c', 'd'), true, at(0), at(0)));
            tables.put(pane(key(HEX, 1), "any", true, at(0), at(0)));
            tables.put(pane(key("b", 2), "any", true, at(0), at(0)));
            tables.put(pane(key("d", 3), "one", true, at(0), at(0)));
            assertThat(paneIds(PaneOrder.DEFAULT, new PaneCriteria(HEX, null))).containsExactly("%1");
            assertThat(paneIds(PaneOrder.DEFAULT, new PaneCriteria("one", null)))
                    .containsExactly("%1", "%2");
            assertThat(paneIds(PaneOrder.DEFAULT, new PaneCriteria("b", null))).isEmpty();
            assertThat(paneIds(PaneOrder.DEFAULT, new PaneCriteria(HEX.replace('c', 'd'), null)))
                    .isEmpty();
        }

        @Test
        void filters_by_registration() {
            tables.put(container("a", "one", true, at(0), at(0)));
            tables.put(container("b", "two", true, at(0), at(0)));
            for (int i = 0; i < 4; i++) {
                tables.put(pane(key("a", i), true));
                tables.put(pane(key("b", i), true));
            }
            tables.put(agent("one", key("a", 1), true));
            tables.put(agent("two", key("b", 2), true));
            tables.put(agent("off", key("b", 3), false));
            tables.put(agent("unseen", key("b", 9), true));
            assertThat(paneIds(PaneOrder.DEFAULT, new PaneCriteria(null, true))).containsExactly("%1", "%2");
            assertThat(paneIds(PaneOrder.DEFAULT, new PaneCriteria(null, false)))
                    .containsExactly("%0", "%2", "%3", "%0", "%1", "%3");
            assertThat(paneIds(PaneOrder.DEFAULT, new PaneCriteria("two", true)))
                    .containsExactly("%2");
            assertThat(paneIds(PaneOrder.DEFAULT, new PaneCriteria("two", false)))
                    .containsExactly("%0", "%1", "%3");
        }

        @Test
        void leaves_out_panes_of_unknown_containers() {
            tables.put(pane(key("gone", 1), true));
            tables.put(agent("one", key("gone", 1), true));
            assertThat(rows(PaneOrder.DEFAULT, PaneCriteria.ALL)).isEmpty();
            assertThat(rows(PaneOrder.DEFAULT, new PaneCriteria(null, true))).isEmpty();
            assertThat(tables.directory().pane("%1", null, null)).isEmpty();
        }

        @Test
        void the_first_pane_of_an_id_is_an_active_one() {
            tables.put(container("a", true));
            tables.put(container("b", true));
            PaneKey one = new PaneKey(id("a"), "/1", "main", 0, 0, "%1");
            PaneKey two = new PaneKey(id("b"), "/1", "main", 0, 0, "%1");
            PaneKey three = new PaneKey(id("b"), "/2", "main", 0, 0, "%1");
            tables.put(pane(one, false));
            tables.put(pane(two, true));
            tables.put(pane(three, true));
            Directory directory = tables.directory();
            assertThat(directory.pane("%1", null, null)).map(PaneView::key).contains(two);
            assertThat(directory.pane("%1", id("a"), null)).map(PaneView::key).contains(one);
            assertThat(directory.pane("%1", null, "/2")).map(PaneView::key).contains(three);
            assertThat(directory.pane("%1", id("b"), "/2")).map(PaneView::key).contains(three);
            assertThat(directory.pane("%1", id("a"), "/2")).isEmpty();
            assertThat(directory.pane("%2", null, null)).isEmpty();
        }

        private List<PaneView> rows(PaneOrder order, PaneCriteria criteria) {
            Page<PaneView> page =
                    tables.directory().panes(new PageRequest<>(50, new Sort<>(order, Direction.ASC), criteria, null));
            assertThat(page.total()).isEqualTo(page.rows().size());
            return page.rows();
        }

        private List<String> paneIds(PaneOrder order, PaneCriteria criteria) {
            return rows(order, criteria).stream()
                    .map(pane -> pane.key().paneId())
                    .toList();
        }
    }

    @Nested
    class Agents {
        @Test
        void shows_all_of_an_agent() {
            tables.put(pane(key("a", 1), true));
            tables.put(member("m", key("a", 1), new AgentId("p"), "label"));
            tables.put(attachment("lat_1", "m", key("a", 1), "active"));
            AgentView view = new AgentView("m", "swarm", 3, "codex", "label", "", "p", "a", "%1", at(0), true, true);
            assertThat(tables.directory().agent(new AgentId("m"))).contains(view);
            assertThat(rows(AgentOrder.DEFAULT, AgentCriteria.ALL)).containsExactly(view);
            assertThat(tables.directory().agent(new AgentId("p"))).isEmpty();
        }

        @Test
        void a_pane_that_is_gone_or_inactive_is_not_active() {
            tables.put(pane(key("a", 1), false));
            tables.put(agent("one", key("a", 1), true));
            tables.put(agent("two", key("a", 2), true));
            tables.put(attachment("lat_1", "two", key("a", 2), "stale"));
            assertThat(rows(AgentOrder.DEFAULT, AgentCriteria.ALL))
                    .hasSize(2)
                    .noneMatch(AgentView::paneActive)
                    .noneMatch(AgentView::logAttached);
        }

        @Test
        void sorts_by_each_order() {
            tables.put(created("a", 1, Role.SHELL, 1));
            tables.put(created("b", 2, Role.MASTER, 9));
            tables.put(created("c", 3, Role.MASTER, 2));
            tables.put(created("d", 4, Role.UNKNOWN, 0));
            tables.put(created("e", 5, Role.SLAVE, 5));
            tables.put(created("f", 6, Role.TEST_RUNNER, 5));
            tables.put(created("g", 7, Role.SWARM, 7));
            assertThat(ids(AgentOrder.DEFAULT, AgentCriteria.ALL)).containsExactly("c", "b", "e", "g", "f", "a", "d");
            assertThat(ids(AgentOrder.REGISTERED_AT, AgentCriteria.ALL))
                    .containsExactly("d", "a", "c", "e", "f", "g", "b");
            assertThat(ids(AgentOrder.ROLE, AgentCriteria.ALL)).containsExactly("b", "c", "e", "g", "f", "a", "d");
        }

        @Test
        void all_conditions_hold_together() {
            tables.put(agent("one", key(HEX, 1), Role.SLAVE, Capability.CLAUDE, "", true));
            tables.put(agent("two", key("cc", 2), Role.SLAVE, Capability.CODEX, "", false));
            tables.put(agent("three", key("d", 3), Role.SHELL, Capability.CLAUDE, "", true));
            tables.put(attachment("lat_1", "two", key("cc", 2), "active"));
            tables.put(attachment("lat_2", "one", key(HEX, 1), "detached"));
            assertThat(ids(new AgentCriteria("slave", null, null, null))).containsExactlyInAnyOrder("one", "two");
            assertThat(ids(new AgentCriteria(null, "claude", null, null))).containsExactlyInAnyOrder("one", "three");
            assertThat(ids(new AgentCriteria(null, null, "cc", null))).containsExactlyInAnyOrder("one", "two");
            assertThat(ids(new AgentCriteria(null, null, HEX, null))).containsExactly("one");
            assertThat(ids(new AgentCriteria(null, null, "c%", null))).isEmpty();
            assertThat(ids(new AgentCriteria(null, null, null, true))).containsExactly("two");
            assertThat(ids(new AgentCriteria(null, null, null, false))).containsExactlyInAnyOrder("one", "three");
            assertThat(ids(new AgentCriteria("slave", "claude", "c", false))).containsExactly("one");
            assertThat(ids(new AgentCriteria("slave", "claude", "c", true))).isEmpty();
        }

        @Test
        void a_role_outside_the_closed_set_shows_nothing() {
            tables.put(agent("one", key("a", 1), true));
            for (AgentOrder order : AgentOrder.values()) {
                assertThat(ids(order, new AgentCriteria("emperor", null, null, null)))
                        .isEmpty();
            }
        }

        private Agent created(String id, int pane, Role role, int minute) {
            return new Agent(
                    new AgentId(id),
                    key("a", pane),
                    role,
                    Capability.SHELL,
                    "",
                    "",
                    null,
                    "{}",
                    at(minute),
                    at(0),
                    null,
                    true);
        }

        private List<AgentView> rows(AgentOrder order, AgentCriteria criteria) {
            Page<AgentView> page =
                    tables.directory().agents(new PageRequest<>(50, new Sort<>(order, Direction.ASC), criteria, null));
            assertThat(page.total()).isEqualTo(page.rows().size());
            return page.rows();
        }

        private List<String> ids(AgentOrder order, AgentCriteria criteria) {
            return rows(order, criteria).stream().map(AgentView::agentId).toList();
        }

        private List<String> ids(AgentCriteria criteria) {
            return ids(AgentOrder.DEFAULT, criteria);
        }
    }

    @Nested
    class Pages {
        private final Random random = new Random(20_260_508);

        static Stream<Arguments> containerListings() {
            List<ContainerCriteria> filters = List.of(ContainerCriteria.ALL, new ContainerCriteria(true, false));
            return combinations(ContainerOrder.values(), filters);
        }

        static Stream<Arguments> paneListings() {
            List<PaneCriteria> filters = List.of(
                    PaneCriteria.ALL,
                    new PaneCriteria("bench-0", null),
                    new PaneCriteria(HEX, null),
                    new PaneCriteria(null, true),
                    new PaneCriteria(null, false),
                    new PaneCriteria("bench-1", true));
            return combinations(PaneOrder.values(), filters);
        }

        static Stream<Arguments> agentListings() {
            List<AgentCriteria> filters = List.of(
                    AgentCriteria.ALL,
                    new AgentCriteria("slave", null, null, null),
                    new AgentCriteria(null, "claude", null, null),
                    new AgentCriteria(null, null, "bench", null),
                    new AgentCriteria(null, null, null, true),
                    new AgentCriteria("shell", null, "bench-1", false));
            return combinations(AgentOrder.values(), filters);
        }

        private static <O, F> Stream<Arguments> combinations(O[] orders, List<F> filters) {
            return Stream.of(orders).flatMap(order -> filters.stream().map(filter -> Arguments.of(order, filter)));
        }

        @ParameterizedTest
        @MethodSource("containerListings")
        void of_benches_are_contiguous(ContainerOrder order, ContainerCriteria filter) {
            fill();
            assertContiguous((direction, page) -> tables.directory()
                    .containers(new PageRequest<>(page.limit(), new Sort<>(order, direction), filter, page.after())));
        }

        @ParameterizedTest
        @MethodSource("paneListings")
        void of_panes_are_contiguous(PaneOrder order, PaneCriteria filter) {
            fill();
            assertContiguous((direction, page) -> tables.directory()
                    .panes(new PageRequest<>(page.limit(), new Sort<>(order, direction), filter, page.after())));
        }

        @ParameterizedTest
        @MethodSource("agentListings")
        void of_agents_are_contiguous(AgentOrder order, AgentCriteria filter) {
            fill();
            assertContiguous((direction, page) -> tables.directory()
                    .agents(new PageRequest<>(page.limit(), new Sort<>(order, direction), filter, page.after())));
        }

        private record Cut(int limit, @Nullable Position after) {}

        private static <V> void assertContiguous(BiFunction<Direction, Cut, Page<V>> read) {
            List<V> all = read.apply(Direction.ASC, new Cut(200, null)).rows();
            assertThat(all).isNotEmpty().doesNotHaveDuplicates();
            List<V> reversed = new ArrayList<>(all);
            Collections.reverse(reversed);
            for (int limit : new int[] {1, 7, all.size(), 200}) {
                assertThat(everyPage(Direction.ASC, limit, read)).isEqualTo(all);
                assertThat(everyPage(Direction.DESC, limit, read)).isEqualTo(reversed);
            }
        }

        private static <V> List<V> everyPage(Direction direction, int limit, BiFunction<Direction, Cut, Page<V>> read) {
            List<V> rows = new ArrayList<>();
            @Nullable Position after = null;
            do {
                Page<V> page = read.apply(direction, new Cut(limit, after));
                rows.addAll(page.rows());
                after = page.next();
                assertThat(page.rows()).hasSize(after == null ? (int) (page.total() - 1) % limit + 1 : limit);
            } while (after != null);
            return rows;
        }

        private void fill() {
            String[] containers = {"bench-a", HEX, "bench-1c", "bench-1d", "other"};
            for (int i = 0; i < containers.length; i++) {
                tables.put(container(containers[i], "bench-" + i % 2, i != 3, at(i / 2), at(7 - i / 2)));
            }
            for (int i = 0; i < 60; i++) {
                PaneKey key = new PaneKey(
                        id(containers[i % 5]), i % 2 == 0 ? SOCKET : "/tmp/s", "s" + i % 3, i % 4, i % 2, "%" + i / 2);
                tables.put(pane(key, "bench-" + i % 3, i % 4 != 0, at(random.nextInt(4)), at(random.nextInt(4))));
                if (i % 3 != 0) {
                    Role role = Role.values()[random.nextInt(Role.values().length)];
                    Capability capability = i % 2 == 0 ? Capability.CLAUDE : Capability.SHELL;
                    String agent = "agent-" + i;
                    tables.put(new Agent(
                            new AgentId(agent),
                            key,
                            role,
                            capability,
                            "",
                            "",
                            null,
                            "{}",
                            at(i % 4),
                            at(0),
                            null,
                            i % 7 != 0));
                    tables.put(attachment("lat-" + i, agent, key, i % 5 == 0 ? "active" : "detached"));
                }
            }
        }

        @ParameterizedTest
        @EnumSource(Direction.class)
        void go_on_where_the_row_before_has_left(Direction direction) {
            Sort<ContainerOrder> sort = new Sort<>(ContainerOrder.NAME, direction);
            ContainerCriteria active = new ContainerCriteria(true, false);
            for (int i = 0; i < 10; i++) {
                tables.put(container("c" + i, true));
            }
            Directory directory = tables.directory();
            Page<ContainerView> first = directory.containers(new PageRequest<>(4, sort, active, null));
            tables.put(container(first.rows().get(3).containerId(), false));
            Page<ContainerView> second = directory.containers(new PageRequest<>(4, sort, active, first.next()));
            assertThat(second.rows())
                    .extracting(ContainerView::containerId)
                    .containsExactlyElementsOf(
                            direction == Direction.ASC
                                    ? List.of("c4", "c5", "c6", "c7")
                                    : List.of("c5", "c4", "c3", "c2"));
            assertThat(second.total()).isEqualTo(9);
        }

        @ParameterizedTest
        @EnumSource(Direction.class)
        void show_benches_that_stay_exactly_once_while_others_come_and_go(Direction direction) {
            ContainerCriteria active = new ContainerCriteria(true, false);
            for (ContainerOrder order : ContainerOrder.values()) {
                for (int i = 0; i < 40; i++) {
                    tables.put(container(i + "", "n" + i % 7, true, at(i % 5), at(i % 6)));
                }
                Sort<ContainerOrder> sort = new Sort<>(order, direction);
                List<String> shown = whileRowsChange(
                        after -> tables.directory().containers(new PageRequest<>(3, sort, active, after)),
                        ContainerView::containerId,
                        i -> tables.put(container(i + "", "n" + i % 7, random.nextBoolean(), at(i % 5), at(i % 6))));
                assertThat(shown).containsOnlyOnceElementsOf(staying());
            }
        }

        @ParameterizedTest
        @EnumSource(Direction.class)
        void show_panes_that_stay_exactly_once_while_others_come_and_go(Direction direction) {
            tables.put(container("a", true));
            PaneCriteria registered = new PaneCriteria(null, true);
            for (PaneOrder order : PaneOrder.values()) {
                for (int i = 0; i < 40; i++) {
                    tables.put(pane(key("a", i), "n" + i % 7, true, at(i % 5), at(i % 6)));
                    tables.put(agent(i + "", key("a", i), true));
                }
                Sort<PaneOrder> sort = new Sort<>(order, direction);
                List<String> shown = whileRowsChange(
                        after -> tables.directory().panes(new PageRequest<>(3, sort, registered, after)),
                        pane -> pane.key().paneId().substring(1),
                        i -> {
                            tables.put(pane(key("a", i), "n" + i % 7, true, at(i % 5), at(i % 6)));
                            tables.put(agent(i + "", key("a", i), random.nextBoolean()));
                        });
                assertThat(shown).containsOnlyOnceElementsOf(staying());
            }
        }

        @ParameterizedTest
        @EnumSource(Direction.class)
        void show_agents_that_stay_exactly_once_while_others_come_and_go(Direction direction) {
            for (AgentOrder order : AgentOrder.values()) {
                for (AgentCriteria claude : List.of(
                        new AgentCriteria(null, "claude", null, null),
                        new AgentCriteria("slave", "claude", null, null))) {
                    for (int i = 0; i < 40; i++) {
                        tables.put(changing(i, claude.role() == null, Capability.CLAUDE));
                    }
                    Sort<AgentOrder> sort = new Sort<>(order, direction);
                    List<String> shown = whileRowsChange(
                            after -> tables.directory().agents(new PageRequest<>(3, sort, claude, after)),
                            AgentView::agentId,
                            i -> tables.put(changing(
                                    i,
                                    claude.role() == null,
                                    random.nextBoolean() ? Capability.CLAUDE : Capability.CODEX)));
                    assertThat(shown).containsOnlyOnceElementsOf(staying());
                }
            }
        }

        private Agent changing(int i, boolean anyRole, Capability capability) {
            Role role = anyRole ? Role.values()[i % 6] : Role.SLAVE;
            return new Agent(
                    new AgentId(i + ""),
                    key("a", i),
                    role,
                    capability,
                    "",
                    "",
                    null,
                    "{}",
                    at(i % 5),
                    at(0),
                    null,
                    true);
        }

        /** Rows with an even number stay; the others, new ones among them, are put in anew between the pages. */
        private <V> List<String> whileRowsChange(
                Function<@Nullable Position, Page<V>> read, Function<V, String> id, IntConsumer put) {
            List<String> shown = new ArrayList<>();
            @Nullable Position after = null;
            do {
                Page<V> page = read.apply(after);
                page.rows().stream().map(id).forEach(shown::add);
                after = page.next();
                for (int i = 0; i < 6; i++) {
                    put.accept(1 + 2 * random.nextInt(40));
                }
                page.rows().stream()
                        .map(row -> Integer.parseInt(id.apply(row)))
                        .filter(number -> number % 2 == 1)
                        .forEach(put::accept);
            } while (after != null);
            return shown;
        }

        private static List<String> staying() {
            return Stream.iterate(0, i -> i < 40, i -> i + 2)
                    .map(String::valueOf)
                    .toList();
        }

        @Test
        void count_exactly_and_at_once() {
            tables.put(container("a", true));
            for (int i = 1; i <= 5; i++) {
                tables.put(pane(key("a", i), true));
                Page<PaneView> page = tables.directory()
                        .panes(new PageRequest<>(
                                2, new Sort<>(PaneOrder.DEFAULT, Direction.ASC), PaneCriteria.ALL, null));
                assertThat(page.total()).isEqualTo(i);
                assertThat(page.next() == null).isEqualTo(i <= 2);
            }
        }

        @Test
        void text_is_compared_byte_by_byte() {
            List<String> names = List.of("A", "Z", "a", "é", "～", "😀");
            for (int i = 0; i < names.size(); i++) {
                tables.put(container("c" + i, names.get(names.size() - 1 - i), true, at(0), at(0)));
            }
            Sort<ContainerOrder> sort = new Sort<>(ContainerOrder.NAME, Direction.ASC);
            Page<ContainerView> first =
                    tables.directory().containers(new PageRequest<>(5, sort, ContainerCriteria.ALL, null));
            Page<ContainerView> second =
                    tables.directory().containers(new PageRequest<>(5, sort, ContainerCriteria.ALL, first.next()));
            assertThat(Stream.of(first, second).flatMap(page -> page.rows().stream()))
                    .extracting(ContainerView::name)
                    .containsExactlyElementsOf(names);
        }

        @Test
        void refuse_a_position_of_another_order() {
            Directory directory = tables.directory();
            for (List<Object> values : List.of(
                    List.<Object>of(),
                    List.<Object>of(1L, "x", "y", "z"),
                    List.<Object>of("x"),
                    List.<Object>of(true, "x"))) {
                Position position = new Position(new ArrayList<>(values));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> directory.containers(new PageRequest<>(
                                5, new Sort<>(ContainerOrder.NAME, Direction.ASC), ContainerCriteria.ALL, position)));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> directory.panes(new PageRequest<>(
                                5, new Sort<>(PaneOrder.DEFAULT, Direction.ASC), PaneCriteria.ALL, position)));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> directory.agents(new PageRequest<>(
                                5, new Sort<>(AgentOrder.DEFAULT, Direction.ASC), AgentCriteria.ALL, position)));
            }
        }
    }
}
