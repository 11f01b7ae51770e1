package dev.agenttower.core.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final List<InboxItem> waiting = new ArrayList<>();
    private final List<Runnable> background = new ArrayList<>();
    private long now;
    private final Inbox inbox = inbox(background::add);

    private Inbox inbox(Executor executor) {
        return new Inbox(List.of(() -> List.copyOf(waiting)), () -> now, new Random(1), executor);
    }

    private static InboxItem change(int number, String detail) {
        return new InboxItem(
                InboxItem.Kind.CHANGE, "scr_" + number, "shop", "a.json", "pending", detail, "bob", "Developer", null);
    }

    @Test
    void a_first_page_resets_and_later_ones_tell_what_changed() {
        waiting.add(change(1, ""));
        waiting.add(change(2, ""));

        InboxPage first = inbox.page(null, 10);
        assertThat(first.isReset()).isTrue();
        assertThat(first.items()).isEqualTo(waiting);
        assertThat(first.total()).isEqualTo(2);

        waiting.remove(0);
        waiting.set(0, change(2, "more"));
        waiting.add(change(3, ""));
        InboxPage second = inbox.page(first.cursor(), 10);
        assertThat(second.isReset()).isFalse();
        assertThat(second.items()).containsExactly(change(2, "more"), change(3, ""));
        assertThat(second.removed()).containsExactly(change(1, "").key());
        assertThat(second.hasMore()).isFalse();

        InboxPage third = inbox.page(second.cursor(), 10);
        assertThat(third.items()).isEmpty();
        assertThat(third.removed()).isEmpty();
        assertThat(third.cursor()).isEqualTo(second.cursor());
    }

    @Test
    void whatever_is_no_cursor_of_this_inbox_begins_a_new_listing() {
        waiting.add(change(1, ""));
        String own = inbox.page(null, 10).cursor();
        String epoch = own.substring(0, own.indexOf('-'));
        String other = new Inbox(List.of(List::of), () -> 0, new Random(2), Runnable::run)
                .page(null, 1)
                .cursor();

        for (String cursor : List.of(
                "", "x", other, epoch, epoch + "-", epoch + "-x", epoch + "-99", epoch + "-" + "9".repeat(30))) {
            assertThat(inbox.page(cursor, 10).isReset()).as(cursor).isTrue();
            assertThat(inbox.page(cursor, 10).items()).as(cursor).hasSize(1);
        }
        assertThat(inbox.page(own, 10).isReset()).isFalse();
    }

    @Test
    void a_reader_who_was_away_for_too_many_removals_begins_anew() {
        waiting.add(change(0, ""));
        String cursor = inbox.page(null, 10).cursor();
        IntStream.range(1, 1003).forEach(number -> {
            waiting.add(change(number, ""));
            inbox.page(null, 1);
            waiting.remove(1);
            inbox.page(null, 1);
        });

        InboxPage page = inbox.page(cursor, 200);
        assertThat(page.isReset()).isTrue();
        assertThat(page.items()).containsExactly(change(0, ""));
    }

    @Test
    void news_are_looked_for_in_the_background_four_times_a_second() {
        String cursor = inbox.page(null, 10).cursor();
        waiting.add(change(1, ""));

        assertThat(inbox.hasNews(cursor)).isFalse();
        assertThat(background).isEmpty();
        now += 250_000_000;
        assertThat(inbox.hasNews(cursor)).isFalse();
        assertThat(inbox.hasNews(cursor)).isFalse();
        assertThat(background).hasSize(1);
        background.remove(0).run();
        assertThat(inbox.hasNews(cursor)).isTrue();
    }

    @Test
    void texts_are_single_lines() {
        InboxItem item = new InboxItem(
                InboxItem.Kind.AGENT, "a", null, "x\u001b[2J\ny", "idle", "z".repeat(500), null, null, null);

        assertThat(item.title()).doesNotContain("\u001b", "\n");
        assertThat(item.detail().length()).isLessThanOrEqualTo(240);
    }

    /** Readers of pages of any size, who read at any time, know in the end what waits. */
    @Property(tries = 200)
    void a_reader_follows_by_pages(
            @ForAll @Size(max = 60) List<@IntRange(max = 9) Integer> steps,
            @ForAll @IntRange(min = 1, max = 5) int limit) {
        waiting.clear();
        Inbox followed = inbox(Runnable::run);
        Set<InboxItem> known = new HashSet<>();
        String cursor = null;
        for (int step : steps) {
            if (!waiting.removeIf(item -> item.id().equals("scr_" + step))) {
                waiting.add(change(step, "at " + waiting.size()));
            }
            if (step % 2 == 0) {
                cursor = read(followed, known, cursor, limit);
            }
        }
        InboxPage page;
        do {
            cursor = read(followed, known, cursor, limit);
            page = followed.page(cursor, limit);
        } while (page.hasMore() || !page.items().isEmpty() || !page.removed().isEmpty());

        assertThat(known).containsExactlyInAnyOrderElementsOf(waiting);
        assertThat(page.total()).isEqualTo(waiting.size());
    }

    private static String read(Inbox inbox, Set<InboxItem> known, String cursor, int limit) {
        InboxPage page = inbox.page(cursor, limit);
        if (page.isReset()) {
            known.clear();
        }
        page.items().forEach(item -> known.removeIf(old -> old.key().equals(item.key())));
        known.addAll(page.items());
        known.removeIf(item -> page.removed().contains(item.key()));
        assertThat(page.items().size() + page.removed().size()).isLessThanOrEqualTo(limit);
        return page.cursor();
    }
}
