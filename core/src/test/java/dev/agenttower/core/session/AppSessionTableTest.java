package dev.agenttower.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.time.HandClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AppSessionTableTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final HandClock clock = new HandClock();
    private final AppSessions sessions = new AppSessionTable(clock);

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
            assertThat(sessions.open("new")).isEmpty();
            assertThat(sessions.open("")).isEmpty();
        }

        @Test
        void a_client_replaces_its_own_oldest_session_after_a_second() {
            List<AppSession> others = fill("other", 6);
            List<AppSession> own = fill("panel", 2);
            clock.advance(SECOND.minusNanos(1));
            assertThat(sessions.open("panel")).isEmpty();
            clock.advance(Duration.ofNanos(1));

            AppSession fresh = open("panel");

            assertThat(sessions.find(own.get(0).token())).isEmpty();
            assertThat(sessions.find(own.get(1).token())).isPresent();
            assertThat(others).allMatch(other -> sessions.find(other.token()).isPresent());
            assertThat(sessions.find(fresh.token())).isPresent();
        }

        @Test
        void nameless_clients_are_not_taken_for_one() {
            fill("");
            clock.advance(SECOND);
            assertThat(sessions.open("")).isEmpty();
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

    @Test
    void keeps_its_bounds_under_a_rush() throws Exception {
        Set<Long> ids = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < 8; worker++) {
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        sessions.open("").ifPresent(session -> ids.add(session.id()));
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

    private AppSession open(String clientId) {
        return sessions.open(clientId).orElseThrow();
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
