package dev.agenttower.core.governance.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.Integrity;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.ledger.LedgerPage;
import dev.agenttower.core.governance.ledger.LedgerQuery;
import dev.agenttower.core.governance.ledger.SegmentOpening;
import dev.agenttower.core.governance.policy.Policy;
import dev.agenttower.core.governance.policy.PolicyFiles;
import dev.agenttower.core.governance.policy.PolicyProblem;
import dev.agenttower.core.governance.policy.PolicySettings;
import dev.agenttower.core.governance.project.InMemoryProject;
import dev.agenttower.core.governance.project.PathText;
import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SovereignDriftTest {
    private static final String SPECS = "config/specs.json";
    private static final String PLAN = "_cortex/MASTER_PLAN.md";

    private final InMemoryProject project = new InMemoryProject();
    private final InMemoryBaselineStore fingerprints = new InMemoryBaselineStore();
    private final InMemoryLedger ledger = new InMemoryLedger(InstantSource.system());
    private final Faults faults = new Faults();
    private SovereignFiles files = new InMemorySovereignFiles(project);
    private List<String> more = List.of();
    private List<PolicyProblem> problems = List.of();
    private SovereignDrift drift = started();

    private SovereignDrift started() {
        return new SovereignDrift(
                "demo",
                () -> new Policy(
                        Map.of(),
                        Map.of(),
                        new PolicySettings(null, "", "", null, problems.isEmpty() ? more : List.of()),
                        problems,
                        false,
                        Instant.EPOCH),
                paths -> files.snapshot(paths),
                faults.before(fingerprints),
                faults.before(ledger));
    }

    private void restart() {
        drift = started();
    }

    private static String sha256(String text) {
        return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> told() {
        return ledger.events().stream()
                .filter(event -> event.actionType().equals(Drift.TYPE))
                .map(event -> event.data("target_path") + " " + event.data("noticed"))
                .toList();
    }

    @Test
    void what_is_compared_first_is_only_noted() {
        project.write(SPECS, "a");
        assertThat(drift.check()).isEmpty();
        restart();
        assertThat(drift.check()).isEmpty();
        assertThat(ledger.events()).isEmpty();
    }

    @Test
    void tells_everything_a_person_needs_to_know_of_a_change() {
        project.write(SPECS, "a");
        drift.check();
        project.write(SPECS, "b");

        assertThat(drift.check())
                .containsExactly(
                        new Drift(SPECS, Fingerprint.of(sha256("a")), Fingerprint.of(sha256("b")), DetectedBy.WATCH));

        LedgerEvent event = ledger.events().get(0);
        assertThat(event.actionType()).isEqualTo("sovereign_file_drift");
        assertThat(event.agent()).isEqualTo("SYSTEM");
        assertThat(event.role()).isEqualTo("Sentry");
        assertThat(event.authorized()).isFalse();
        assertThat(event.description()).contains(SPECS);
        assertThat(event.fields())
                .containsEntry("tier", 1)
                .containsEntry("escalation", true)
                .containsEntry(
                        "action_data",
                        Map.of(
                                "target_path",
                                SPECS,
                                "before_sha256",
                                sha256("a"),
                                "after_sha256",
                                sha256("b"),
                                "noticed",
                                "watch"));
        assertThat(drift.last()).contains(new ReportedDrift(SPECS, event.ts(), event.id()));
    }

    @Test
    void each_change_is_told_once_whether_by_looking_again_or_after_a_restart() {
        project.write(SPECS, "a");
        drift.check();
        restart();
        project.write(SPECS, "b");
        project.write(PLAN, "new");
        drift.check();
        drift.check();
        restart();
        drift.check();
        project.delete(PLAN);
        drift.check();
        project.write(SPECS, "a");
        drift.check();
        drift.check();

        assertThat(told()).containsExactly(PLAN + " start", SPECS + " start", PLAN + " watch", SPECS + " watch");
        assertThat(ledger.events())
                .extracting(LedgerEvent::description)
                .containsExactly(
                        "Sovereign file " + PLAN + " appeared without an authorized change.",
                        "Sovereign file " + SPECS + " changed without an authorized change.",
                        "Sovereign file " + PLAN + " disappeared without an authorized change.",
                        "Sovereign file " + SPECS + " changed without an authorized change.");
    }

    @Test
    void a_link_with_the_same_content_in_the_place_of_a_file_is_a_change() {
        project.write("other", "a");
        drift.check();
        project.link(SPECS, "../other");
        drift.check();
        assertThat(ledger.events().get(0).description()).endsWith("It is now a link to other.");
    }

    @Test
    void below_a_sovereign_directory_every_file_counts() {
        more = List.of("secrets/");
        project.write("secrets/one", "1");
        drift.check();
        project.write("secrets/deep/two", "2");
        project.delete("secrets/one");
        drift.check();
        assertThat(told()).containsExactly("secrets/deep/two watch", "secrets/one watch");
    }

    @Test
    void what_becomes_sovereign_is_taken_as_it_is_and_watched_from_then_on() {
        project.write("key", "a");
        drift.check();
        project.write("key", "b");
        more = List.of("key", "gone");
        assertThat(drift.check()).isEmpty();
        assertThat(drift.paths()).contains("key", "gone", SPECS);
        project.write("key", "c");
        project.write("gone", "back");
        drift.check();
        assertThat(told()).containsExactly("gone watch", "key watch");
    }

    @Test
    void what_is_not_sovereign_any_more_is_compared_once_more_and_then_forgotten() {
        project.write(PolicyFiles.SETTINGS, "{}");
        more = List.of("key");
        drift.check();
        project.write("key", "a");
        more = List.of();
        drift.check();
        project.write("key", "b");
        drift.check();
        assertThat(told()).containsExactly("key watch");
    }

    @Test
    void broken_settings_do_not_make_anything_less_sovereign() {
        project.write(PolicyFiles.SETTINGS, "{}");
        more = List.of("key");
        drift.check();
        problems = List.of(new PolicyProblem(PolicyFiles.SETTINGS, "is not JSON"));
        drift.check();
        project.write("key", "a");
        drift.check();
        problems = List.of();
        project.delete(PolicyFiles.SETTINGS);
        more = List.of();
        drift.check();
        project.write("key", "b");
        drift.check();
        assertThat(told()).containsExactly("key watch", PolicyFiles.SETTINGS + " watch", "key watch");
    }

    @Test
    void what_cannot_be_looked_at_is_neither_gone_nor_new() {
        more = List.of("far/");
        project.write(SPECS, "a");
        project.write("far/file", "a");
        files = paths -> new FileSnapshot(Map.of(SPECS, Fingerprint.of("a")), Set.of("far"));
        drift.check();
        files = new InMemorySovereignFiles(project);
        project.write(SPECS, "a");
        drift.check();
        assertThat(told()).containsExactly(SPECS + " watch");
        files = paths -> new FileSnapshot(Map.of(), Set.of("far", "config"));
        drift.check();
        assertThat(told()).hasSize(1);
        files = new InMemorySovereignFiles(project);
        drift.check();
        assertThat(told()).hasSize(1);
        project.write("far/file", "b");
        drift.check();
        assertThat(told()).containsExactly(SPECS + " watch", "far/file watch");
    }

    @Test
    void a_folder_that_holds_too_much_is_told_once_and_compared_again_when_it_holds_less() {
        more = List.of("far/");
        project.write("far/file", "a");
        drift.check();
        files = paths -> new FileSnapshot(Map.of(), Set.of(), Set.of("far"));
        for (int fault = 1; fault <= 6; fault++) {
            faults.at(fault, () -> drift.check());
            restart();
        }
        drift.check();
        assertThat(ledger.events()).extracting(LedgerEvent::actionType).containsExactly("sovereign_watch_incomplete");
        assertThat(ledger.events().get(0).data("target_path")).isEqualTo("far");
        assertThat(ledger.events().get(0).authorized()).isFalse();
        assertThat(drift.overfull()).containsExactly("far");
        assertThat(drift.last()).isEmpty();

        files = new InMemorySovereignFiles(project);
        project.write("far/file", "b");
        project.write("far/new", "b");
        drift.check();
        assertThat(told()).as("what was never looked at cannot be told").containsExactly("far/file watch");
        assertThat(drift.overfull()).isEmpty();
        project.write("far/new", "c");
        drift.check();
        assertThat(told()).containsExactly("far/file watch", "far/new watch");
    }

    @Test
    void a_folder_that_holds_too_much_from_the_first_is_told_too() {
        more = List.of("far/");
        files = paths -> new FileSnapshot(Map.of(), Set.of(), Set.of("far"));
        drift.check();
        drift.check();
        assertThat(ledger.events()).extracting(LedgerEvent::actionType).containsExactly("sovereign_watch_incomplete");
        files = new InMemorySovereignFiles(project);
        project.write("far/file", "a");
        drift.check();
        project.write("far/file", "b");
        drift.check();
        assertThat(told()).containsExactly("far/file watch");
    }

    private List<LedgerEvent> incomplete() {
        return ledger.events().stream()
                .filter(event -> event.actionType().equals("sovereign_watch_incomplete"))
                .toList();
    }

    /** What the project holds, but nothing of some places. */
    private SovereignFiles closed(String... places) {
        return paths -> {
            Map<String, Fingerprint> seen = new TreeMap<>(
                    new InMemorySovereignFiles(project).snapshot(paths).files());
            seen.keySet().removeIf(path -> Stream.of(places).anyMatch(place -> PathText.isAtOrAbove(place, path)));
            return new FileSnapshot(seen, Set.of(places));
        };
    }

    @Test
    void a_part_that_cannot_be_looked_at_silences_nothing_else_and_is_told_once() {
        more = List.of("far/");
        project.write("far/file", "a");
        project.write("far/x/file", "a");
        project.write("far/x/same", "a");
        drift.check();
        files = closed("far/x");
        project.write("far/file", "b");
        for (int fault = 1; fault <= 6; fault++) {
            faults.at(fault, () -> drift.check());
            restart();
        }
        drift.check();
        assertThat(told()).containsExactly("far/file start");
        assertThat(incomplete()).hasSize(1);
        assertThat(incomplete().get(0).data("target_path")).isEqualTo("far");
        assertThat(incomplete().get(0).data("unseen_path")).isEqualTo("far/x");
        assertThat(incomplete().get(0).data("reason")).isEqualTo("unreadable");
        assertThat(incomplete().get(0).authorized()).isFalse();
        assertThat(drift.last().orElseThrow().path()).isEqualTo("far/file");

        files = closed("far/x", "far/y");
        drift.check();
        assertThat(incomplete()).as("it is incomplete already").hasSize(1);

        project.write("far/x/file", "b");
        project.write("far/x/new", "b");
        files = new InMemorySovereignFiles(project);
        drift.check();
        assertThat(told())
                .as("nothing was gone, and what it was is still known")
                .containsExactly("far/file start", "far/x/file watch", "far/x/new watch");
        files = closed("far/x");
        drift.check();
        assertThat(incomplete()).hasSize(2);
    }

    @Test
    void a_part_that_could_never_be_looked_at_is_taken_as_it_is_when_it_can() {
        more = List.of("far/");
        project.write("far/file", "a");
        project.write("far/x/y/file", "a");
        files = closed("far/x");
        drift.check();
        drift.check();
        assertThat(incomplete()).hasSize(1);
        project.write("far/file", "b");
        drift.check();
        assertThat(told()).containsExactly("far/file watch");
        files = closed("far/x/y");
        drift.check();
        restart();
        files = new InMemorySovereignFiles(project);
        drift.check();
        assertThat(incomplete()).hasSize(1);
        assertThat(told()).containsExactly("far/file watch");
        project.write("far/x/y/file", "b");
        drift.check();
        assertThat(told()).containsExactly("far/file watch", "far/x/y/file watch");
    }

    @Test
    void a_file_that_cannot_be_looked_at_is_told_and_stays_known() {
        project.write(SPECS, "a");
        drift.check();
        files = closed(SPECS);
        drift.check();
        drift.check();
        assertThat(incomplete()).extracting(event -> event.data("target_path")).containsExactly(SPECS);
        assertThat(told()).isEmpty();
        project.write(SPECS, "b");
        files = new InMemorySovereignFiles(project);
        drift.check();
        assertThat(ledger.events())
                .extracting(event -> event.data("before_sha256"))
                .containsExactly(null, sha256("a"));
    }

    @Test
    void a_folder_of_which_all_is_closed_counts_as_incomplete_too() {
        more = List.of("far/");
        files = closed("far");
        drift.check();
        assertThat(incomplete()).extracting(event -> event.data("target_path")).containsExactly("far");
        project.write("far/file", "a");
        files = new InMemorySovereignFiles(project);
        drift.check();
        project.write("far/file", "b");
        drift.check();
        assertThat(told()).containsExactly("far/file watch");
        assertThat(drift.paths()).doesNotContain("far/.");
    }

    @Test
    void an_authorized_change_is_no_drift_at_any_moment() {
        project.write(SPECS, "a");
        drift.check();
        drift.expect(SPECS, sha256("b"));
        drift.check();
        project.write(SPECS, "b");
        drift.check();
        drift.confirm(SPECS, sha256("b"));
        drift.check();
        drift.settle(SPECS);
        drift.check();
        assertThat(told()).isEmpty();
        project.write(SPECS, "a");
        drift.check();
        assertThat(told()).containsExactly(SPECS + " watch");
    }

    @Test
    void what_an_authorized_change_has_written_in_part_is_no_drift() {
        drift.check();
        drift.expect(SPECS, sha256("whole"));
        project.write(SPECS, "");
        drift.check();
        project.write(SPECS, "who");
        drift.check();
        project.write(SPECS, "whole");
        drift.settle(SPECS);
        drift.check();
        assertThat(told()).isEmpty();
        assertThat(fingerprints.find("demo").orElseThrow().files().get(SPECS).fingerprint())
                .isEqualTo(Fingerprint.of(sha256("whole")));
    }

    @Test
    void what_is_left_of_an_authorized_change_is_a_drift_if_it_is_not_what_was_authorized() {
        drift.check();
        drift.expect(SPECS, sha256("whole"));
        project.write(SPECS, "who");
        drift.settle(SPECS);
        assertThat(told()).containsExactly(SPECS + " watch");
        drift.expect(SPECS, sha256("whole"));
        project.write(SPECS, "wh");
        restart();
        drift.check();
        assertThat(told()).containsExactly(SPECS + " watch", SPECS + " start");
    }

    @Test
    void what_drifted_before_an_authorized_change_is_told_before_it() {
        project.write(SPECS, "a");
        drift.check();
        project.write(SPECS, "mine");
        drift.expect(SPECS, sha256("b"));
        assertThat(told()).containsExactly(SPECS + " watch");
        project.write(SPECS, "b");
        drift.confirm(SPECS, sha256("b"));
        drift.settle(SPECS);
        assertThat(told()).hasSize(1);
    }

    @Test
    void what_is_put_in_the_place_of_an_authorized_content_is_a_drift_from_that_content() {
        project.write(SPECS, "a");
        drift.check();
        drift.expect(SPECS, sha256("b"));
        project.write(SPECS, "b");
        drift.confirm(SPECS, sha256("b"));
        project.write(SPECS, "mine");
        drift.settle(SPECS);
        assertThat(ledger.events().get(0).data("before_sha256")).isEqualTo(sha256("b"));
        assertThat(told()).hasSize(1);
    }

    @Test
    void an_authorized_change_that_a_crash_interrupted_is_no_drift_but_cannot_be_made_by_hand_later() {
        project.write(SPECS, "a");
        drift.check();
        drift.expect(SPECS, sha256("b"));
        project.write(SPECS, "b");
        restart();
        drift.check();
        assertThat(told()).isEmpty();

        drift.expect(SPECS, sha256("c"));
        restart();
        drift.check();
        project.write(SPECS, "c");
        drift.check();
        assertThat(told()).containsExactly(SPECS + " watch");
    }

    @Test
    void a_change_that_was_given_up_may_not_be_made_by_hand() {
        project.write(SPECS, "a");
        drift.check();
        drift.expect(SPECS, sha256("b"));
        drift.settle(SPECS);
        project.write(SPECS, "b");
        drift.check();
        assertThat(told()).containsExactly(SPECS + " watch");
    }

    @Test
    void a_file_that_is_not_sovereign_is_not_expected() {
        drift.check();
        drift.expect("README.md", sha256("b"));
        drift.confirm("README.md", sha256("b"));
        assertThat(fingerprints.find("demo").orElseThrow().files()).doesNotContainKey("README.md");
    }

    @Test
    void cut_off_anywhere_a_drift_is_told_exactly_once() {
        for (int fault = 1; ; fault++) {
            project.write(SPECS, "before " + fault);
            restart();
            drift.check();
            int events = ledger.events().size();
            project.write(SPECS, "after " + fault);
            project.write(PLAN, "after " + fault);

            boolean isCutOff = faults.at(fault, () -> drift.check());

            restart();
            drift.check();
            restart();
            drift.check();
            assertThat(ledger.events()).as("cut off at %s", fault).hasSize(events + 2);
            assertThat(drift.last().orElseThrow().eventId())
                    .isIn(ledger.events().stream().map(LedgerEvent::id).toList());
            if (!isCutOff) {
                assertThat(fault).isGreaterThan(6);
                return;
            }
        }
    }

    @Test
    void what_happened_before_a_cut_and_after_it_are_two_drifts() {
        project.write(SPECS, "a");
        drift.check();
        project.write(SPECS, "b");
        assertThat(faults.at(3, () -> drift.check())).isTrue();
        project.write(SPECS, "c");
        restart();
        drift.check();
        assertThat(ledger.events())
                .extracting(event -> event.data("after_sha256"))
                .containsExactly(sha256("b"), sha256("c"));
    }

    @Test
    void what_could_not_be_told_is_told_when_the_ledger_can_be_written_again() {
        project.write(SPECS, "a");
        drift.check();
        project.write(SPECS, "b");
        faults.isLedgerBroken = true;
        assertThatThrownBy(() -> drift.check()).isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> drift.expect(PLAN, "x")).isInstanceOf(LedgerException.class);
        faults.isLedgerBroken = false;
        drift.check();
        assertThat(told()).containsExactly(SPECS + " watch");
    }

    @Test
    void a_forgotten_project_tells_nothing_more() {
        project.write(SPECS, "a");
        drift.check();
        drift.forget();
        project.write(SPECS, "b");
        assertThat(drift.check()).isEmpty();
        assertThat(fingerprints.find("demo")).isEmpty();
    }

    @Test
    void files_that_are_created_at_the_word_of_a_human_are_no_drift() {
        drift.check();
        AuthorizedFiles fresh = new AuthorizedFiles(project, drift);
        assertThat(fresh.create(SPECS, "{}")).isTrue();
        drift.check();
        assertThat(fresh.create(SPECS, "[]")).isFalse();
        assertThat(fresh.create("README.md", "x")).isTrue();
        assertThat(told()).isEmpty();

        project.delete(SPECS);
        assertThat(fresh.create(SPECS, "{}")).isTrue();
        drift.check();
        assertThat(told()).as("what was deleted by hand before").containsExactly(SPECS + " watch");
    }

    /** Cuts off what uses store and ledger before any of their writes, and after the last. */
    private static final class Faults {
        private int left = Integer.MAX_VALUE;
        private boolean isLedgerBroken;

        /** Whether the work was cut off before its so-manieth write, or its end. */
        boolean at(int number, Runnable work) {
            left = number;
            try {
                work.run();
                return false;
            } catch (StorageException e) {
                return true;
            } finally {
                left = Integer.MAX_VALUE;
            }
        }

        private void pass() {
            if (--left <= 0) {
                throw new StorageException("cut off", new IllegalStateException());
            }
        }

        BaselineStore before(BaselineStore store) {
            return new BaselineStore() {
                @Override
                public Optional<Baseline> find(String key) {
                    return store.find(key);
                }

                @Override
                public void save(String key, Baseline baseline) {
                    pass();
                    store.save(key, baseline);
                    pass();
                }

                @Override
                public void forget(String key) {
                    store.forget(key);
                }
            };
        }

        Ledger before(Ledger delegate) {
            return new Ledger() {
                @Override
                public List<LedgerEvent> append(List<EventDraft> drafts) {
                    pass();
                    if (isLedgerBroken) {
                        throw new LedgerException("the disk is full", null);
                    }
                    List<LedgerEvent> events = delegate.append(drafts);
                    pass();
                    return events;
                }

                @Override
                public void scan(Predicate<? super LedgerEvent> visitor) {
                    delegate.scan(visitor);
                }

                @Override
                public LedgerPage page(LedgerQuery query) {
                    return delegate.page(query);
                }

                @Override
                public long extent() {
                    return delegate.extent();
                }

                @Override
                public Integrity verify() {
                    return delegate.verify();
                }

                @Override
                public LedgerEvent closeSegment(SegmentOpening opening) {
                    return delegate.closeSegment(opening);
                }
            };
        }
    }
}
