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
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.ContainerView;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.directory.EventView;
import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.memory.EventRow;
import dev.agenttower.core.page.Direction;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.page.ListFilter;
import dev.agenttower.core.page.ListOrder;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.core.page.Position;
import dev.agenttower.core.pane.PaneKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

    static <R> PageRequest<R> request(
            ListDefinition<R> list,
            int limit,
            String order,
            Direction direction,
            Map<String, Object> filters,
            @Nullable Position after) {
        return new PageRequest<>(list, limit, list.order(order).orElseThrow(), direction, filters, after);
    }

    static List<String> orders(ListDefinition<?> list) {
        return list.orders().stream().map(ListOrder::name).toList();
    }

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
            assertThat(tables.directory().page(benches("name")).rows()).containsExactly(view);
        }

        @Test
        void finds_nothing_where_there_is_nothing() {
            assertThat(tables.directory().container(id("a"))).isEmpty();
            Page<ContainerView> page = tables.directory().page(benches("name"));
            assertThat(page).isEqualTo(new Page<ContainerView>(List.of(), 0, null));
        }

        @Test
        void sorts_by_each_order() {
            tables.put(container("a", "z", true, at(2), at(5)));
            tables.put(container("b", "y", false, at(1), at(6)));
            tables.put(container("c", "y", true, at(3), at(4)));
            assertThat(ids("name")).containsExactly("b", "c", "a");
            assertThat(ids("first_seen_at")).containsExactly("b", "a", "c");
            assertThat(ids("last_scanned_at")).containsExactly("c", "a", "b");
        }

        @Test
        void filters_by_activity() {
            tables.put(container("on", true));
            tables.put(container("off", false));
            assertThat(filtered(Map.of("state", "active"))).containsExactly("on");
            assertThat(filtered(Map.of("state", "inactive"))).containsExactly("off");
            assertThat(filtered(Map.of("state", "degraded_scan"))).isEmpty();
        }

        private List<String> ids(String order) {
            return tables.directory().page(benches(order)).rows().stream()
                    .map(ContainerView::containerId)
                    .toList();
        }

        private List<String> filtered(Map<String, Object> criteria) {
            Page<ContainerView> page =
                    tables.directory().page(request(ContainerView.LIST, 50, "name", Direction.ASC, criteria, null));
            assertThat(page.total()).isEqualTo(page.rows().size());
            return page.rows().stream().map(ContainerView::containerId).toList();
        }

        private static PageRequest<ContainerView> benches(String order) {
            return request(ContainerView.LIST, 50, order, Direction.ASC, Map.of(), null);
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
            assertThat(rows("default", Map.of())).containsExactly(view);
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
            assertThat(rows("default", Map.of()))
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
            assertThat(rows("default", Map.of())).extracting(PaneView::key).containsExactlyElementsOf(ordered);
        }

        @Test
        void sorts_by_times() {
            tables.put(container("a", true));
            tables.put(pane(key("a", 1), "n", true, at(3), at(4)));
            tables.put(pane(key("a", 2), "n", true, at(2), at(6)));
            tables.put(pane(key("a", 3), "n", true, at(1), at(5)));
            assertThat(paneIds("discovered_at", Map.of())).containsExactly("%3", "%2", "%1");
            assertThat(paneIds("last_seen_at", Map.of())).containsExactly("%1", "%3", "%2");
        }

        @Test
        void filters_by_exact_id_or_by_the_name_of_the_container() {
            tables.put(container(HEX, "one", true, at(0), at(0)));
            tables.put(container("b", "one", true, at(0), at(0)));
            tables.put(container("d", HEX.replace('c', 'd'), true, at(0), at(0)));
            tables.put(pane(key(HEX, 1), "any", true, at(0), at(0)));
            tables.put(pane(key("b", 2), "any", true, at(0), at(0)));
            tables.put(pane(key("d", 3), "one", true, at(0), at(0)));
            assertThat(paneIds("default", Map.of("container_id", HEX))).containsExactly("%1");
            assertThat(paneIds("default", Map.of("container_id", "one"))).containsExactly("%1", "%2");
            assertThat(paneIds("default", Map.of("container_id", "b"))).isEmpty();
            assertThat(paneIds("default", Map.of("container_id", HEX.replace('c', 'd'))))
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
            assertThat(paneIds("default", Map.of("registered", true))).containsExactly("%1", "%2");
            assertThat(paneIds("default", Map.of("registered", false)))
                    .containsExactly("%0", "%2", "%3", "%0", "%1", "%3");
            assertThat(paneIds("default", Map.of("container_id", "two", "registered", true)))
                    .containsExactly("%2");
            assertThat(paneIds("default", Map.of("container_id", "two", "registered", false)))
                    .containsExactly("%0", "%1", "%3");
        }

        @Test
        void leaves_out_panes_of_unknown_containers() {
            tables.put(pane(key("gone", 1), true));
            tables.put(agent("one", key("gone", 1), true));
            assertThat(rows("default", Map.of())).isEmpty();
            assertThat(rows("default", Map.of("registered", true))).isEmpty();
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

        private List<PaneView> rows(String order, Map<String, Object> criteria) {
            Page<PaneView> page =
                    tables.directory().page(request(PaneView.LIST, 50, order, Direction.ASC, criteria, null));
            assertThat(page.total()).isEqualTo(page.rows().size());
            return page.rows();
        }

        private List<String> paneIds(String order, Map<String, Object> criteria) {
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
            assertThat(rows("default", Map.of())).containsExactly(view);
            assertThat(tables.directory().agent(new AgentId("p"))).isEmpty();
        }

        @Test
        void a_pane_that_is_gone_or_inactive_is_not_active() {
            tables.put(pane(key("a", 1), false));
            tables.put(agent("one", key("a", 1), true));
            tables.put(agent("two", key("a", 2), true));
            tables.put(attachment("lat_1", "two", key("a", 2), "stale"));
            assertThat(rows("default", Map.of()))
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
            assertThat(ids("default", Map.of())).containsExactly("c", "b", "e", "g", "f", "a", "d");
            assertThat(ids("registered_at", Map.of())).containsExactly("d", "a", "c", "e", "f", "g", "b");
            assertThat(ids("role", Map.of())).containsExactly("b", "c", "e", "g", "f", "a", "d");
        }

        @Test
        void all_conditions_hold_together() {
            tables.put(agent("one", key(HEX, 1), Role.SLAVE, Capability.CLAUDE, "", true));
            tables.put(agent("two", key("cc", 2), Role.SLAVE, Capability.CODEX, "", false));
            tables.put(agent("three", key("d", 3), Role.SHELL, Capability.CLAUDE, "", true));
            tables.put(attachment("lat_1", "two", key("cc", 2), "active"));
            tables.put(attachment("lat_2", "one", key(HEX, 1), "detached"));
            assertThat(ids(Map.of("role", "slave"))).containsExactlyInAnyOrder("one", "two");
            assertThat(ids(Map.of("capability", "claude"))).containsExactlyInAnyOrder("one", "three");
            assertThat(ids(Map.of("container_id", "cc"))).containsExactlyInAnyOrder("one", "two");
            assertThat(ids(Map.of("container_id", HEX))).containsExactly("one");
            assertThat(ids(Map.of("container_id", "c%"))).isEmpty();
            assertThat(ids(Map.of("log_attached", true))).containsExactly("two");
            assertThat(ids(Map.of("log_attached", false))).containsExactlyInAnyOrder("one", "three");
            assertThat(ids(Map.of("role", "slave", "capability", "claude", "container_id", "c", "log_attached", false)))
                    .containsExactly("one");
            assertThat(ids(Map.of("role", "slave", "capability", "claude", "container_id", "c", "log_attached", true)))
                    .isEmpty();
        }

        @Test
        void a_role_outside_the_closed_set_shows_nothing() {
            tables.put(agent("one", key("a", 1), true));
            for (String order : orders(AgentView.LIST)) {
                assertThat(ids(order, Map.of("role", "emperor"))).isEmpty();
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

        private List<AgentView> rows(String order, Map<String, Object> criteria) {
            Page<AgentView> page =
                    tables.directory().page(request(AgentView.LIST, 50, order, Direction.ASC, criteria, null));
            assertThat(page.total()).isEqualTo(page.rows().size());
            return page.rows();
        }

        private List<String> ids(String order, Map<String, Object> criteria) {
            return rows(order, criteria).stream().map(AgentView::agentId).toList();
        }

        private List<String> ids(Map<String, Object> criteria) {
            return ids("default", criteria);
        }
    }

    @Nested
    class Events {
        @Test
        void totals_go_on_with_what_is_added() {
            put(1, "error", "a");
            put(2, "completed", "a");
            assertThat(totals()).containsExactly(2L, 1L, 2L, 1L);
            put(3, "completed", "b");
            put(7, "queue_message_enqueued", "a");
            assertThat(totals()).containsExactly(4L, 2L, 3L, 3L);
            assertThat(totals()).containsExactly(4L, 2L, 3L, 3L);
            put(8, "error", "b");
            assertThat(totals()).containsExactly(5L, 2L, 3L, 4L);
        }

        private void put(int id, String type, String agent) {
            tables.put(new EventRow(id, type, agent, at(id)));
        }

        /** Of all, of a type, of an agent, and from a time on. */
        private List<Long> totals() {
            String from = EventView.LIST.filters().stream()
                    .filter(filter -> filter.comparison() == ListFilter.Comparison.FROM)
                    .map(ListFilter::name)
                    .findFirst()
                    .orElseThrow();
            return Stream.<Map<String, Object>>of(
                            Map.of(), Map.of("event_type", "completed"), Map.of("agent_id", "a"), Map.of(from, at(2)))
                    .map(filter -> tables.directory()
                            .page(request(EventView.LIST, 1, "event_id", Direction.DESC, filter, null))
                            .total())
                    .toList();
        }
    }

    @Nested
    class Pages {
        private final Random random = new Random(20_260_508);

        static Stream<Arguments> containerListings() {
            List<Map<String, Object>> filters = List.of(Map.of(), Map.of("state", "active"));
            return combinations(ContainerView.LIST, filters);
        }

        static Stream<Arguments> paneListings() {
            List<Map<String, Object>> filters = List.of(
                    Map.of(),
                    Map.of("container_id", "bench-0"),
                    Map.of("container_id", HEX),
                    Map.of("registered", true),
                    Map.of("registered", false),
                    Map.of("container_id", "bench-1", "registered", true));
            return combinations(PaneView.LIST, filters);
        }

        static Stream<Arguments> agentListings() {
            List<Map<String, Object>> filters = List.of(
                    Map.of(),
                    Map.of("role", "slave"),
                    Map.of("capability", "claude"),
                    Map.of("container_id", "bench"),
                    Map.of("log_attached", true),
                    Map.of("role", "shell", "container_id", "bench-1", "log_attached", false));
            return combinations(AgentView.LIST, filters);
        }

        private static Stream<Arguments> combinations(ListDefinition<?> list, List<Map<String, Object>> filters) {
            return orders(list).stream().flatMap(order -> filters.stream().map(filter -> Arguments.of(order, filter)));
        }

        @ParameterizedTest
        @MethodSource("containerListings")
        void of_benches_are_contiguous(String order, Map<String, Object> filter) {
            fill();
            assertContiguous((direction, page) -> tables.directory()
                    .page(request(ContainerView.LIST, page.limit(), order, direction, filter, page.after())));
        }

        @ParameterizedTest
        @MethodSource("paneListings")
        void of_panes_are_contiguous(String order, Map<String, Object> filter) {
            fill();
            assertContiguous((direction, page) -> tables.directory()
                    .page(request(PaneView.LIST, page.limit(), order, direction, filter, page.after())));
        }

        @ParameterizedTest
        @MethodSource("agentListings")
        void of_agents_are_contiguous(String order, Map<String, Object> filter) {
            fill();
            assertContiguous((direction, page) -> tables.directory()
                    .page(request(AgentView.LIST, page.limit(), order, direction, filter, page.after())));
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
            Map<String, Object> active = Map.of("state", "active");
            for (int i = 0; i < 10; i++) {
                tables.put(container("c" + i, true));
            }
            Directory directory = tables.directory();
            Page<ContainerView> first = directory.page(request(ContainerView.LIST, 4, "name", direction, active, null));
            tables.put(container(first.rows().get(3).containerId(), false));
            Page<ContainerView> second =
                    directory.page(request(ContainerView.LIST, 4, "name", direction, active, first.next()));
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
            Map<String, Object> active = Map.of("state", "active");
            for (String order : orders(ContainerView.LIST)) {
                for (int i = 0; i < 40; i++) {
                    tables.put(container(i + "", "n" + i % 7, true, at(i % 5), at(i % 6)));
                }
                List<String> shown = whileRowsChange(
                        after -> tables.directory()
                                .page(request(ContainerView.LIST, 3, order, direction, active, after)),
                        ContainerView::containerId,
                        i -> tables.put(container(i + "", "n" + i % 7, random.nextBoolean(), at(i % 5), at(i % 6))));
                assertThat(shown).containsOnlyOnceElementsOf(staying());
            }
        }

        @ParameterizedTest
        @EnumSource(Direction.class)
        void show_panes_that_stay_exactly_once_while_others_come_and_go(Direction direction) {
            tables.put(container("a", true));
            Map<String, Object> registered = Map.of("registered", true);
            for (String order : orders(PaneView.LIST)) {
                for (int i = 0; i < 40; i++) {
                    tables.put(pane(key("a", i), "n" + i % 7, true, at(i % 5), at(i % 6)));
                    tables.put(agent(i + "", key("a", i), true));
                }
                List<String> shown = whileRowsChange(
                        after ->
                                tables.directory().page(request(PaneView.LIST, 3, order, direction, registered, after)),
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
            for (String order : orders(AgentView.LIST)) {
                for (Map<String, Object> claude : List.<Map<String, Object>>of(
                        Map.of("capability", "claude"), Map.of("role", "slave", "capability", "claude"))) {
                    for (int i = 0; i < 40; i++) {
                        tables.put(changing(i, !claude.containsKey("role"), Capability.CLAUDE));
                    }
                    List<String> shown = whileRowsChange(
                            after -> tables.directory()
                                    .page(request(AgentView.LIST, 3, order, direction, claude, after)),
                            AgentView::agentId,
                            i -> tables.put(changing(
                                    i,
                                    !claude.containsKey("role"),
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
                Page<PaneView> page =
                        tables.directory().page(request(PaneView.LIST, 2, "default", Direction.ASC, Map.of(), null));
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
            Page<ContainerView> first =
                    tables.directory().page(request(ContainerView.LIST, 5, "name", Direction.ASC, Map.of(), null));
            Page<ContainerView> second = tables.directory()
                    .page(request(ContainerView.LIST, 5, "name", Direction.ASC, Map.of(), first.next()));
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
                        .isThrownBy(() -> directory.page(
                                request(ContainerView.LIST, 5, "name", Direction.ASC, Map.of(), position)));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> directory.page(
                                request(PaneView.LIST, 5, "default", Direction.ASC, Map.of(), position)));
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> directory.page(
                                request(AgentView.LIST, 5, "default", Direction.ASC, Map.of(), position)));
            }
        }
    }
}
