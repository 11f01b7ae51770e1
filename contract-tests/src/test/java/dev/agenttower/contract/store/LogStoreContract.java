package dev.agenttower.contract.store;

import static dev.agenttower.contract.store.StoredRows.agent;
import static dev.agenttower.contract.store.StoredRows.at;
import static dev.agenttower.contract.store.StoredRows.attachment;
import static dev.agenttower.contract.store.StoredRows.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.log.AttachmentSource;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogOffset;
import dev.agenttower.core.log.LogStore;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link LogStore} promises. */
abstract class LogStoreContract extends StoreContract {
    private static final AgentId ONE = new AgentId("one");
    private static final AgentId TWO = new AgentId("two");

    @BeforeEach
    void store_two_agents() {
        tables.put(agent("one", key("a", 1), true));
        tables.put(agent("two", key("a", 2), true));
    }

    private LogStore logs() {
        return tables.logs();
    }

    private void write(Consumer<LogStore.Writes> work) {
        logs().write(writes -> {
            work.accept(writes);
            return Boolean.TRUE;
        });
    }

    private static LogAttachment whole(String id, String status, String successor) {
        return new LogAttachment(
                id,
                ONE,
                key("a", 1),
                "/logs/größe",
                AttachmentStatus.parse(status).orElseThrow(),
                AttachmentSource.EXPLICIT,
                "tmux pipe-pane -o",
                "cat > old",
                at(1),
                at(2),
                successor == null ? null : at(2),
                successor,
                at(0));
    }

    @Test
    void stores_an_attachment_with_all_its_fields() {
        LogAttachment attachment = whole("lat_1", "active", null);
        write(writes -> {
            writes.insert(attachment);
            assertThat(writes.newest(ONE)).contains(attachment);
            assertThat(writes.exists("lat_1")).isTrue();
            assertThat(logs().newest(ONE)).isEmpty();
        });
        assertThat(logs().newest(ONE)).contains(attachment);
        assertThat(logs().newest(TWO)).isEmpty();
        assertThat(logs().userOf("/logs/größe")).contains(ONE);
        assertThat(logs().userOf("/logs/other")).isEmpty();
    }

    @Test
    void an_update_changes_the_status_and_what_belongs_to_it() {
        write(writes -> writes.insert(whole("lat_1", "active", null)));
        LogAttachment superseded = whole("lat_1", "superseded", "lat_1");
        write(writes -> writes.update(superseded));
        assertThat(logs().newest(ONE)).contains(superseded);
        assertThat(logs().userOf("/logs/größe")).isEmpty();
    }

    @Test
    void the_newest_is_the_one_whose_status_was_set_last() {
        write(writes -> {
            writes.insert(attachment("lat_1", "one", key("a", 1), "detached").with(AttachmentStatus.STALE, at(3)));
            writes.insert(attachment("lat_2", "one", key("a", 1), "active"));
            writes.insert(attachment("lat_3", "one", key("a", 1), "detached").with(AttachmentStatus.DETACHED, at(3)));
            writes.insert(attachment("lat_4", "two", key("a", 2), "detached").with(AttachmentStatus.DETACHED, at(9)));
            assertThat(writes.newest(ONE, "/logs/lat_2")).map(LogAttachment::id).contains("lat_2");
            assertThat(writes.newest(ONE, "/logs/lat_4")).isEmpty();
        });
        assertThat(logs().newest(ONE)).map(LogAttachment::id).contains("lat_3");
    }

    @Test
    void refuses_two_attachments_of_one_id_and_two_active_ones_of_one_file() {
        write(writes -> writes.insert(whole("lat_1", "active", null)));
        assertThatThrownBy(() -> write(writes -> writes.insert(whole("lat_1", "detached", null))))
                .isInstanceOf(StorageException.class);
        assertThatThrownBy(() -> write(writes -> writes.insert(whole("lat_2", "active", null))))
                .isInstanceOf(StorageException.class);
        write(writes -> writes.insert(whole("lat_2", "detached", null)));
        assertThatThrownBy(() -> write(writes -> writes.update(whole("lat_2", "active", null))))
                .isInstanceOf(StorageException.class);
        assertThat(logs().userOf("/logs/größe")).contains(ONE);
    }

    @Test
    void tells_the_active_attachments_by_id() {
        assertThat(logs().active()).isEmpty();
        LogAttachment second = attachment("lat_2", "one", key("a", 1), "active");
        LogAttachment first = attachment("lat_1", "two", key("a", 2), "active");
        write(writes -> {
            writes.insert(second);
            writes.insert(first);
            writes.insert(attachment("lat_3", "one", key("a", 1), "stale"));
        });
        assertThat(logs().active()).containsExactly(first, second);
    }

    @Test
    void keeps_how_far_a_log_was_read() {
        LogOffset offset = new LogOffset(ONE, "/l", 4096, 137, 3200, at(1), "234:1234567", 8192, at(0), at(2));
        LogOffset start = new LogOffset(ONE, "/l", 0, 0, 0, null, null, 0, at(0), at(3));
        write(writes -> {
            assertThat(writes.offset(ONE, "/l")).isEmpty();
            writes.put(offset);
            assertThat(writes.offset(ONE, "/l")).contains(offset);
        });
        assertThat(logs().offset(ONE, "/l")).contains(offset);
        assertThat(logs().offset(ONE, "/m")).isEmpty();
        assertThat(logs().offset(TWO, "/l")).isEmpty();
        write(writes -> writes.put(start));
        assertThat(logs().offset(ONE, "/l")).contains(start);
    }

    @Test
    void a_transaction_that_fails_leaves_neither_agent_nor_log() {
        assertThatThrownBy(() -> write(writes -> {
                    writes.agents().insert(agent("three", key("a", 3), true));
                    writes.insert(attachment("lat_3", "three", key("a", 3), "active"));
                    throw new IllegalStateException("told to fail");
                }))
                .hasMessage("told to fail");
        assertThat(tables.agents().find(new AgentId("three"))).isEmpty();
        assertThat(logs().newest(new AgentId("three"))).isEmpty();
    }
}
