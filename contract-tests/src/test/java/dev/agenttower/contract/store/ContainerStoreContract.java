package dev.agenttower.contract.store;

import static dev.agenttower.contract.store.StoredRows.at;
import static dev.agenttower.contract.store.StoredRows.container;
import static dev.agenttower.contract.store.StoredRows.id;
import static dev.agenttower.contract.store.StoredRows.inspected;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.container.ContainerStore;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What {@link ContainerStore} promises. */
abstract class ContainerStoreContract extends StoreContract {
    @Test
    void lists_active_benches_first_then_the_latest_scanned_then_by_id() {
        tables.put(container("d", "d", false, at(0), at(9)));
        tables.put(container("c", "c", true, at(0), at(1)));
        tables.put(container("b", "b", true, at(0), at(2)));
        tables.put(container("a", "a", true, at(0), at(1)));
        assertThat(ids(false)).containsExactly("b", "a", "c", "d");
        assertThat(ids(true)).containsExactly("b", "a", "c");
    }

    @Test
    void shows_what_others_wrote_at_once() {
        ContainerStore store = tables.containers();
        assertThat(store.list(false)).isEmpty();
        tables.put(container("a", true));
        assertThat(store.list(false)).hasSize(1);
        tables.put(container("a", false));
        assertThat(store.list(true)).isEmpty();
    }

    @Test
    void shows_only_committed_rows() {
        write(writes -> {
            writes.upsert(inspected("a", "bench"), at(1));
            assertThat(ids(false)).isEmpty();
        });
        assertThat(ids(false)).containsExactly("a");
    }

    @Test
    void stores_all_of_a_container() {
        write(writes -> writes.upsert(inspected("a", "bench"), at(3)));
        BenchContainer stored = tables.containers().list(false).get(0);
        assertThat(stored)
                .isEqualTo(new BenchContainer(
                        id("a"),
                        "bench",
                        "image:1",
                        "running",
                        inspected("a", "bench").labels(),
                        inspected("a", "bench").mounts(),
                        true,
                        at(3),
                        at(3),
                        "user:1000",
                        "/work"));
    }

    @Test
    void an_upsert_keeps_when_a_bench_was_first_seen_and_makes_it_active() {
        tables.put(container("a", "old", false, at(1), at(2)));
        write(writes -> writes.upsert(inspected("a", "new"), at(5)));
        BenchContainer stored = tables.containers().list(false).get(0);
        assertThat(stored.name()).isEqualTo("new");
        assertThat(stored.active()).isTrue();
        assertThat(stored.firstSeenAt()).isEqualTo(at(1));
        assertThat(stored.lastScannedAt()).isEqualTo(at(5));
    }

    @Test
    void knows_all_benches_and_the_active_ones() {
        tables.put(container("a", true));
        tables.put(container("b", false));
        write(writes -> {
            assertThat(writes.known()).containsExactlyInAnyOrder(id("a"), id("b"));
            assertThat(writes.active()).containsExactly(id("a"));
        });
    }

    @Test
    void a_transaction_sees_its_own_writes() {
        write(writes -> {
            writes.upsert(inspected("a", "bench"), at(1));
            assertThat(writes.known()).containsExactly(id("a"));
        });
    }

    @Test
    void a_touch_changes_nothing_but_the_time_of_the_scan() {
        BenchContainer off = container("off", false);
        tables.put(off);
        tables.put(container("on", true));
        write(writes -> writes.touch(Set.of(id("off"), id("unknown")), at(7)));
        List<BenchContainer> stored = tables.containers().list(false);
        assertThat(stored).extracting(BenchContainer::lastScannedAt).containsExactly(at(1), at(7));
        assertThat(stored.get(1).active()).isFalse();
        assertThat(stored.get(1).firstSeenAt()).isEqualTo(off.firstSeenAt());
    }

    @Test
    void deactivates_benches() {
        tables.put(container("a", true));
        tables.put(container("b", true));
        write(writes -> writes.deactivate(Set.of(id("a")), at(7)));
        assertThat(ids(true)).containsExactly("b");
        assertThat(tables.containers().list(false).get(1).lastScannedAt()).isEqualTo(at(7));
    }

    @Test
    void takes_empty_sets() {
        write(writes -> {
            writes.touch(Set.of(), at(1));
            writes.deactivate(Set.of(), at(1));
        });
        assertThat(ids(false)).isEmpty();
    }

    @Test
    void stores_scans_with_their_problems_or_without() {
        ScanProblem problem = new ScanProblem(id("a"), ErrorCode.DOCKER_MALFORMED, "bad");
        write(writes -> {
            writes.insertScan(scan("s1", null, List.of()), true);
            writes.insertScan(scan("s2", ErrorCode.DOCKER_MALFORMED, List.of(problem)), true);
            writes.insertScan(scan("s3", ErrorCode.DOCKER_TIMEOUT, List.of()), false);
        });
        assertThat(tables.containerScans()).containsExactly("s1 ok 0", "s2 degraded 1", "s3 degraded 0");
    }

    @Test
    void a_transaction_that_throws_leaves_nothing_and_passes_on_what_it_threw() {
        RuntimeException thrown = new IllegalArgumentException("no");
        assertThatThrownBy(() -> write(writes -> {
                    writes.upsert(inspected("a", "bench"), at(1));
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(ids(false)).isEmpty();
        write(writes -> writes.upsert(inspected("b", "bench"), at(1)));
        assertThat(ids(false)).containsExactly("b");
    }

    @Test
    void passes_on_what_a_transaction_answers() {
        assertThat(tables.containers().<String>write(writes -> "answer")).isEqualTo("answer");
    }

    @Test
    void writers_in_many_threads_all_succeed() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String container = "c" + i;
                work.add(() -> tables.containers().write(writes -> {
                    writes.upsert(inspected(container, "bench"), at(1));
                    return 1;
                }));
            }
            for (Future<Integer> done : pool.invokeAll(work)) {
                assertThat(done.get()).isEqualTo(1);
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(ids(false)).hasSize(40);
    }

    private void write(Consumer<ContainerStore.Writes> work) {
        tables.containers().write(writes -> {
            work.accept(writes);
            return 0;
        });
    }

    private List<String> ids(boolean activeOnly) {
        return tables.containers().list(activeOnly).stream()
                .map(container -> container.id().value())
                .toList();
    }

    private static ContainerScan scan(String id, ErrorCode code, List<ScanProblem> problems) {
        return new ContainerScan(id, at(0), at(1), 1, 0, 2, code, code == null ? null : "message", problems);
    }
}
