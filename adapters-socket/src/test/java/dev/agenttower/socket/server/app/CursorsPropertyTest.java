package dev.agenttower.socket.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.page.Position;
import dev.agenttower.socket.server.app.Cursors.Binding;
import dev.agenttower.socket.server.wire.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CursorsPropertyTest {
    private static final Binding BINDING = new Binding("pane", "default:asc", "[null, true]");

    private final Cursors cursors = cursors(1);

    private static Cursors cursors(long seed) {
        return new Cursors(new JsonText(), new Random(seed));
    }

    @Provide
    Arbitrary<Position> positions() {
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40).map(text -> (Object) text),
                Arbitraries.strings().ofMinLength(300).ofMaxLength(400).map(text -> (Object) text),
                Arbitraries.longs().map(number -> (Object) number));
        return values.list().ofMaxSize(7).map(Position::new);
    }

    @Property(tries = 300)
    void what_is_written_is_read_again(@ForAll("positions") Position position) {
        String cursor = cursors.write(BINDING, position);

        assertThat(cursor).hasSizeLessThanOrEqualTo(Cursors.MAX_LENGTH).matches("[A-Za-z0-9_-]+");
        assertThat(cursors.read(BINDING, cursor)).isEqualTo(position);
    }

    @Property(tries = 300)
    void one_changed_character_makes_it_malformed(
            @ForAll("positions") Position position, @ForAll int at, @ForAll("characters") char other) {
        String cursor = cursors.write(BINDING, position);
        int place = Math.floorMod(at, cursor.length());
        Assume.that(cursor.charAt(place) != other);

        assertRefused(cursor.substring(0, place) + other + cursor.substring(place + 1), "malformed");
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.chars().with("ABCDabcd0123-_+/= \u00e9");
    }

    @Property(tries = 100)
    void a_part_of_it_is_malformed(@ForAll("positions") Position position, @ForAll @IntRange(max = 511) int length) {
        String cursor = cursors.write(BINDING, position);
        Assume.that(length < cursor.length());

        assertRefused(cursor.substring(0, length), "malformed");
    }

    @Property(tries = 300)
    void any_text_is_refused(@ForAll String text) {
        assertRefused(text, text.length() > Cursors.MAX_LENGTH ? "too long" : "malformed");
    }

    @Property(tries = 50)
    void another_order_other_filters_and_another_list_are_told(@ForAll("positions") Position position) {
        String cursor = cursors.write(BINDING, position);

        assertRefused(new Binding("pane", "default:desc", "[]"), cursor, "order_by changed mid-pagination");
        assertRefused(new Binding("pane", "default:asc", "[]"), cursor, "filters changed mid-pagination");
        assertRefused(new Binding("agent", "default:asc", "[null, true]"), cursor, "malformed");
    }

    @Example
    void another_daemon_does_not_know_it() {
        String cursor = cursors.write(BINDING, new Position(List.of("x")));

        assertThatThrownBy(() -> cursors(2).read(BINDING, cursor)).isInstanceOf(RefusedException.class);
    }

    @Example
    void of_long_positions_the_latest_are_remembered() {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 257; i++) {
            written.add(cursors.write(BINDING, new Position(List.of("x".repeat(1_000), (long) i))));
        }

        assertRefused(written.get(0), "malformed");
        assertThat(cursors.read(BINDING, written.get(1)).values()).contains(1L);
        assertThat(cursors.read(BINDING, written.get(256)).values()).contains(256L);
    }

    private void assertRefused(String cursor, String reason) {
        assertRefused(BINDING, cursor, reason);
    }

    private void assertRefused(Binding binding, String cursor, String reason) {
        assertThatThrownBy(() -> cursors.read(binding, cursor))
                .asInstanceOf(type(RefusedException.class))
                .satisfies(refusal -> assertThat(refusal.details())
                        .containsEntry("field", "cursor_next")
                        .containsEntry("reason", reason));
    }
}
