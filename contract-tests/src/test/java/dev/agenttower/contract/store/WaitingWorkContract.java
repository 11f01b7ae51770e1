package dev.agenttower.contract.store;

import static dev.agenttower.contract.store.StoredRows.at;
import static dev.agenttower.contract.store.StoredRows.attachment;
import static dev.agenttower.contract.store.StoredRows.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.health.WaitingWork;
import dev.agenttower.core.memory.MessageRow;
import org.junit.jupiter.api.Test;

/** What {@link WaitingWork} promises. */
abstract class WaitingWorkContract extends StoreContract {
    @Test
    void nothing_waits_in_empty_tables() {
        assertThat(tables.waitingWork().queuedMessages()).isZero();
        assertThat(tables.waitingWork().activeLogAttachments()).isZero();
    }

    @Test
    void counts_queued_messages_only() {
        int number = 0;
        for (String state : new String[] {"queued", "queued", "blocked", "delivered", "canceled", "failed"}) {
            tables.put(new MessageRow("m" + number++, state, "direct", "agent", at(0)));
        }
        assertThat(tables.waitingWork().queuedMessages()).isEqualTo(2);
    }

    @Test
    void counts_active_log_attachments_only() {
        for (String status : new String[] {"active", "superseded", "stale", "detached"}) {
            tables.put(attachment("lat_" + status, "a", key("c", 1), status));
        }
        assertThat(tables.waitingWork().activeLogAttachments()).isEqualTo(1);
    }

    @Test
    void shows_what_others_wrote_at_once() {
        WaitingWork work = tables.waitingWork();
        for (int i = 1; i <= 5; i++) {
            tables.put(new MessageRow("m" + i, "queued", "direct", "agent", at(0)));
            assertThat(work.queuedMessages()).isEqualTo(i);
        }
    }
}
