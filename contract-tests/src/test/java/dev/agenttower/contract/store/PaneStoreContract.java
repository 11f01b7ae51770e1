package dev.agenttower.contract.store;

import static dev.agenttower.contract.store.StoredRows.SOCKET;
import static dev.agenttower.contract.store.StoredRows.agent;
import static dev.agenttower.contract.store.StoredRows.at;
import static dev.agenttower.contract.store.StoredRows.attachment;
import static dev.agenttower.contract.store.StoredRows.container;
import static dev.agenttower.contract.store.StoredRows.id;
import static dev.agenttower.contract.store.StoredRows.key;
import static dev.agenttower.contract.store.StoredRows.pane;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.PaneTruncation;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneFilter;
import dev.agenttower.core.pane.PaneIdentity;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneMoves;
import dev.agenttower.core.pane.PaneScan;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.pane.TmuxServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What {@link PaneStore} promises. */
abstract class PaneStoreContract extends StoreContract {
    private static final TmuxServer SERVER = new TmuxServer(7, 1_700_000_000);
    private static final TmuxServer OTHER_SERVER = new TmuxServer(8, 1_700_000_000);

    @Test
    void lists_active_panes_first_then_by_container_socket_session_window_and_pane() {
        tables.put(container("a", true));
        tables.put(container("b", true));
        List<PaneKey> ordered = List.of(
                new PaneKey(id("a"), "/s1", "x", 2, 0, "%1"),
                new PaneKey(id("a"), "/s1", "x", 10, 0, "%2"),
                new PaneKey(id("a"), "/s1", "x", 10, 1, "%3"),
                new PaneKey(id("a"), "/s1", "y", 0, 0, "%4"),
                new PaneKey(id("a"), "/s2", "a", 0, 0, "%1"),
                new PaneKey(id("b"), "/s1", "a", 0, 0, "%1"));
        tables.put(pane(new PaneKey(id("a"), "/s0", "a", 0, 0, "%0"), false));
        for (int i = ordered.size() - 1; i >= 0; i--) {
            tables.put(pane(ordered.get(i), true));
        }
        assertThat(tables.panes().list(PaneFilter.ALL))
                .extracting(Pane::key)
                .startsWith(ordered.toArray(PaneKey[]::new))
                .hasSize(7);
        assertThat(tables.panes().list(new PaneFilter(true, null)))
                .extracting(Pane::key)
                .containsExactlyElementsOf(ordered);
    }

    @Test
    void lists_all_of_a_pane() {
        tables.put(container("a", true));
        Pane pane = pane(key("a", 1), false);
        tables.put(pane);
        assertThat(tables.panes().list(PaneFilter.ALL)).containsExactly(pane);
    }

    @Test
    void finds_the_panes_of_one_tmux_id_in_the_order_of_the_list() {
        tables.put(container("a", true));
        tables.put(container("b", true));
        PaneKey inactive = new PaneKey(id("a"), "/s0", "x", 0, 0, "%1");
        PaneKey first = new PaneKey(id("a"), "/s1", "x", 0, 0, "%1");
        PaneKey second = new PaneKey(id("b"), "/s1", "x", 0, 0, "%1");
        tables.put(pane(second, true));
        tables.put(pane(inactive, false));
        tables.put(pane(first, true));
        tables.put(pane(new PaneKey(id("a"), "/s1", "x", 0, 1, "%11"), true));
        tables.put(pane(new PaneKey(id("gone"), "/s1", "x", 0, 0, "%1"), true));
        assertThat(tables.panes().withTmuxId("%1")).containsExactly(first, second, inactive);
    }

    @Test
    void leaves_out_panes_of_unknown_containers() {
        tables.put(pane(key("gone", 1), true));
        assertThat(tables.panes().list(PaneFilter.ALL)).isEmpty();
        assertThat(tables.panes().list(new PaneFilter(false, "gone"))).isEmpty();
    }

    @Test
    void filters_by_exact_id_or_by_exact_name() {
        String long1 = "a".repeat(64);
        String long2 = "A".repeat(64);
        tables.put(container(long1, "one", true, at(0), at(0)));
        tables.put(container("short", long2, true, at(0), at(0)));
        tables.put(container("third", "one", true, at(0), at(0)));
        tables.put(pane(key(long1, 1), true));
        tables.put(pane(key("short", 2), true));
        tables.put(pane(key("third", 3), true));
        assertThat(paneIds(new PaneFilter(false, long1))).containsExactly("%1");
        assertThat(paneIds(new PaneFilter(false, long2))).isEmpty();
        assertThat(paneIds(new PaneFilter(false, "one"))).containsExactly("%1", "%3");
        assertThat(paneIds(new PaneFilter(false, "short"))).isEmpty();
        assertThat(paneIds(new PaneFilter(false, "on"))).isEmpty();
    }

    @Test
    void lists_active_benches_by_id() {
        tables.put(container("b", true));
        tables.put(container("a", true));
        tables.put(container("c", false));
        assertThat(tables.panes().activeBenches(null))
                .extracting(BenchContainer::id)
                .containsExactly(id("a"), id("b"));
        assertThat(tables.panes().activeBenches(id("b")))
                .extracting(BenchContainer::id)
                .containsExactly(id("b"));
        assertThat(tables.panes().activeBenches(id("c"))).isEmpty();
    }

    @Test
    void tells_which_benches_are_inactive_or_gone() {
        tables.put(container("on", true));
        tables.put(container("off", false));
        write(writes -> {
            assertThat(writes.inactiveAmong(Set.of(id("on"), id("off"), id("gone"))))
                    .containsExactlyInAnyOrder(id("off"), id("gone"));
            assertThat(writes.inactiveAmong(Set.of())).isEmpty();
        });
    }

    @Test
    void tells_which_inactive_benches_have_panes() {
        tables.put(container("on", true));
        tables.put(container("off", false));
        tables.put(container("off too", false));
        tables.put(container("bare", false));
        tables.put(pane(key("on", 1), true));
        tables.put(pane(key("off", 1), true));
        tables.put(pane(key("off too", 1), false));
        tables.put(pane(key("gone", 1), true));
        write(writes -> {
            assertThat(writes.inactiveWithPanes(null)).containsExactlyInAnyOrder(id("off"), id("off too"));
            assertThat(writes.inactiveWithPanes(id("off"))).containsExactly(id("off"));
            assertThat(writes.inactiveWithPanes(id("bare"))).isEmpty();
        });
    }

    @Test
    void tells_key_and_activity_of_stored_panes() {
        tables.put(pane(key("a", 1), true));
        tables.put(pane(key("a", 2), false));
        tables.put(pane(key("b", 3), true));
        tables.put(pane(key("c", 4), true));
        write(writes -> assertThat(writes.panesOf(Set.of(id("a"), id("b"))))
                .containsExactlyInAnyOrder(
                        new PaneStore.KnownPane(key("a", 1), true, null),
                        new PaneStore.KnownPane(key("a", 2), false, null),
                        new PaneStore.KnownPane(key("b", 3), true, null)));
    }

    @Test
    void tells_the_servers_that_were_noted_last() {
        tables.put(pane(key("a", 1), true));
        tables.put(pane(key("a", 2), true));
        write(writes -> writes.identify(Map.of(key("a", 1), new PaneIdentity(SERVER, 5L))));
        write(writes -> writes.identify(Map.of(key("a", 1), new PaneIdentity(OTHER_SERVER, null))));
        assertThat(tables.panes().known(id("a")))
                .containsExactlyInAnyOrder(
                        new PaneStore.KnownPane(key("a", 1), true, OTHER_SERVER),
                        new PaneStore.KnownPane(key("a", 2), true, null));
        assertThat(tables.panes().known(id("b"))).isEmpty();
    }

    @Test
    void a_pane_is_moved_with_all_that_hangs_on_it() {
        tables.put(container("a", true));
        PaneKey renamed = new PaneKey(id("a"), SOCKET, "renamed", 1, 0, "%1");
        tables.put(pane(key("a", 1), "title", true, at(1), at(2)));
        tables.put(agent("one", key("a", 1), true));
        tables.put(attachment("lat_1", "one", key("a", 1), "active"));
        write(writes -> writes.identify(Map.of(key("a", 1), new PaneIdentity(SERVER, 5L))));
        move(Map.of(key("a", 1), renamed));
        assertThat(tables.panes().list(PaneFilter.ALL)).containsExactly(pane(renamed, "title", true, at(1), at(2)));
        assertThat(tables.panes().known(id("a"))).containsExactly(new PaneStore.KnownPane(renamed, true, SERVER));
        assertThat(listing("one").agent()).isEqualTo(agent("one", renamed, true));
        write(writes -> assertThat(writes.staleAttachments(List.of(renamed), at(5)))
                .extracting(PaneStore.StaleAttachment::attachmentId)
                .containsExactly("lat_1"));
    }

    @Test
    void panes_may_exchange_their_addresses() {
        tables.put(container("a", true));
        PaneKey one = new PaneKey(id("a"), "/s1", "x", 0, 0, "%0");
        PaneKey two = new PaneKey(id("a"), "/s2", "x", 0, 0, "%0");
        PaneKey three = new PaneKey(id("a"), "/s3", "x", 0, 0, "%0");
        List.of(one, two, three).forEach(key -> {
            tables.put(pane(key, key.socketPath(), true, at(0), at(1)));
            tables.put(agent("of " + key.socketPath(), key, true));
            tables.put(attachment("log of " + key.socketPath(), "of " + key.socketPath(), key, "active"));
        });
        move(Map.of(one, two, two, three, three, one));
        assertThat(tables.panes().list(PaneFilter.ALL))
                .extracting(Pane::key, Pane::containerName)
                .containsExactly(tuple(one, "/s3"), tuple(two, "/s1"), tuple(three, "/s2"));
        assertThat(listing("of /s1").agent().pane()).isEqualTo(two);
        assertThat(listing("of /s2").agent().pane()).isEqualTo(three);
        assertThat(listing("of /s3").agent().pane()).isEqualTo(one);
        write(writes -> assertThat(writes.staleAttachments(List.of(two), at(5)))
                .extracting(PaneStore.StaleAttachment::agentId)
                .containsExactly("of /s1"));
    }

    @Test
    void what_stands_where_a_pane_is_moved_to_takes_the_address_that_is_left() {
        tables.put(container("a", true));
        PaneKey first = new PaneKey(id("a"), SOCKET, "first", 0, 0, "%0");
        PaneKey second = new PaneKey(id("a"), SOCKET, "second", 0, 0, "%0");
        PaneKey third = new PaneKey(id("a"), SOCKET, "third", 0, 0, "%0");
        List.of(first, second, third).forEach(key -> {
            tables.put(pane(key, key.sessionName(), true, at(0), at(1)));
            tables.put(agent("of " + key.sessionName(), key, true));
        });
        tables.put(attachment("lat_1", "of third", third, "active"));
        move(Map.of(second, third, first, second));
        assertThat(tables.panes().list(PaneFilter.ALL))
                .extracting(Pane::key, Pane::containerName)
                .containsExactly(tuple(first, "third"), tuple(second, "first"), tuple(third, "second"));
        assertThat(listing("of first").agent().pane()).isEqualTo(second);
        assertThat(listing("of second").agent().pane()).isEqualTo(third);
        assertThat(listing("of third").agent().pane()).isEqualTo(first);
        write(writes -> assertThat(writes.staleAttachments(List.of(first), at(5)))
                .extracting(PaneStore.StaleAttachment::attachmentId)
                .containsExactly("lat_1"));
    }

    @Test
    void an_agent_stays_where_a_pane_without_an_agent_comes() {
        tables.put(container("a", true));
        PaneKey there = new PaneKey(id("a"), SOCKET, "renamed", 1, 0, "%1");
        tables.put(pane(key("a", 1), true));
        tables.put(pane(there, false));
        tables.put(agent("one", there, false));
        move(Map.of(key("a", 1), there));
        assertThat(tables.panes().list(PaneFilter.ALL)).containsExactly(pane(there, true), pane(key("a", 1), false));
        assertThat(listing("one").agent().pane()).isEqualTo(there);
    }

    @Test
    void a_move_of_nothing_changes_nothing() {
        tables.put(container("a", true));
        tables.put(pane(key("a", 1), true));
        move(Map.of());
        move(Map.of(key("a", 7), key("a", 1)));
        assertThat(tables.panes().list(PaneFilter.ALL)).containsExactly(pane(key("a", 1), true));
    }

    private void move(Map<PaneKey, PaneKey> moves) {
        write(writes -> writes.move(new PaneMoves(moves)));
    }

    @Test
    void an_upsert_keeps_when_a_pane_was_first_seen() {
        tables.put(container("a", true));
        tables.put(pane(key("a", 1), "old", false, at(1), at(2)));
        Pane seen = pane(key("a", 1), "new", true, at(5), at(5));
        Pane other = pane(key("a", 2), "new", true, at(5), at(5));
        write(writes -> writes.upsert(List.of(seen, other)));
        assertThat(tables.panes().list(PaneFilter.ALL))
                .containsExactly(pane(key("a", 1), "new", true, at(1), at(5)), other);
    }

    @Test
    void tells_two_tmux_servers_of_a_bench_apart() {
        tables.put(container("a", true));
        PaneKey one = new PaneKey(id("a"), "/tmp/one", "main", 0, 0, "%0");
        PaneKey two = new PaneKey(id("a"), "/tmp/two", "main", 0, 0, "%0");
        write(writes -> writes.upsert(List.of(pane(one, true), pane(two, true))));
        write(writes -> writes.deactivate(List.of(one), at(3)));
        assertThat(tables.panes().list(new PaneFilter(true, null)))
                .extracting(Pane::key)
                .containsExactly(two);
    }

    @Test
    void a_touch_changes_nothing_but_the_time_of_the_scan() {
        tables.put(container("a", true));
        tables.put(pane(key("a", 1), true));
        tables.put(pane(key("a", 2), false));
        write(writes -> writes.touch(List.of(key("a", 2), key("a", 99)), at(9)));
        assertThat(tables.panes().list(PaneFilter.ALL))
                .containsExactly(pane(key("a", 1), true), pane(key("a", 2), "a-name", false, at(0), at(9)));
    }

    @Test
    void deactivates_panes_and_their_agents() {
        tables.put(container("a", true));
        tables.put(pane(key("a", 1), true));
        tables.put(pane(key("a", 2), true));
        tables.put(agent("one", key("a", 1), true));
        tables.put(agent("two", key("a", 2), true));
        write(writes -> writes.deactivate(List.of(key("a", 1)), at(9)));
        assertThat(tables.panes().list(PaneFilter.ALL))
                .containsExactly(pane(key("a", 2), true), pane(key("a", 1), "a-name", false, at(0), at(9)));
        assertThat(listing("one").agent().active()).isFalse();
        assertThat(listing("two").agent().active()).isTrue();
    }

    @Test
    void notes_which_agents_were_seen() {
        tables.put(agent("one", key("a", 1), true));
        tables.put(agent("two", key("a", 2), false));
        tables.put(agent("three", key("a", 3), true));
        write(writes -> writes.markAgentsSeen(List.of(key("a", 1), key("a", 2), key("a", 9)), at(5)));
        assertThat(listing("one").agent().lastSeenAt()).isEqualTo(at(5));
        assertThat(listing("two").agent().lastSeenAt()).isEqualTo(at(5));
        assertThat(listing("two").agent().active()).isFalse();
        assertThat(listing("three").agent().lastSeenAt()).isNull();
    }

    @Test
    void makes_active_attachments_stale_and_tells_which() {
        tables.put(attachment("lat_1", "one", key("a", 1), "active"));
        tables.put(attachment("lat_2", "one", key("a", 1), "detached"));
        tables.put(attachment("lat_3", "two", key("a", 2), "active"));
        PaneStore.StaleAttachment expected =
                new PaneStore.StaleAttachment("lat_1", "one", "/logs/lat_1", "cat > old", "register_self");
        write(writes -> {
            assertThat(writes.staleAttachments(List.of(key("a", 1), key("a", 9)), at(5)))
                    .containsExactly(expected);
            assertThat(writes.staleAttachments(List.of(key("a", 1)), at(6))).isEmpty();
        });
        assertThat(tables.dashboard().read(1).logAttachments().stale()).isEqualTo(1);
        assertThat(tables.dashboard().read(1).logAttachments().active()).isEqualTo(1);
    }

    @Test
    void ten_thousand_panes_are_not_too_many() {
        tables.put(container("a", true));
        List<Pane> panes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            panes.add(pane(key("a", i), true));
        }
        List<PaneKey> keys = panes.stream().map(Pane::key).toList();
        write(writes -> writes.upsert(panes));
        write(writes -> {
            assertThat(writes.panesOf(Set.of(id("a")))).hasSize(10_000);
            writes.touch(keys, at(2));
            writes.markAgentsSeen(keys, at(2));
            writes.staleAttachments(keys, at(2));
            writes.deactivate(keys.subList(1, keys.size()), at(3));
            writes.identify(keys.stream().collect(Collectors.toMap(key -> key, key -> new PaneIdentity(SERVER, null))));
        });
        assertThat(tables.panes().list(new PaneFilter(true, null)))
                .containsExactly(pane(key("a", 0), "a-name", true, at(0), at(2)));
    }

    @Test
    void takes_empty_collections() {
        write(writes -> {
            writes.upsert(List.of());
            writes.touch(List.of(), at(1));
            writes.deactivate(List.of(), at(1));
            writes.markAgentsSeen(List.of(), at(1));
            assertThat(writes.staleAttachments(List.of(), at(1))).isEmpty();
            assertThat(writes.panesOf(Set.of())).isEmpty();
        });
    }

    @Test
    void stores_scans_with_their_problems_or_without() {
        ScanProblem problem = new ScanProblem(
                id("a"),
                ErrorCode.OUTPUT_MALFORMED,
                "cut",
                SOCKET,
                List.of(new PaneTruncation(id("a"), SOCKET, "%1", "pane_title", 3000)));
        write(writes -> {
            writes.insertScan(scan("s1", null, List.of()), true);
            writes.insertScan(scan("s2", ErrorCode.OUTPUT_MALFORMED, List.of(problem)), true);
            writes.insertScan(scan("s3", ErrorCode.DOCKER_UNAVAILABLE, List.of()), false);
        });
        assertThat(tables.paneScans()).containsExactly("s1 ok 0", "s2 degraded 1", "s3 degraded 0");
    }

    @Test
    void shows_only_committed_rows() {
        tables.put(container("a", true));
        write(writes -> {
            writes.upsert(List.of(pane(key("a", 1), true)));
            assertThat(tables.panes().list(PaneFilter.ALL)).isEmpty();
            assertThat(writes.panesOf(Set.of(id("a")))).hasSize(1);
        });
        assertThat(tables.panes().list(PaneFilter.ALL)).hasSize(1);
    }

    @Test
    void a_transaction_that_throws_leaves_nothing_and_passes_on_what_it_threw() {
        tables.put(container("a", true));
        RuntimeException thrown = new IllegalArgumentException("no");
        assertThatThrownBy(() -> write(writes -> {
                    writes.upsert(List.of(pane(key("a", 1), true)));
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(tables.panes().list(PaneFilter.ALL)).isEmpty();
    }

    private void write(Consumer<PaneStore.Writes> work) {
        tables.panes().write(writes -> {
            work.accept(writes);
            return 0;
        });
    }

    private List<String> paneIds(PaneFilter filter) {
        return tables.panes().list(filter).stream()
                .map(pane -> pane.key().paneId())
                .toList();
    }

    private AgentListing listing(String agent) {
        return tables.agents().find(new AgentId(agent)).orElseThrow();
    }

    private static PaneScan scan(String id, ErrorCode code, List<ScanProblem> problems) {
        return new PaneScan(id, at(0), at(1), 1, 1, 1, 1, 0, 0, 0, code, code == null ? null : "message", problems);
    }
}
