package dev.agenttower.contract.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.memory.EventRow;
import dev.agenttower.core.queue.message.MessageProgress;
import dev.agenttower.core.queue.message.MessageSource;
import dev.agenttower.core.queue.message.Participant;
import dev.agenttower.core.queue.message.PromptBody;
import dev.agenttower.core.queue.message.QueuedMessage;
import dev.agenttower.core.queue.message.SendOptions;
import dev.agenttower.core.route.Route;
import dev.agenttower.core.route.RouteDefinition;
import dev.agenttower.core.route.RouteRule;
import dev.agenttower.core.route.RouteStore.Lag;
import dev.agenttower.core.route.RouteStore.PriorMessage;
import dev.agenttower.core.route.RouteStore.Writes;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

abstract class RouteStoreContract extends StoreContract {
    private static final PromptBody BODY = PromptBody.of("hi".getBytes(UTF_8));

    private static String at(int second) {
        return "2026-05-08T10:00:%02d.000Z".formatted(second);
    }

    private static String observed(int second, int micros) {
        return "2026-05-08T10:00:%02d.%06d+00:00".formatted(second, micros);
    }

    private static Route route(String id, int second) {
        return new Route(
                id,
                new RouteDefinition(
                        "completed",
                        new RouteRule("role", "role:slave,capability:codex"),
                        new RouteRule("explicit", "wörker"),
                        new RouteRule("explicit", "agt_00000000000a"),
                        "{event_id} — {{}}"),
                true,
                0,
                at(second),
                at(second),
                "host-operator");
    }

    private void write(Consumer<Writes> work) {
        tables.routes().write(writes -> {
            work.accept(writes);
            return work;
        });
    }

    private void event(long id, String type, String agent, String observedAt) {
        tables.put(new EventRow(id, type, agent, observedAt));
    }

    private static QueuedMessage message(String id, String target, int second, MessageSource source) {
        return new QueuedMessage(
                id,
                new Participant("agt_00000000000a", "lead", "master", null),
                new Participant(target, "l", "slave", null),
                StoredRows.id("c"),
                "%3",
                BODY.sha256(),
                300,
                at(second),
                source,
                SendOptions.NONE,
                BODY.excerpt(),
                MessageProgress.enqueued(null, at(second)));
    }

    private void delivered(String id, String target, int second, MessageSource source) {
        QueuedMessage message = message(id, target, second, source);
        MessageProgress stamped = message.progress().stamped(at(second));
        write(writes -> {
            writes.messages().insert(message, BODY);
            writes.messages().replace(id, message.progress(), stamped);
            writes.messages().replace(id, stamped, stamped.delivered(at(second)));
        });
    }

    @Test
    void a_new_route_begins_behind_all_events() {
        event(7, "completed", "a", observed(1, 0));
        event(9, "queue_message_enqueued", "a", observed(2, 0));
        Route stored = tables.routes().write(writes -> writes.insert(route("r1", 5)));
        assertThat(stored).isEqualTo(route("r1", 5).withCursor(9, at(5)));
        assertThat(tables.routes().find("r1")).contains(stored);
        assertThat(tables.routes().find("r2")).isEmpty();
        Route anonymous = new Route("r0", stored.definition(), true, 0, at(5), at(5), null);
        write(writes -> writes.insert(anonymous));
        assertThat(tables.routes().list(false)).containsExactly(anonymous.withCursor(9, at(5)), stored);
    }

    @Test
    void routes_are_listed_by_age_and_disabled_ones_on_request() {
        write(writes -> {
            writes.insert(route("b", 2));
            writes.insert(route("a", 3));
            writes.insert(route("c", 1));
            writes.setEnabled("b", false, at(9));
            writes.setEnabled("nobody", false, at(9));
        });
        assertThat(tables.routes().list(false)).extracting(Route::id).containsExactly("c", "b", "a");
        assertThat(tables.routes().list(true)).extracting(Route::id).containsExactly("c", "a");
        assertThat(tables.routes().find("b")).contains(route("b", 2).withEnabled(false, at(9)));
        write(writes -> writes.delete("b"));
        assertThat(tables.routes().list(false)).extracting(Route::id).containsExactly("c", "a");
    }

    @Test
    void a_cursor_moves_only_forward() {
        write(writes -> writes.insert(route("r", 1)));
        write(writes -> writes.advance("r", 5, at(2)));
        write(writes -> writes.advance("r", 4, at(3)));
        write(writes -> writes.advance("r", 5, at(4)));
        assertThat(tables.routes().find("r")).contains(route("r", 1).withCursor(5, at(2)));
    }

    @Test
    void the_route_that_is_furthest_behind() {
        write(writes -> {
            writes.insert(route("late", 2));
            writes.insert(route("later", 3));
            writes.insert(route("off", 1));
            writes.setEnabled("off", false, at(1));
        });
        assertThat(tables.routes().mostStalled()).isEmpty();
        assertThat(tables.routes().behind()).isEmpty();
        event(1, "completed", "a", observed(1, 0));
        event(2, "error", "a", observed(1, 0));
        event(3, "completed", "a", observed(1, 0));
        assertThat(tables.routes().mostStalled()).contains(new Lag("late", 2));
        write(writes -> writes.advance("late", 1, at(4)));
        assertThat(tables.routes().mostStalled()).contains(new Lag("later", 2));
        assertThat(tables.routes().behind()).extracting(Route::id).containsExactly("late", "later");
        write(writes -> writes.advance("later", 3, at(4)));
        assertThat(tables.routes().behind()).containsExactly(route("late", 2).withCursor(1, at(4)));
    }

    @Test
    void the_message_that_was_delivered_last() {
        event(1, "completed", "source", observed(1, 123_456));
        assertThat(tables.routes().lastDelivered("t", observed(59, 0))).isEmpty();
        delivered("m1", "t", 10, MessageSource.route("r", 1));
        delivered("m2", "t", 20, MessageSource.DIRECT);
        delivered("m3", "t", 30, MessageSource.route("r", 99));
        delivered("m4", "other", 5, MessageSource.DIRECT);
        write(writes -> writes.messages().insert(message("m5", "t", 40, MessageSource.DIRECT), BODY));
        assertThat(tables.routes().lastDelivered("t", observed(9, 999_999))).isEmpty();
        assertThat(tables.routes().lastDelivered("t", observed(10, 0)))
                .contains(new PriorMessage(at(10), "source", observed(1, 123_456)));
        assertThat(tables.routes().lastDelivered("t", observed(29, 999_999)))
                .contains(new PriorMessage(at(20), null, null));
        assertThat(tables.routes().lastDelivered("t", at(59))).contains(new PriorMessage(at(30), null, null));
    }

    @Test
    void a_message_and_the_cursor_are_stored_together_or_not_at_all() {
        write(writes -> writes.insert(route("r", 1)));
        assertThatThrownBy(() -> write(writes -> {
                    writes.messages().insert(message("m", "t", 1, MessageSource.route("r", 3)), BODY);
                    writes.advance("r", 3, at(2));
                    throw new IllegalStateException("stop");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(tables.messages().find("m")).isEmpty();
        assertThat(tables.routes().find("r").orElseThrow().cursor()).isZero();
        write(writes -> {
            assertThat(writes.hasMessage("r", 3)).isFalse();
            writes.messages().insert(message("m", "t", 1, MessageSource.route("r", 3)), BODY);
            writes.advance("r", 3, at(2));
            assertThat(writes.hasMessage("r", 3)).isTrue();
            assertThat(writes.hasMessage("r", 4)).isFalse();
            assertThat(writes.find("r").orElseThrow().cursor()).isEqualTo(3);
        });
        assertThat(tables.messages().find("m")).isPresent();
    }

    @Test
    void a_route_makes_one_message_of_an_event() {
        write(writes -> writes.messages().insert(message("m1", "t", 1, MessageSource.route("r", 3)), BODY));
        assertThatThrownBy(() -> write(writes ->
                        writes.messages().insert(message("m2", "t", 2, MessageSource.route("r", 3)), BODY)))
                .isInstanceOf(StorageException.class);
        write(writes -> writes.messages().insert(message("m2", "t", 2, MessageSource.route("r", 4)), BODY));
    }
}
