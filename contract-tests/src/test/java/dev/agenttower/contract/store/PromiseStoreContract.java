package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.governance.ledger.note.PromiseStore;
import dev.agenttower.core.governance.ledger.note.PromisedEvent;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every store of promised events does. */
abstract class PromiseStoreContract {
    private static final LedgerCursor PLACE = LedgerCursor.after(12, "a".repeat(64));
    private static final EventDraft EVENT = EventDraft.of("tag", "claude", "Developer", "note", 3, "d\u00e4\n");

    /** A fresh, empty store. */
    abstract PromiseStore store();

    private static PromisedEvent promise(String file, String subject, EventDraft event) {
        return new PromisedEvent(file, subject, "shown \ud83d\ude00", event, PLACE);
    }

    @Test
    void gives_back_what_was_noted() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("z", Arrays.asList(1, 2.5, null, true, "x"));
        data.put("a", Map.of("big", BigInteger.TEN.pow(30), "long", 1L << 40));
        PromisedEvent rich =
                promise("f", "s", EVENT.withSpec("SPEC-1").withData(data).denied());
        PromisedEvent bare =
                promise("f", "t", new EventDraft("t", "A", "R", "note", "d", null, true, null, Map.of(), null, null));
        PromiseStore store = store();
        store.note("p", bare);
        store.note("p", rich);
        assertThat(store.find("p", "f")).containsExactly(rich, bare);
        assertThat(store.find("p", "f").get(0).event().extras().keySet()).containsExactly("action_data", "escalation");
    }

    @Test
    void keeps_projects_files_and_subjects_apart() {
        PromiseStore store = store();
        PromisedEvent first = promise("f", "s", EVENT);
        PromisedEvent other = promise("g", "s", EVENT);
        store.note("p", first);
        store.note("p", other);
        store.note("q", first);
        store.remove("p", first);
        store.remove("p", first);
        assertThat(store.find("p", "f")).isEmpty();
        assertThat(store.find("p", "g")).containsExactly(other);
        store.forget("p");
        store.forget("none");
        assertThat(store.find("p", "g")).isEmpty();
        assertThat(store.find("q", "f")).containsExactly(first);
        assertThat(store.find("q", "")).isEmpty();
    }

    @Test
    void a_later_one_takes_the_place_of_an_earlier_one() {
        PromiseStore store = store();
        PromisedEvent later = promise("f", "s", EVENT.with("more", List.of()));
        store.note("p", promise("f", "s", EVENT));
        store.note("p", later);
        assertThat(store.find("p", "f")).containsExactly(later);
    }
}
