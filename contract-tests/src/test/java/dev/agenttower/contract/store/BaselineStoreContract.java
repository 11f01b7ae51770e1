package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.drift.Baseline;
import dev.agenttower.core.governance.drift.BaselineStore;
import dev.agenttower.core.governance.drift.DetectedBy;
import dev.agenttower.core.governance.drift.Fingerprint;
import dev.agenttower.core.governance.drift.KnownFile;
import dev.agenttower.core.governance.drift.PendingDrift;
import dev.agenttower.core.governance.drift.ReportedDrift;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@link BaselineStore} must do. */
abstract class BaselineStoreContract {
    private static final Baseline ONE =
            Baseline.of(List.of(new KnownFile("config/specs.json", true, Fingerprint.of("aa"), null, null)), null);
    private static final Baseline ALL = Baseline.of(
            List.of(
                    new KnownFile("plain", true, Fingerprint.of("aa"), null, null),
                    new KnownFile("missing", true, null, null, null),
                    new KnownFile("expected", false, null, "bb", null),
                    new KnownFile("link", false, new Fingerprint("aa", "a link to 'x'\n\u00e9"), null, null),
                    new KnownFile("closed", true, new Fingerprint(null, "closed to the daemon"), "cc", null),
                    new KnownFile(
                            "unreported",
                            true,
                            Fingerprint.of("aa"),
                            null,
                            new PendingDrift(
                                    new Fingerprint("dd", "a link"), DetectedBy.WATCH, new LedgerCursor(17, "0f"))),
                    new KnownFile(
                            "gone",
                            true,
                            Fingerprint.of("aa"),
                            null,
                            new PendingDrift(null, DetectedBy.START, LedgerCursor.START))),
            new ReportedDrift("plain", "2026-02-20T21:13:15Z", "evt_1"));

    @TempDir
    Path directory;

    private BaselineStore fingerprints;

    abstract BaselineStore open(Path directory);

    abstract void close();

    @BeforeEach
    void start() {
        fingerprints = open(directory);
    }

    @AfterEach
    void end() {
        close();
    }

    @Test
    void gives_back_everything_as_it_was_saved() {
        fingerprints.save("demo@1", ALL);
        assertThat(fingerprints.find("demo@1")).contains(ALL);
    }

    @Test
    void of_a_project_that_was_never_saved_nothing_is_known() {
        fingerprints.save("demo@1", ONE);
        assertThat(fingerprints.find("demo@2")).isEmpty();
        assertThat(fingerprints.find("")).isEmpty();
    }

    @Test
    void saving_replaces_all_that_was_known_of_this_project_and_of_no_other() {
        fingerprints.save("demo@1", ALL);
        fingerprints.save("demo@2", ALL);
        fingerprints.save("demo@1", ONE);
        assertThat(fingerprints.find("demo@1")).contains(ONE);
        assertThat(fingerprints.find("demo@2")).contains(ALL);
    }

    @Test
    void forgetting_takes_one_project_only_and_may_be_done_twice() {
        fingerprints.save("demo@1", ALL);
        fingerprints.save("demo@2", ONE);
        fingerprints.forget("demo@1");
        fingerprints.forget("demo@1");
        assertThat(fingerprints.find("demo@1")).isEmpty();
        assertThat(fingerprints.find("demo@2")).contains(ONE);
    }
}
