package dev.agenttower.contract.store;

import static dev.agenttower.contract.store.StoredRows.agent;
import static dev.agenttower.contract.store.StoredRows.at;
import static dev.agenttower.contract.store.StoredRows.attachment;
import static dev.agenttower.contract.store.StoredRows.key;
import static dev.agenttower.contract.store.StoredRows.pane;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.event.ActivityWindow;
import dev.agenttower.core.event.AttachedLog;
import dev.agenttower.core.event.AttachedLogs;
import dev.agenttower.core.event.Classification;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.event.LogCommit;
import dev.agenttower.core.event.ReadOffset;
import dev.agenttower.core.event.Span;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.LogOffset;
import dev.agenttower.core.memory.EventRow;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link AttachedLogs} promises. */
abstract class AttachedLogsContract extends StoreContract {
    private static final String PATH = "/logs/lat_1";
    private static final ReadOffset BEGIN = new ReadOffset(0, 0, 0, null, null, 0, at(0));
    private static final ReadOffset LATER = new ReadOffset(10, 2, 5, at(1), "1:2", 12, at(1));
    private static final ActivityWindow WINDOW = new ActivityWindow(
            "0123456789ab",
            new Classification(EventType.ACTIVITY, "activity.fallback.v1", "last line"),
            at(1),
            3,
            new Span(0, 10),
            new Span(0, 2),
            at(0));

    @BeforeEach
    void attach() {
        tables.put(agent("one", key("c", 1), true));
        tables.put(attachment("lat_1", "one", key("c", 1), "active"));
        put(BEGIN);
    }

    private void put(ReadOffset read) {
        tables.logs().write(writes -> {
            writes.put(new LogOffset(
                    new AgentId("one"),
                    PATH,
                    read.bytes(),
                    read.lines(),
                    read.lastEvent(),
                    read.lastOutputAt(),
                    read.inode(),
                    read.sizeSeen(),
                    at(0),
                    read.updatedAt()));
            return PATH;
        });
    }

    private AttachedLog log() {
        return tables.attachedLogs().list().get(0);
    }

    private static LogCommit commit(
            AttachedLog log, ReadOffset from, @Nullable ActivityWindow before, @Nullable ActivityWindow after) {
        Event event = EventStoreContract.event(0, "error", "one", at(1), 0);
        return new LogCommit(log, List.of(event, event), from, LATER, before, after);
    }

    @Test
    void shows_a_log_with_all_that_is_stored_about_it() {
        assertThat(tables.attachedLogs().list())
                .containsExactly(
                        new AttachedLog("lat_1", "one", PATH, true, "register_self", at(0), false, BEGIN, null, null));
        tables.put(pane(key("c", 1), false));
        tables.put(new EventRow(EventStoreContract.event(5, "error", "one", at(2), 0), at(2)));
        assertThat(log().isPaneGone()).isTrue();
        assertThat(log().lastEvent()).isEqualTo(new AttachedLog.LastEvent("error", at(2)));
    }

    @Test
    void the_last_event_is_that_of_the_attachment_with_the_greatest_id() {
        tables.put(new EventRow(EventStoreContract.event(5, "error", "one", at(2), 0), at(2)));
        tables.put(new EventRow(EventStoreContract.event(6, "completed", "one", at(1), 0), at(2)));
        tables.put(new EventRow(7, "activity", "one", at(3)));
        assertThat(log().lastEvent()).isEqualTo(new AttachedLog.LastEvent("completed", at(1)));
    }

    @Test
    void shows_active_logs_and_the_latest_stale_one_only() {
        for (String status : List.of("superseded", "detached")) {
            tables.put(agent(status, key("c", 2), true));
            tables.put(attachment("lat_" + status, status, key("c", 2), status));
        }
        tables.put(agent("two", key("c", 3), true));
        tables.put(attachment("lat_2", "two", key("c", 3), "stale"));
        tables.put(attachment("lat_3", "two", key("c", 3), "stale"));
        assertThat(tables.attachedLogs().list())
                .extracting(AttachedLog::attachmentId)
                .containsExactlyInAnyOrder("lat_1", "lat_3");
        assertThat(tables.attachedLogs().list())
                .filteredOn(log -> log.attachmentId().equals("lat_3"))
                .allMatch(log -> !log.isActive() && log.offset() == null);
    }

    @Test
    void stores_events_offset_and_window_together() {
        List<Event> stored =
                tables.attachedLogs().commit(commit(log(), BEGIN, null, WINDOW)).orElseThrow();
        assertThat(stored).extracting(Event::id).containsExactly(1L, 2L);
        assertThat(tables.events().unappended(10)).isEqualTo(stored);
        assertThat(log().offset()).isEqualTo(LATER);
        assertThat(log().window()).isEqualTo(WINDOW);
    }

    @Test
    void a_window_goes_when_it_is_closed() {
        tables.attachedLogs().commit(commit(log(), BEGIN, null, WINDOW));
        LogCommit closing = new LogCommit(log(), List.of(), null, null, WINDOW, null);
        assertThat(tables.attachedLogs().commit(closing)).isPresent();
        assertThat(log().window()).isNull();
        assertThat(log().offset()).isEqualTo(LATER);
    }

    @Test
    void a_log_with_an_open_window_is_shown_whatever_its_status() {
        tables.attachedLogs().commit(commit(log(), BEGIN, null, WINDOW));
        tables.put(attachment("lat_1", "one", key("c", 1), "detached"));
        assertThat(log().isActive()).isFalse();
        assertThat(log().window()).isEqualTo(WINDOW);
    }

    @Test
    void stores_nothing_if_the_offset_was_changed_meanwhile() {
        ReadOffset other = new ReadOffset(3, 1, 0, null, null, 0, at(0));
        put(other);
        assertThat(tables.attachedLogs().commit(commit(log(), BEGIN, null, WINDOW)))
                .isEmpty();
        ReadOffset otherFile = new ReadOffset(0, 0, 0, null, "9:9", 0, at(0));
        put(otherFile);
        assertThat(tables.attachedLogs().commit(commit(log(), BEGIN, null, WINDOW)))
                .isEmpty();
        assertThat(tables.events().lastId()).isZero();
        assertThat(log().offset()).isEqualTo(otherFile);
        assertThat(log().window()).isNull();
    }

    @Test
    void a_restart_begins_at_zero_unless_the_offset_was_changed() {
        put(LATER);
        LogFile file = new LogFile("1:3", 4);
        assertThat(tables.attachedLogs().restart(log(), BEGIN, file, at(4))).isFalse();
        assertThat(log().offset()).isEqualTo(LATER);
        assertThat(tables.attachedLogs().restart(log(), LATER, file, at(4))).isTrue();
        assertThat(log().offset()).isEqualTo(new ReadOffset(0, 0, 0, at(1), "1:3", 4, at(4)));
    }

    @Test
    void an_active_log_becomes_stale_once() {
        AttachedLog log = log();
        assertThat(tables.attachedLogs().markStale(log, at(3))).isTrue();
        assertThat(tables.attachedLogs().markStale(log, at(4))).isFalse();
        assertThat(log().isActive()).isFalse();
        assertThat(log().statusSince()).isEqualTo(at(3));
        assertThat(log().offset()).isEqualTo(BEGIN);
    }
}
