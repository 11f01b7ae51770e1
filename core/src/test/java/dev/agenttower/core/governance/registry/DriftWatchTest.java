package dev.agenttower.core.governance.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.change.application.InMemoryChangeNotes;
import dev.agenttower.core.governance.drift.Fingerprint;
import dev.agenttower.core.governance.drift.InMemoryBaselineStore;
import dev.agenttower.core.governance.drift.InMemoryPathChanges;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.ledger.note.InMemoryLedgerNotes;
import dev.agenttower.core.governance.ledger.note.InMemoryPromiseStore;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.role.RunningProcesses;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DriftWatchTest {
    private static final String SPECS = "config/specs.json";

    private final InMemoryProjectStore store = new InMemoryProjectStore();
    private final InMemoryBaselineStore fingerprints = new InMemoryBaselineStore();
    private final Folders folders = new Folders();
    private final InMemoryPathChanges changes = new InMemoryPathChanges();
    private final List<String> troubles = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2);
    private final GovernedProjects projects = opened();
    private DriftWatch watch = new DriftWatch(projects, changes, executor, Duration.ofHours(1), this::trouble);

    private void trouble(String what, RuntimeException why) {
        troubles.add(what);
    }

    @AfterEach
    void close() {
        watch.close();
        executor.shutdownNow();
    }

    private static void await(Runnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion::run);
    }

    private List<String> told(String folder) {
        return folders.of(folder).ledger().select(LedgerFilter.ofType("sovereign_file_drift"), 0, null).stream()
                .map(LedgerEvent::description)
                .toList();
    }

    /** The projects as one process of the daemon finds them. */
    private GovernedProjects opened() {
        return new GovernedProjects(
                store,
                folders,
                InstantSource.system(),
                RunningProcesses.unknown(),
                fingerprints,
                new InMemoryPromiseStore(),
                new InMemoryChangeNotes(),
                new InMemoryLedgerNotes());
    }

    @Test
    void a_newly_registered_project_is_taken_as_it_is_and_followed() {
        watch.start();
        folders.of("/a").project().write(SPECS, "1");
        projects.add("/a", "a");
        await(() -> assertThat(changes.followed("/a")).contains(SPECS, ".claude/settings.json"));

        folders.of("/a").project().write(SPECS, "2");
        changes.changed("/a", SPECS);
        await(() -> assertThat(told("/a")).hasSize(1));
    }

    @Test
    void what_changed_while_nobody_watched_is_told_at_the_start_without_a_hint() {
        projects.add("/a", "a");
        folders.of("/a").project().write(SPECS, "2");
        watch = new DriftWatch(opened(), changes, executor, Duration.ofHours(1), this::trouble);
        watch.start();
        await(() -> assertThat(told("/a")).hasSize(1));
    }

    @Test
    void now_and_then_it_compares_without_a_hint() {
        projects.add("/a", "a");
        watch = new DriftWatch(projects, changes, executor, Duration.ofMillis(20), this::trouble);
        watch.start();
        folders.of("/a").project().write(SPECS, "2");
        await(() -> assertThat(told("/a")).hasSize(1));
    }

    @Test
    void a_removed_project_is_not_followed_any_more_and_a_later_one_of_its_name_is_another_one() {
        watch.start();
        projects.add("/a", "a");
        await(() -> assertThat(changes.followed("/a")).isNotEmpty());
        RegisteredProject first = projects.registered("a");
        projects.remove("a");
        await(() -> assertThat(changes.followed("/a")).isEmpty());
        assertThat(fingerprints.find(first.registration())).isEmpty();

        folders.of("/a").project().write(SPECS, "2");
        projects.add("/a", "a");
        await(() -> assertThat(changes.followed("/a")).isNotEmpty());
        assertThat(told("/a")).isEmpty();
        RegisteredProject second = projects.registered("a");
        assertThat(fingerprints
                        .find(second.registration())
                        .orElseThrow()
                        .files()
                        .get(SPECS)
                        .fingerprint())
                .isInstanceOf(Fingerprint.class);
    }

    @Test
    void a_project_whose_folder_is_away_is_named_once_and_watched_when_it_comes_back() {
        projects.add("/a", "a");
        folders.away.add("/a");
        watch = new DriftWatch(opened(), changes, executor, Duration.ofMillis(20), this::trouble);
        watch.start();
        await(() -> assertThat(folders.refusals).hasSizeGreaterThan(3));
        assertThat(troubles).containsExactly("project a");
        folders.of("/a").project().write(SPECS, "2");
        folders.away.clear();
        await(() -> assertThat(told("/a")).hasSize(1));
    }

    @Test
    void a_project_that_hangs_is_in_nobodys_way() throws InterruptedException {
        store.add(new RegisteredProject("slow", "/slow", false, "2026-01-01T00:00:00Z"));
        store.add(new RegisteredProject("quick", "/quick", false, "2026-01-01T00:00:00Z"));
        CountDownLatch release = new CountDownLatch(1);
        folders.hanging.put("/slow", release);
        Thread waiting = new Thread(() -> projects.select("slow", null));
        waiting.start();
        try {
            assertThat(folders.isHanging.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(projects.select("quick", null).name()).isEqualTo("quick");
        } finally {
            release.countDown();
            waiting.join();
        }
        assertThat(projects.select("slow", null)).isSameAs(projects.select("slow", null));
    }

    @Test
    void a_project_that_could_not_be_opened_is_opened_the_next_time() {
        store.add(new RegisteredProject("a", "/a", false, "2026-01-01T00:00:00Z"));
        folders.broken.add("/a");
        assertThatThrownBy(() -> projects.select("a", null))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FAILED));
        folders.broken.clear();
        assertThat(projects.select("a", null).name()).isEqualTo("a");
        folders.away.add("/a");
        assertThatThrownBy(() -> projects.select("a", null)).hasMessageContaining("is missing");
    }

    /** Folders in memory, which can be away or slow. */
    private static final class Folders implements Workspaces {
        private final Map<String, InMemoryWorkspace> workspaces = new ConcurrentHashMap<>();
        private final List<String> away = new CopyOnWriteArrayList<>();
        private final List<String> broken = new CopyOnWriteArrayList<>();
        private final List<String> refusals = new CopyOnWriteArrayList<>();
        private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();
        private final CountDownLatch isHanging = new CountDownLatch(1);

        InMemoryWorkspace of(String folder) {
            return workspaces.computeIfAbsent(
                    folder, added -> new InMemoryWorkspace(text -> Map.of(), InstantSource.system()));
        }

        @Override
        public Optional<String> folder(String path) {
            if (away.contains(path)) {
                refusals.add(path);
                return Optional.empty();
            }
            return Optional.of(path);
        }

        @Override
        public boolean isFramework(String folder) {
            return false;
        }

        @Override
        public Workspace open(RegisteredProject project) {
            if (broken.contains(project.path())) {
                throw new ProjectFileException("closed", null);
            }
            CountDownLatch release = hanging.get(project.path());
            if (release != null) {
                isHanging.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return of(project.path());
        }
    }
}
