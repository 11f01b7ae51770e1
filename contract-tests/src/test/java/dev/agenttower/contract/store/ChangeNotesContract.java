package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.change.application.ChangeNote;
import dev.agenttower.core.governance.change.application.ChangeNote.Kind;
import dev.agenttower.core.governance.change.application.ChangeNotes;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link ChangeNotes} must do. */
abstract class ChangeNotesContract {
    static final ChangeNote DECISION = new ChangeNote(Kind.DECISION, "scr_1", "aa", null);
    private static final ChangeNote UNTOLD =
            new ChangeNote(Kind.FOREIGN_DECISION, "scr_1", "bb", new LedgerCursor(17, "0f"));

    @TempDir
    Path directory;

    private ChangeNotes notes;

    abstract ChangeNotes open(Path directory);

    abstract void close();

    @BeforeEach
    void start() {
        notes = open(directory);
    }

    @AfterEach
    void end() {
        close();
    }

    @Test
    void gives_back_notes_of_every_kind_as_they_were_put() {
        List<ChangeNote> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.add(new ChangeNote(kind, "config/specs.json \u00e9", "aa", null));
            all.add(new ChangeNote(kind, "", "", new LedgerCursor(17, "0f")));
        }
        notes.put("demo@1", all);
        notes.put("demo@1", List.of());
        assertThat(notes.find("demo@1")).containsExactlyInAnyOrderElementsOf(all);
        assertThat(notes.find("demo@2")).isEmpty();
    }

    @Test
    void a_note_takes_the_place_of_one_of_the_same_kind_and_id() {
        notes.put("demo@1", List.of(DECISION, UNTOLD));
        ChangeNote told = new ChangeNote(UNTOLD.kind(), UNTOLD.id(), "cc", null);
        notes.put("demo@1", List.of(told));
        assertThat(notes.find("demo@1")).containsExactlyInAnyOrder(DECISION, told);
    }

    @Test
    void removing_and_forgetting_take_no_more_than_they_name_and_may_be_done_twice() {
        notes.put("demo@1", List.of(DECISION, UNTOLD));
        notes.put("demo@2", List.of(DECISION));
        notes.remove("demo@1", new ChangeNote(Kind.DECISION, "scr_1", "other", null));
        notes.remove("demo@1", DECISION);
        assertThat(notes.find("demo@1")).containsExactly(UNTOLD);
        notes.forget("demo@1");
        notes.forget("demo@1");
        assertThat(notes.find("demo@1")).isEmpty();
        assertThat(notes.find("demo@2")).containsExactly(DECISION);
    }
}
