package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.ledger.note.ExternalEvents;
import dev.agenttower.core.governance.ledger.note.LedgerBatch;
import dev.agenttower.core.governance.ledger.note.LedgerEnd;
import dev.agenttower.core.governance.ledger.note.LedgerNote;
import dev.agenttower.core.governance.ledger.note.LedgerNotes;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link LedgerNotes} must do. */
abstract class LedgerNotesContract {
    static final LedgerNote RESTING = new LedgerNote(new LedgerEnd(17, "ab"), null);
    static final LedgerNote WRITING =
            new LedgerNote(new LedgerEnd(17, "ab"), new LedgerBatch(20, new LedgerEnd(90, "ef"), List.of("cd", "ef")));
    private static final ExternalEvents FIRST = new ExternalEvents(17, 20, 1, "evt_1", "evt_1", false);
    private static final ExternalEvents SECOND = new ExternalEvents(90, 200, 3, "evt_2", "evt_4", true);

    @TempDir
    Path directory;

    private LedgerNotes notes;

    abstract LedgerNotes open(Path directory);

    abstract void close();

    @BeforeEach
    void start() {
        notes = open(directory);
    }

    @AfterEach
    void end() {
        close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gives_back_what_was_saved_last(boolean isDurable) {
        notes.save("demo@1", RESTING, isDurable);
        assertThat(notes.find("demo@1")).contains(RESTING);
        notes.save("demo@1", WRITING, isDurable);
        assertThat(notes.find("demo@1")).contains(WRITING);
        notes.save("demo@1", RESTING, !isDurable);
        assertThat(notes.find("demo@1")).contains(RESTING);
    }

    @Test
    void of_a_ledger_that_was_never_looked_at_nothing_is_known() {
        notes.save("demo@1", RESTING, true);
        assertThat(notes.find("demo@2")).isEmpty();
        assertThat(notes.external("demo@1")).isEmpty();
    }

    @Test
    void keeps_the_events_of_others_in_the_order_of_the_ledger() {
        notes.put("demo@1", SECOND);
        notes.put("demo@1", FIRST);
        notes.put("demo@2", SECOND);
        assertThat(notes.external("demo@1")).containsExactly(FIRST, SECOND);
        notes.put("demo@1", FIRST.reported());
        assertThat(notes.external("demo@1")).containsExactly(FIRST.reported(), SECOND);
        notes.clear("demo@1");
        assertThat(notes.external("demo@1")).isEmpty();
        assertThat(notes.external("demo@2")).containsExactly(SECOND);
    }

    @Test
    void forgetting_takes_one_project_only_and_may_be_done_twice() {
        for (String project : List.of("demo@1", "demo@2")) {
            notes.save(project, WRITING, false);
            notes.put(project, FIRST);
        }
        notes.forget("demo@1");
        notes.forget("demo@1");
        assertThat(notes.find("demo@1")).isEmpty();
        assertThat(notes.external("demo@1")).isEmpty();
        assertThat(notes.find("demo@2")).contains(WRITING);
        assertThat(notes.external("demo@2")).containsExactly(FIRST);
    }
}
