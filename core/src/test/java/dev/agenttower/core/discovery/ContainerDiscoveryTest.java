package dev.agenttower.core.discovery;

import static dev.agenttower.core.discovery.BenchObjects.A;
import static dev.agenttower.core.discovery.BenchObjects.B;
import static dev.agenttower.core.discovery.BenchObjects.HOST;
import static dev.agenttower.core.discovery.BenchObjects.LONG_AGO;
import static dev.agenttower.core.discovery.BenchObjects.bench;
import static dev.agenttower.core.discovery.BenchObjects.container;
import static dev.agenttower.core.discovery.BenchObjects.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.ContainerScan;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.container.InMemoryContainerRuntime;
import dev.agenttower.core.container.InMemoryHostBench;
import dev.agenttower.core.container.Inspection;
import dev.agenttower.core.container.RunningContainer;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.memory.StoredContainerScan;
import dev.agenttower.core.settings.ContainerRule;
import dev.agenttower.core.settings.DiscoverySettings;
import dev.agenttower.core.settings.DiscoverySettings.HostBenchMode;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.settings.SettingsSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContainerDiscoveryTest {
    private final InMemoryContainerRuntime runtime = new InMemoryContainerRuntime();
    private final InMemoryHostBench host = new InMemoryHostBench(HOST, "me");
    private final InMemoryTables tables = new InMemoryTables();
    private final BrittleAuditLog audit = new BrittleAuditLog();
    private final LifecycleLines lifecycle = new LifecycleLines();
    private final TickingClock clock = new TickingClock();
    private final ContainerDiscovery discovery = discovery(SettingsSource.defaults());

    private ContainerDiscovery discovery(SettingsSource settings) {
        return new ContainerDiscovery(
                runtime, Optional.of(host), tables.containers(), audit, lifecycle, settings, clock);
    }

    private ContainerDiscovery discovery(HostBenchMode mode) {
        return discovery(
                SettingsSource.fixed(ContainerRule.DEFAULT, EventSettings.DEFAULT, new DiscoverySettings(mode, true)));
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code, String message) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.code()).isEqualTo(code);
            assertThat(refused).hasMessage(message);
        });
    }

    private static ContainerEngineException engine(ErrorCode code) {
        return new ContainerEngineException(code, "the engine says " + code.wire());
    }

    @Nested
    class Reconciliation {
        @Test
        void a_matching_container_is_stored_as_active_and_others_are_ignored() {
            runtime.start(container("a", "py-bench"));
            runtime.start(container("r", "redis"));

            ContainerScan scan = discovery.scan();

            assertThat(scan.matchedCount()).isEqualTo(1);
            assertThat(scan.ignoredCount()).isEqualTo(1);
            assertThat(scan.inactiveReconciledCount()).isZero();
            assertThat(scan.degraded()).isFalse();
            assertThat(scan.problems()).isEmpty();
            BenchContainer stored = bench(tables, A);
            assertThat(stored.name()).isEqualTo("py-bench");
            assertThat(stored.configUser()).isEqualTo("user:1000");
            assertThat(stored.active()).isTrue();
            assertThat(stored.firstSeenAt()).isEqualTo(stored.lastScannedAt());
            assertThat(tables.containers().list(false)).hasSize(1);
        }

        @Test
        void a_known_container_is_renewed_and_keeps_when_it_was_first_seen() {
            tables.put(stored(A, false));
            runtime.start(container("a", "new-bench", "image:2"));

            discovery.scan();

            BenchContainer stored = bench(tables, A);
            assertThat(stored.active()).isTrue();
            assertThat(stored.name()).isEqualTo("new-bench");
            assertThat(stored.image()).isEqualTo("image:2");
            assertThat(stored.firstSeenAt()).isEqualTo(LONG_AGO);
            assertThat(stored.lastScannedAt()).isGreaterThan(LONG_AGO);
        }

        @Test
        void a_known_container_that_cannot_be_inspected_is_only_noted_as_scanned() {
            tables.put(stored(A, true));
            tables.put(stored(B, false));
            runtime.start(container("a", "new-bench"));
            runtime.start(container("b", "other-bench"));
            runtime.failInspectionOf(A, ErrorCode.DOCKER_TIMEOUT, "slow");
            runtime.failInspectionOf(B, ErrorCode.DOCKER_TIMEOUT, "slow");

            ContainerScan scan = discovery.scan();

            assertThat(scan.inactiveReconciledCount()).isZero();
            assertThat(bench(tables, A).active()).isTrue();
            assertThat(bench(tables, A).name()).isEqualTo("a-bench");
            assertThat(bench(tables, A).lastScannedAt()).isGreaterThan(LONG_AGO);
            assertThat(bench(tables, B).active()).isFalse();
            assertThat(bench(tables, B).lastScannedAt()).isGreaterThan(LONG_AGO);
        }

        @Test
        void an_unknown_container_that_cannot_be_inspected_is_not_stored() {
            runtime.alias(A, "py-bench");

            ContainerScan scan = discovery.scan();

            assertThat(scan.degraded()).isTrue();
            assertThat(tables.containers().list(false)).isEmpty();
        }

        @Test
        void an_active_container_that_is_gone_or_no_longer_matches_becomes_inactive() {
            tables.put(stored(A, true));
            tables.put(stored(B, true));
            runtime.start(container("b", "redis"));

            ContainerScan scan = discovery.scan();

            assertThat(scan.inactiveReconciledCount()).isEqualTo(2);
            assertThat(bench(tables, A).active()).isFalse();
            assertThat(bench(tables, A).lastScannedAt()).isGreaterThan(LONG_AGO);
            assertThat(bench(tables, A).firstSeenAt()).isEqualTo(LONG_AGO);
            assertThat(bench(tables, B).active()).isFalse();
        }

        @Test
        void an_inactive_and_absent_container_is_left_alone() {
            tables.put(stored(A, false));

            ContainerScan scan = discovery.scan();

            assertThat(scan.inactiveReconciledCount()).isZero();
            assertThat(bench(tables, A).lastScannedAt()).isEqualTo(LONG_AGO);
        }

        @Test
        void a_healthy_scan_of_nothing_is_stored() {
            ContainerScan scan = discovery.scan();

            assertThat(tables.containerScans()).containsExactly(new StoredContainerScan(scan, false));
            assertThat(audit.records()).isEmpty();
            assertThat(scan.completedAt()).isGreaterThan(scan.startedAt());
        }

        @Test
        void a_container_with_two_names_is_one_container() {
            runtime.start(container("a", "py-bench"));
            runtime.alias(A, "alias-bench");
            runtime.alias(A, "plain");

            ContainerScan scan = discovery.scan();

            assertThat(scan.matchedCount()).isEqualTo(1);
            assertThat(scan.ignoredCount()).isZero();
        }

        @Test
        void a_later_scan_has_another_id_and_begins_after_the_end_of_the_one_before() {
            ContainerScan first = discovery.scan();
            ContainerScan second = discovery.scan();

            assertThat(second.scanId()).isNotEqualTo(first.scanId()).matches("[0-9a-f-]{36}");
            assertThat(second.startedAt()).isGreaterThanOrEqualTo(first.completedAt());
        }
    }

    @Nested
    class PartialFailure {
        @Test
        void problems_are_in_the_order_of_the_listing_and_the_first_one_gives_the_code() {
            runtime.alias(B, "b-bench");
            runtime.alias(A, "a-bench");
            runtime.failInspectionOf(A, ErrorCode.DOCKER_TIMEOUT, "a is slow");
            runtime.failInspectionOf(B, ErrorCode.DOCKER_FAILED, "b is broken");

            ContainerScan scan = discovery.scan();

            assertThat(scan.errorCode()).isEqualTo(ErrorCode.DOCKER_FAILED);
            assertThat(scan.errorMessage()).isEqualTo("2 of 2 candidates failed inspect");
            assertThat(scan.problems())
                    .containsExactly(
                            new ScanProblem(B, ErrorCode.DOCKER_FAILED, "b is broken"),
                            new ScanProblem(A, ErrorCode.DOCKER_TIMEOUT, "a is slow"));
            assertThat(tables.containerScans()).containsExactly(new StoredContainerScan(scan, true));
        }

        @Test
        void a_failure_of_something_that_was_not_asked_for_comes_last_and_only_the_first_of_an_id_counts() {
            ContainerRuntime odd = new ContainerRuntime() {
                @Override
                public List<RunningContainer> listRunning() {
                    return List.of(new RunningContainer(A, "a-bench", "", "Up"));
                }

                @Override
                public Inspection inspect(List<RunningContainer> containers) {
                    return new Inspection(
                            List.of(),
                            List.of(
                                    new ScanProblem(new ContainerId(""), ErrorCode.DOCKER_MALFORMED, "no id"),
                                    new ScanProblem(A, ErrorCode.DOCKER_FAILED, "one"),
                                    new ScanProblem(A, ErrorCode.DOCKER_TIMEOUT, "two")));
                }
            };
            ContainerScan scan = new ContainerDiscovery(
                            odd,
                            HostBench.none(),
                            tables.containers(),
                            audit,
                            lifecycle,
                            SettingsSource.defaults(),
                            clock)
                    .scan();

            assertThat(scan.problems()).extracting(ScanProblem::message).containsExactly("one", "no id");
            assertThat(scan.errorMessage()).isEqualTo("2 of 1 candidates failed inspect");
        }

        @Test
        void a_container_that_was_found_and_failed_is_stored_and_reported() {
            ContainerRuntime both = new ContainerRuntime() {
                @Override
                public List<RunningContainer> listRunning() {
                    return List.of(new RunningContainer(A, "a-bench", "", "Up"));
                }

                @Override
                public Inspection inspect(List<RunningContainer> containers) {
                    return new Inspection(
                            List.of(container("a", "a-bench")),
                            List.of(new ScanProblem(A, ErrorCode.DOCKER_FAILED, "half")));
                }
            };
            ContainerScan scan = new ContainerDiscovery(
                            both,
                            HostBench.none(),
                            tables.containers(),
                            audit,
                            lifecycle,
                            SettingsSource.defaults(),
                            clock)
                    .scan();

            assertThat(scan.problems()).hasSize(1);
            assertThat(bench(tables, A).active()).isTrue();
        }

        @Test
        void one_audit_record_tells_of_a_degraded_scan() {
            runtime.alias(A, "a-bench");
            runtime.failInspectionOf(A, ErrorCode.DOCKER_TIMEOUT, "slow");

            ContainerScan scan = discovery.scan();

            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("scan_id", scan.scanId());
            payload.put("error_code", "docker_timeout");
            payload.put("error_message", "1 of 1 candidates failed inspect");
            Map<String, Object> detail = new LinkedHashMap<>();
            detail.put("container_id", "a");
            detail.put("error_code", "docker_timeout");
            detail.put("error_message", "slow");
            payload.put("error_details", List.of(detail));
            assertThat(audit.records()).containsExactly(AuditRecord.of("container_scan_degraded", payload));
            AuditRecord record = audit.records().get(0);
            assertThat(record.fields().keySet()).containsExactly("type", "payload");
            assertThat(String.valueOf(record.fields().get("payload")))
                    .startsWith("{scan_id=")
                    .endsWith("error_details=[{container_id=a, error_code=docker_timeout, error_message=slow}]}");
        }

        @Test
        void long_messages_are_bounded_everywhere() {
            runtime.alias(A, "a-bench");
            runtime.failInspectionOf(A, ErrorCode.DOCKER_FAILED, "\u0001" + "x".repeat(5000));

            ContainerScan scan = discovery.scan();

            assertThat(scan.problems().get(0).message()).isEqualTo("x".repeat(2048));
        }
    }

    @Nested
    class WholeFailure {
        @ParameterizedTest
        @EnumSource(
                value = ErrorCode.class,
                names = {
                    "DOCKER_UNAVAILABLE",
                    "DOCKER_PERMISSION_DENIED",
                    "DOCKER_TIMEOUT",
                    "DOCKER_FAILED",
                    "DOCKER_MALFORMED"
                })
        void a_failed_listing_is_stored_audited_reported_and_refused(ErrorCode code) {
            tables.put(stored(A, true));
            runtime.failListingWith(engine(code));

            assertRefused(discovery::scan, code, "the engine says " + code.wire());

            assertThat(bench(tables, A)).isEqualTo(stored(A, true));
            assertThat(tables.containerScans()).singleElement().satisfies(row -> {
                assertThat(row.withDetails()).isFalse();
                assertThat(row.scan().errorCode()).isEqualTo(code);
                assertThat(row.scan().matchedCount()).isZero();
                assertThat(row.scan().ignoredCount()).isZero();
            });
            assertThat(audit.records()).hasSize(1);
            String scanId = tables.containerScans().get(0).scan().scanId();
            assertThat(lifecycle.lines())
                    .containsExactly(
                            "scan_started scan_id=" + scanId,
                            "scan_completed scan_id=" + scanId
                                    + " status=degraded matched=0 inactive=0 ignored=0 error=" + code.wire());
        }

        @Test
        void a_failed_inspection_counts_what_matched_and_what_did_not() {
            tables.put(stored(B, true));
            runtime.start(container("a", "a-bench"));
            runtime.alias(A, "alias-bench");
            runtime.start(container("r", "redis"));
            runtime.failInspectionWith(engine(ErrorCode.DOCKER_TIMEOUT));

            assertRefused(discovery::scan, ErrorCode.DOCKER_TIMEOUT, "the engine says docker_timeout");

            ContainerScan row = tables.containerScans().get(0).scan();
            assertThat(row.matchedCount()).isEqualTo(1);
            assertThat(row.ignoredCount()).isEqualTo(1);
            assertThat(row.inactiveReconciledCount()).isZero();
            assertThat(bench(tables, B).active()).isTrue();
        }

        @Test
        void invalid_settings_are_refused_before_the_engine_is_asked() {
            SettingsSource invalid = new BrokenSettings();

            assertRefused(
                    discovery(invalid)::scan, ErrorCode.CONFIG_INVALID, "name_contains must be a list of strings");

            assertThat(runtime.listings()).isZero();
            assertThat(tables.containerScans())
                    .singleElement()
                    .satisfies(row -> assertThat(row.scan().errorCode()).isEqualTo(ErrorCode.CONFIG_INVALID));
            assertThat(audit.records()).hasSize(1);
        }

        @Test
        void a_store_that_cannot_be_written_is_an_internal_error_without_audit() {
            tables.failWith("database is locked");

            assertRefused(discovery::scan, ErrorCode.INTERNAL_ERROR, "scan failed: database is locked");

            assertThat(audit.records()).isEmpty();
            assertThat(lifecycle.lines())
                    .last()
                    .asString()
                    .endsWith("status=degraded matched=0 inactive=0 ignored=0 error=internal_error");
        }

        @Test
        void an_audit_trail_that_cannot_be_written_is_an_internal_error_and_the_row_stays() {
            runtime.start(container("a", "a-bench"));
            runtime.alias(B, "b-bench");
            audit.breakDown();

            assertRefused(
                    discovery::scan,
                    ErrorCode.INTERNAL_ERROR,
                    "scan failed: container scan degraded event append failed");

            assertThat(bench(tables, A).active()).isTrue();
            String scanId = tables.containerScans().get(0).scan().scanId();
            assertThat(lifecycle.lines())
                    .containsExactly(
                            "scan_started scan_id=" + scanId,
                            "scan_jsonl_failed scan_id=" + scanId,
                            "scan_completed scan_id=" + scanId
                                    + " status=degraded matched=2 inactive=0 ignored=0 error=internal_error");
        }

        @Test
        void a_fault_of_the_runtime_is_passed_on_and_the_scan_is_still_reported_as_ended() {
            ContainerRuntime faulty = new ContainerRuntime() {
                @Override
                public List<RunningContainer> listRunning() {
                    throw new IllegalStateException("bug");
                }

                @Override
                public Inspection inspect(List<RunningContainer> containers) {
                    throw new IllegalStateException("bug");
                }
            };
            ContainerDiscovery broken = new ContainerDiscovery(
                    faulty, HostBench.none(), tables.containers(), audit, lifecycle, SettingsSource.defaults(), clock);

            assertThatThrownBy(broken::scan).hasMessage("bug");

            assertThat(tables.containerScans()).isEmpty();
            assertThat(lifecycle.lines()).last().asString().endsWith("error=internal_error");
        }
    }

    @Nested
    class Host {
        @Test
        void with_tmux_running_the_host_is_a_bench_and_counts_as_matched() {
            host.tmuxRunning(true);

            ContainerScan scan = discovery.scan();

            assertThat(scan.matchedCount()).isEqualTo(1);
            assertThat(bench(tables, HOST).active()).isTrue();
            assertThat(bench(tables, HOST).name()).isEqualTo("host");
        }

        @Test
        void without_tmux_the_host_becomes_inactive_and_is_counted_once() {
            tables.put(stored(HOST, true));

            assertThat(discovery.scan().inactiveReconciledCount()).isEqualTo(1);
            assertThat(discovery.scan().inactiveReconciledCount()).isZero();
            assertThat(bench(tables, HOST).active()).isFalse();
        }

        @Test
        void a_host_that_never_ran_tmux_is_not_stored() {
            assertThat(discovery.scan().matchedCount()).isZero();
            assertThat(tables.containers().list(false)).isEmpty();
        }

        @Test
        void mode_on_makes_the_host_a_bench_without_tmux_and_mode_off_never() {
            assertThat(discovery(HostBenchMode.ON).scan().matchedCount()).isEqualTo(1);
            assertThat(bench(tables, HOST).active()).isTrue();

            host.tmuxRunning(true);
            discovery(HostBenchMode.OFF).scan();
            assertThat(bench(tables, HOST).active()).isFalse();
        }

        @Test
        void the_host_is_brought_up_to_date_although_the_engine_is_gone() {
            host.tmuxRunning(true);
            runtime.failListingWith(engine(ErrorCode.DOCKER_UNAVAILABLE));

            assertRefused(discovery::scan, ErrorCode.DOCKER_UNAVAILABLE, "the engine says docker_unavailable");
            assertThat(bench(tables, HOST).active()).isTrue();
            assertThat(tables.containerScans().get(0).scan().matchedCount()).isZero();

            host.tmuxRunning(false);
            assertRefused(discovery::scan, ErrorCode.DOCKER_UNAVAILABLE, "the engine says docker_unavailable");
            assertThat(bench(tables, HOST).active()).isFalse();
            assertThat(tables.containerScans().get(1).scan().inactiveReconciledCount())
                    .isZero();
        }

        @Test
        void the_host_stays_as_it_is_while_the_settings_cannot_be_read() {
            tables.put(stored(HOST, true));

            assertRefused(
                    discovery(new BrokenSettings())::scan,
                    ErrorCode.CONFIG_INVALID,
                    "name_contains must be a list of strings");

            assertThat(bench(tables, HOST)).isEqualTo(stored(HOST, true));
        }

        @Test
        void following_the_host_writes_only_when_tmux_was_started_or_stopped() {
            host.tmuxRunning(true);
            discovery.followHost();
            long writes = tables.writes();
            assertThat(bench(tables, HOST).active()).isTrue();

            discovery.followHost();
            assertThat(tables.writes()).isEqualTo(writes);

            host.tmuxRunning(false);
            discovery.followHost();
            assertThat(bench(tables, HOST).active()).isFalse();
            assertThat(tables.containerScans()).isEmpty();
        }

        @Test
        void following_the_host_tries_again_after_the_store_has_failed() {
            host.tmuxRunning(true);
            tables.failWith("database is locked");
            discovery.followHost();

            tables.failWith(null);
            discovery.followHost();

            assertThat(bench(tables, HOST).active()).isTrue();
        }
    }

    @Nested
    class Listening {
        private final List<String> heard = new ArrayList<>();

        @Test
        void listeners_hear_of_every_scan_and_of_failed_ones_too() {
            Subscription subscription = discovery.onScanned(() -> heard.add("scanned"));
            discovery.scan();
            runtime.failListingWith(engine(ErrorCode.DOCKER_FAILED));
            assertThatThrownBy(discovery::scan).isInstanceOf(RefusedException.class);
            assertThat(heard).hasSize(2);

            subscription.close();
            discovery.followHost();
            assertThat(heard).hasSize(2);
        }

        @Test
        void listeners_hear_of_the_host_only_when_it_has_news() {
            discovery.onScanned(() -> heard.add("scanned"));
            discovery.followHost();
            discovery.followHost();
            assertThat(heard).hasSize(1);
        }
    }

    @Test
    void scans_at_once_run_one_after_another() throws Exception {
        int callers = 6;
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        try {
            CountDownLatch go = new CountDownLatch(1);
            List<Future<ContainerScan>> futures = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                futures.add(threads.submit(() -> {
                    go.await();
                    return discovery.scan();
                }));
            }
            go.countDown();
            List<ContainerScan> scans = new ArrayList<>();
            for (Future<ContainerScan> future : futures) {
                scans.add(future.get());
            }
            scans.sort((one, other) -> one.startedAt().compareTo(other.startedAt()));
            for (int i = 1; i < callers; i++) {
                assertThat(scans.get(i).startedAt())
                        .isGreaterThanOrEqualTo(scans.get(i - 1).completedAt());
            }
            assertThat(Set.copyOf(scans.stream().map(ContainerScan::scanId).toList()))
                    .hasSize(callers);
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class BrokenSettings implements SettingsSource {
        @Override
        public ContainerRule containerRule() {
            throw new InvalidSettingsException("name_contains must be a list of strings");
        }

        @Override
        public EventSettings events() {
            return EventSettings.DEFAULT;
        }

        @Override
        public DiscoverySettings discovery() {
            throw new InvalidSettingsException("host.enabled must be auto, true or false");
        }
    }
}
