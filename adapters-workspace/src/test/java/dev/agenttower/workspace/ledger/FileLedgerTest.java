package dev.agenttower.workspace.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.Integrity;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.ledger.LedgerHealing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {
    @TempDir
    Path root;

    private Path file;
    private FileLedger ledger;

    @BeforeEach
    void open() {
        file = root.resolve("events.jsonl");
        ledger = reopened();
    }

    @Test
    void a_torn_last_line_is_moved_aside_and_told_of() throws IOException {
        ledger.append(draft("one"));
        Files.writeString(file, "{\"event_id\": \"evt_half", StandardOpenOption.APPEND);

        reopened().append(draft("two"));

        assertThat(types()).containsExactly("one", "ledger_tail_quarantined", "two");
        assertThat(ledger.verify().errors()).isEmpty();
        String name = events().get(1).data("file");
        assertThat(root.resolve(String.valueOf(name))).hasContent("{\"event_id\": \"evt_half");
    }

    @Test
    void a_long_torn_line_leaves_nothing_behind() throws IOException {
        ledger.append(draft("one"));
        Files.writeString(file, "x".repeat(100_000), StandardOpenOption.APPEND);

        ledger.append(draft("two"));

        assertThat(types()).containsExactly("one", "ledger_tail_quarantined", "two");
        assertThat(ledger.verify().errors()).isEmpty();
    }

    @Test
    void a_line_that_would_fill_the_memory_is_refused_and_stays() throws IOException {
        ledger.append(draft("one"));
        Files.writeString(file, "x".repeat(17 << 20), StandardOpenOption.APPEND);

        assertThatThrownBy(() -> ledger.append(draft("two")))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("longer than 16777216 bytes");
        assertThatThrownBy(() -> ledger.verify()).isInstanceOf(LedgerException.class);
        assertThat(Files.size(file)).isGreaterThan(17 << 20);
    }

    @Test
    void a_whole_last_line_without_line_end_is_kept() throws IOException {
        ledger.append(draft("one"));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));

        reopened().append(draft("two"));

        assertThat(types()).containsExactly("one", "two");
        assertThat(ledger.verify().errors()).isEmpty();
    }

    @Test
    void an_unreadable_last_line_stays_where_it_is_and_the_chain_goes_on_from_the_event_before_it() throws IOException {
        ledger.append(draft("one"));
        Files.writeString(file, "garbage\n", StandardOpenOption.APPEND);

        reopened().append(draft("two"));

        assertThat(types()).containsExactly("one", "ledger_line_unreadable", "two");
        assertThat(ledger.verify().errors()).containsExactly("Line 2: Invalid JSON");
    }

    @Test
    void events_that_vanish_while_the_ledger_is_open_are_told_of() throws IOException {
        ledger.append(draft("one"));
        long size = Files.size(file);
        ledger.append(draft("two"));
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) size));

        ledger.append(draft("three"));

        assertThat(types()).containsExactly("one", "ledger_rewritten", "three");
    }

    @Test
    void healing_keeps_the_broken_chain_as_it_was() throws IOException {
        ledger.append(List.of(draft("one"), draft("two"), draft("three")));
        String broken = Files.readString(file).replace("\"two\"", "\"too\"");
        Files.writeString(file, broken);

        LedgerEvent reset = new LedgerHealing(ledger).heal("disk failure");

        assertThat(reset.actionType()).isEqualTo("integrity_reset");
        assertThat(root.resolve(String.valueOf(reset.data("segment")))).hasContent(broken);
        assertThat(reset.fields().get("action_data").toString()).contains("first_bad_line=2");
        ledger.append(draft("four"));
        assertThat(types()).containsExactly("integrity_reset", "four");
        assertThat(ledger.verify().valid()).isTrue();
    }

    @Test
    void a_chain_that_was_interrupted_while_it_was_closed_names_its_segment() throws IOException {
        ledger.append(draft("one"));
        ledger.closeSegment(segment -> draft("reset"));
        Files.write(file, new byte[0]);

        reopened().append(draft("two"));

        assertThat(types()).containsExactly("integrity_reset", "two");
        assertThat(events().get(0).data("segment")).startsWith("events.closed-");
    }

    @Test
    void finds_every_byte_that_is_changed() throws IOException {
        ledger.append(draft("one", "caf\u00e9 \ud83d\udd12 \"quoted\" \\ \u007f"));
        ledger.append(draft("two").with("n", 1.0).with("m", 1e-7).with("k", 100));
        ledger.append(draft("three").with("list", List.of(1, 2.5, "x", true)));
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(7);
        for (int at = 0; at < bytes.length; at++) {
            for (int change : new int[] {32, 1 << random.nextInt(8), 1 + random.nextInt(255)}) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= (byte) change;
                Files.write(file, flipped);
                Integrity integrity = ledger.verify();
                assertThat(integrity.valid())
                        .as(
                                "byte %d ^ %d: %s",
                                at, change, new String(flipped, 0, flipped.length, StandardCharsets.UTF_8))
                        .isFalse();
            }
        }
    }

    @Test
    void lines_of_other_writers_verify_in_whatever_usual_form() throws IOException {
        ledger.append(draft("one", "caf\u00e9"));
        String spaced = Files.readString(file);
        String compact = spaced.replace("\", \"", "\",\"")
                .replace("\": ", "\":")
                .replace(", \"", ",\"")
                .replace("\\u00e9", "\u00e9");
        Files.writeString(file, compact);

        assertThat(compact).isNotEqualTo(spaced);
        assertThat(ledger.verify().errors()).isEmpty();
    }

    @Test
    void writes_durably_at_the_rate_that_many_writers_need() throws Exception {
        int writers = 8;
        int each = 1500;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        long start = System.nanoTime();
        try {
            for (int i = 0; i < writers; i++) {
                pool.execute(() -> {
                    for (int n = 0; n < each; n++) {
                        ledger.append(draft("rate"));
                    }
                });
            }
            pool.shutdown();
            assertThat(pool.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            pool.shutdownNow();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("durable appends per second: %.0f%n", writers * each / seconds);
        assertThat(ledger.verify().events()).isEqualTo(writers * each);
        long begin = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            ledger.verify();
        }
        System.out.printf(
                "verified events per second: %.0f%n", 10.0 * writers * each / ((System.nanoTime() - begin) / 1e9));
    }

    @Test
    void reading_creates_nothing() throws IOException {
        ledger.verify();
        ledger.select(LedgerFilter.all(), 0, null);
        try (Stream<Path> files = Files.list(root)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void nothing_is_created_once_the_folder_of_the_project_is_gone() {
        Path moved = file.resolveSibling("moved");
        FileLedger orphan = new FileLedger(moved.resolve("ads/events.jsonl"), moved, InstantSource.system(), null, "");
        assertThatThrownBy(() -> orphan.append(draft("late"))).isInstanceOf(LedgerException.class);
        assertThat(moved).doesNotExist();
    }

    private FileLedger reopened() {
        return new FileLedger(file, InstantSource.system());
    }

    private List<LedgerEvent> events() {
        return ledger.select(LedgerFilter.all(), 0, null);
    }

    private List<String> types() {
        return events().stream().map(LedgerEvent::actionType).toList();
    }

    private static EventDraft draft(String type) {
        return draft(type, "did");
    }

    private static EventDraft draft(String type, String description) {
        return EventDraft.of("tag", "CLAUDE", "Architect", type, 3, description);
    }
}
