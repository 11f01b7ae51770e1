package dev.agenttower.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.human.InMemoryProcessTree;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.governance.role.RunningProcesses;
import dev.agenttower.core.time.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AppSessionTableTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private static final long UNKNOWN = Peer.UNKNOWN;

    private final HandClock clock = new HandClock();
    private final InMemoryProcessTree machine = new InMemoryProcessTree();
    private final List<Long> looked = new ArrayList<>();
    private final AppSessions sessions = new AppSessionTable(clock, new RunningProcesses() {
        @Override
        public Optional<ProcessMark> find(long pid) {
            return machine.find(pid);
        }

        @Override
        public boolean isRunning(ProcessMark process) {
            looked.add(process.pid());
            return machine.isRunning(process);
        }
    });

    @Test
    void numbers_sessions_from_one() {
        assertThat(open("").id()).isEqualTo(1);
        assertThat(open("").id()).isEqualTo(2);
    }

    @Test
    void goes_on_counting_after_an_eviction() {
        fill("panel");
        clock.advance(SECOND);
        assertThat(open("panel").id()).isEqualTo(9);
    }

    @Test
    void gives_each_session_a_random_uuid() {
        AppSession one = open("");
        AppSession other = open("");
        assertThat(one.token()).hasSize(36).isNotEqualTo(other.token());
        assertThat(UUID.fromString(one.token()).version()).isEqualTo(4);
    }

    @Test
    void finds_a_session_by_its_whole_token_only() {
        AppSession session = open("");
        assertThat(sessions.find(session.token())).contains(session);
        assertThat(sessions.find(session.token().substring(1))).isEmpty();
        assertThat(sessions.find(session.token() + " ")).isEmpty();
        assertThat(sessions.find("")).isEmpty();
    }

    @Test
    void does_not_show_the_token() {
        AppSession session = open("");
        assertThat(session.toString()).doesNotContain(session.token());
    }

    @Nested
    class When_all_places_are_taken {
        @Test
        void refuses_while_all_are_in_use() {
            fill("");
            clock.advance(TEN_MINUTES.minusNanos(1));
            assertThat(tryOpen("new", UNKNOWN)).isEmpty();
            assertThat(tryOpen("", UNKNOWN)).isEmpty();
        }

        @Test
        void a_client_replaces_its_own_oldest_session_after_a_second() {
            List<AppSession> others = fill("other", 6);
            List<AppSession> own = fill("panel", 2);
            clock.advance(SECOND.minusNanos(1));
            assertThat(tryOpen("panel", UNKNOWN)).isEmpty();
            clock.advance(Duration.ofNanos(1));

            AppSession fresh = open("panel");

            assertThat(sessions.find(own.get(0).token())).isEmpty();
            assertThat(sessions.find(own.get(1).token())).isPresent();
            assertThat(others).allMatch(other -> sessions.find(other.token()).isPresent());
            assertThat(sessions.find(fresh.token())).isPresent();
        }

        @Test
        void nameless_clients_of_unknown_processes_are_not_taken_for_one() {
            fill("");
            clock.advance(SECOND);
            assertThat(tryOpen("", UNKNOWN)).isEmpty();
        }

        @Test
        void the_least_recently_used_goes_after_ten_minutes() {
            List<AppSession> all = fill("");
            clock.advance(Duration.ofMinutes(5));
            sessions.find(all.get(0).token());
            clock.advance(Duration.ofMinutes(5));

            open("new");

            assertThat(sessions.find(all.get(0).token())).isPresent();
            assertThat(sessions.find(all.get(1).token())).isEmpty();
            assertThat(sessions.find(all.get(2).token())).isPresent();
        }

        @Test
        void a_session_that_is_used_is_never_evicted() {
            List<AppSession> all = fill("");
            AppSession busy = all.get(3);
            for (int i = 0; i < 50; i++) {
                clock.advance(TEN_MINUTES);
                assertThat(sessions.find(busy.token())).isPresent();
                open("panel " + i);
            }
            assertThat(sessions.find(busy.token())).isPresent();
        }
    }

    @Nested
    class When_all_places_are_taken_by_processes {
        private final List<AppSession> all = new ArrayList<>();

        private void fillFrom(String clientId, long... pids) {
            for (long pid : pids) {
                machine.start(pid, 0, pid);
                all.add(open(clientId, pid));
            }
        }

        private void assertEvicted(int... places) {
            for (int i = 0; i < all.size(); i++) {
                int place = i;
                boolean isEvicted = IntStream.of(places).anyMatch(evicted -> evicted == place);
                assertThat(sessions.find(all.get(i).token()).isEmpty())
                        .as("session " + i + " is evicted")
                        .isEqualTo(isEvicted);
            }
        }

        @Test
        void refuses_while_all_processes_run() {
            fillFrom("", 1, 2, 3, 4, 5, 6, 7, 8);
            clock.advance(TEN_MINUTES.minusNanos(1));
            machine.start(9, 0, 9);
            assertThat(tryOpen("", 9)).isEmpty();
            assertThat(tryOpen("", UNKNOWN)).isEmpty();
            assertThat(tryOpen("new", 9)).isEmpty();
        }

        @Test
        void an_ended_process_makes_room_at_once() {
            fillFrom("", 1, 2, 3, 4, 5, 6, 7, 8);
            machine.end(3);
            open("", UNKNOWN);
            assertEvicted(2);
        }

        @Test
        void a_later_process_of_the_same_number_does_not_keep_the_session() {
            fillFrom("", 1, 2, 3, 4, 5, 6, 7, 8);
            machine.start(3, 0, 3);
            open("", 3);
            assertEvicted(2);
        }

        @Test
        void of_ended_processes_the_least_recently_used_session_goes_and_no_other() {
            fillFrom("", 1, 2, 3, 4, 5, 6, 7, 8);
            sessions.find(all.get(2).token());
            machine.end(3);
            machine.end(5);
            machine.end(7);
            open("", UNKNOWN);
            assertEvicted(4);
        }

        @Test
        void an_ended_process_goes_before_an_older_session_of_the_client_and_of_all() {
            fillFrom("panel", 1, 2, 3, 4, 5, 6, 7, 8);
            clock.advance(TEN_MINUTES);
            sessions.find(all.get(7).token());
            machine.end(8);
            open("panel", 1);
            assertEvicted(7);
        }

        @Test
        void a_script_of_short_processes_is_never_refused() {
            for (long pid = 1; pid <= 50; pid++) {
                machine.start(pid, 0, pid);
                open("", pid);
                machine.end(pid);
            }
        }

        @Test
        void a_nameless_process_replaces_its_own_oldest_session_after_a_second() {
            fillFrom("", 1, 2, 3, 4, 5);
            fillFrom("named", 6);
            all.add(open("", 6));
            all.add(open("", 6));
            clock.advance(SECOND.minusNanos(1));
            assertThat(tryOpen("", 6)).isEmpty();
            clock.advance(Duration.ofNanos(1));

            open("", 6);

            assertEvicted(6);
        }

        @Test
        void a_named_client_is_one_client_in_all_of_its_processes() {
            fillFrom("", 1, 2, 3, 4, 5, 6, 7);
            fillFrom("panel", 8);
            clock.advance(SECOND);
            machine.start(9, 0, 9);
            open("panel", 9);
            assertEvicted(7);
        }

        @Test
        void unknown_processes_count_as_running() {
            for (int i = 0; i < AppSessions.CAPACITY; i++) {
                all.add(open("", i % 2 == 0 ? UNKNOWN : 0));
            }
            clock.advance(TEN_MINUTES.minusNanos(1));
            assertThat(tryOpen("", UNKNOWN)).isEmpty();
            assertThat(tryOpen("", 0)).isEmpty();
            clock.advance(Duration.ofNanos(1));
            open("", 0);
            assertEvicted(0);
        }
    }

    @Test
    void looks_whether_a_process_runs_when_a_place_is_needed_only() {
        for (long pid = 1; pid <= AppSessions.CAPACITY; pid++) {
            machine.start(pid, 0, pid);
            AppSession session = open("", pid);
            machine.end(pid);
            assertThat(sessions.find(session.token())).isPresent();
        }
        assertThat(looked).isEmpty();
        open("", UNKNOWN);
        assertThat(looked).containsExactly(1L);
    }

    @Test
    void keeps_its_bounds_under_a_rush() throws Exception {
        Set<Long> ids = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < 8; worker++) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        tryOpen("", UNKNOWN).ifPresent(session -> ids.add(session.id()));
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(ids).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    private Optional<AppSession> tryOpen(String clientId, long pid) {
        return sessions.open(clientId, new Peer(1000, pid));
    }

    private AppSession open(String clientId, long pid) {
        return tryOpen(clientId, pid).orElseThrow();
    }

    private AppSession open(String clientId) {
        return open(clientId, UNKNOWN);
    }

    private List<AppSession> fill(String clientId) {
        return fill(clientId, AppSessions.CAPACITY);
    }

    private List<AppSession> fill(String clientId, int count) {
        List<AppSession> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            opened.add(open(clientId));
        }
        return opened;
    }
}
