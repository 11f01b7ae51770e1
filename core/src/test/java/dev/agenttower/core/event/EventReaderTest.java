package dev.agenttower.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.audit.InMemoryAuditLog;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.log.AttachmentSource;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.InMemoryLogArchive;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogOffset;
import dev.agenttower.core.log.LogRotation;
import dev.agenttower.core.memory.EventRow;
import dev.agenttower.core.memory.InMemoryTables;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.settings.LogSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventReaderTest {
    private static final String AGENT = "agt_0123456789ab";
    private static final String ATTACHMENT = "lat_0123456789ab";
    private static final String PATH = "/logs/one.log";
    private static final String BEGIN = "2026-05-10T12:00:00.000000+00:00";
    private static final PaneKey PANE = new PaneKey(new ContainerId("c"), "/tmp/s", "main", 0, 0, "%1");

    private final InMemoryTables tables = new InMemoryTables();
    private final InMemoryLogReads files = new InMemoryLogReads();
    private final InMemoryLogArchive archive = new InMemoryLogArchive();
    private final InMemoryEventTrail trail = new InMemoryEventTrail();
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final List<LifecycleEvent> told = new ArrayList<>();
    private final List<AgentId> exchanged = new ArrayList<>();
    private final List<String> printed = new ArrayList<>();
    private long nanos;
    private Instant instant = Instant.parse("2026-05-10T12:00:00Z");
    private EventReader reader = reader(EventSettings.DEFAULT);

    private EventReader reader(EventSettings settings) {
        LifecycleLog lifecycle = (event, fields) -> told.add(event);
        return new EventReader(
                tables.attachedLogs(),
                tables.events(),
                files,
                trail,
                new EventClassifier(settings, List.of()),
                audit,
                lifecycle,
                settings,
                new ReaderClock(() -> instant, () -> nanos),
                new Random(1),
                1000,
                new LogRotation(archive, LogSettings.DEFAULT, Runnable::run, lifecycle),
                new EventReader.Listener() {
                    @Override
                    public void stored() {}

                    @Override
                    public void printed(AgentId agent, ByteBuffer output) {
                        assertThat(agent.value()).isEqualTo(AGENT);
                        int begin = output.position();
                        printed.add(StandardCharsets.UTF_8.decode(
                                        output.duplicate().position(0).limit(begin)) + "|"
                                + StandardCharsets.UTF_8.decode(output));
                    }

                    @Override
                    public void exchanged(AgentId agent) {
                        exchanged.add(agent);
                    }
                });
    }

    @BeforeEach
    void attach() {
        tables.put(attachment(ATTACHMENT, PATH, AttachmentStatus.ACTIVE));
        put(PATH, new ReadOffset(0, 0, 0, null, null, 0, BEGIN));
    }

    private static LogAttachment attachment(String id, String path, AttachmentStatus status) {
        return new LogAttachment(
                id,
                new AgentId(AGENT),
                PANE,
                path,
                status,
                AttachmentSource.EXPLICIT,
                "cat",
                null,
                BEGIN,
                BEGIN,
                null,
                null,
                BEGIN);
    }

    private void put(String path, ReadOffset read) {
        tables.logs().write(writes -> {
            writes.put(new LogOffset(
                    new AgentId(AGENT),
                    path,
                    read.bytes(),
                    read.lines(),
                    read.lastEvent(),
                    read.lastOutputAt(),
                    read.inode(),
                    read.sizeSeen(),
                    BEGIN,
                    read.updatedAt()));
            return path;
        });
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        instant = instant.plus(time);
    }

    private void cycleAfter(int seconds) {
        pass(Duration.ofSeconds(seconds));
        reader.cycle();
    }

    private List<Event> events() {
        return tables.events().following(EventQuery.ALL, 0, 1000);
    }

    private List<String> types() {
        return events().stream().map(Event::type).toList();
    }

    private ReadOffset offset() {
        return tables.attachedLogs().list().get(0).offset();
    }

    @Nested
    class Reading {
        @Test
        void stores_an_event_for_each_record_with_its_bytes_and_lines() {
            files.append(PATH, "Error: one\r\nError: twö\nrest");
            reader.cycle();
            assertThat(events()).extracting(Event::bytes).containsExactly(new Span(0, 12), new Span(12, 24));
            assertThat(events()).extracting(Event::lines).containsExactly(new Span(0, 1), new Span(1, 2));
            assertThat(events()).extracting(Event::excerpt).containsExactly("Error: one", "Error: twö");
            assertThat(events()).extracting(Event::observedAt).containsOnly(BEGIN);
            assertThat(offset()).isEqualTo(new ReadOffset(24, 2, 24, BEGIN, "1:1", 28, BEGIN));
        }

        @Test
        void a_record_is_read_when_its_end_is_there() {
            files.append(PATH, "Error: a");
            reader.cycle();
            assertThat(events()).isEmpty();
            assertThat(offset().updatedAt()).isEqualTo(BEGIN);
            files.append(PATH, "b\n");
            reader.cycle(Set.of(PATH));
            assertThat(events()).extracting(Event::excerpt).containsExactly("Error: ab");
        }

        @Test
        void tells_what_was_printed_once_with_a_little_of_what_was_before() {
            files.append(PATH, "Error: a");
            reader.cycle();
            reader.cycle();
            files.append(PATH, "b");
            reader.cycle(Set.of(PATH));
            files.append(PATH, "\nc");
            reader.cycle(Set.of(PATH));
            files.append(PATH, "y".repeat(80));
            reader.cycle(Set.of(PATH));
            files.append(PATH, "z");
            reader.cycle(Set.of(PATH));
            assertThat(printed)
                    .containsExactly(
                            "|Error: a",
                            "Error: a|b",
                            "Error: ab|\nc",
                            "Error: ab\nc|" + "y".repeat(80),
                            "y".repeat(64) + "|z");
        }

        @Test
        void tells_what_was_printed_of_a_record_that_is_longer_than_a_chunk() {
            reader = reader(settings(100, 50));
            String text = "x".repeat(60) + "\n" + "x".repeat(200);
            files.append(PATH, text);
            reader.cycle();
            reader.cycle();
            assertThat(printed.stream().map(each -> each.substring(each.indexOf('|') + 1)))
                    .isNotEmpty()
                    .satisfies(parts -> assertThat(String.join("", parts)).isEqualTo(text));
        }

        @Test
        void a_notice_of_another_log_reads_nothing_here() {
            files.append(PATH, "Error: a\n");
            reader.cycle();
            files.append(PATH, "Error: b\n");
            reader.cycle(Set.of("/logs/other.log"));
            assertThat(events()).hasSize(1);
        }

        @Test
        void reads_all_that_is_there_chunk_by_chunk() {
            reader = reader(settings(100, 50));
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 200; i++) {
                text.append("Error: number ").append(i).append('\n');
            }
            files.append(PATH, text.toString());
            reader.cycle();
            assertThat(events()).hasSize(200);
            assertThat(offset().bytes()).isEqualTo(text.length());
            assertThat(offset().lines()).isEqualTo(200);
        }

        @Test
        void a_chunk_without_an_end_becomes_an_event_of_its_own() {
            reader = reader(settings(100, 50));
            files.append(PATH, "x".repeat(250));
            reader.cycle();
            assertThat(events()).extracting(Event::bytes).containsExactly(new Span(0, 100), new Span(100, 200));
            assertThat(events()).extracting(Event::lines).containsOnly(new Span(0, 0));
            assertThat(events())
                    .extracting(event -> event.debounced().windowId())
                    .containsOnlyNulls();
            assertThat(offset().bytes()).isEqualTo(200);
        }

        @Test
        void a_record_that_is_longer_than_a_chunk_is_split_wherever_it_stands() {
            reader = reader(settings(100, 50));
            String text = "Error: short\n".repeat(30) + "Error: " + "x".repeat(250) + "\n" + "Error: after\n".repeat(5);
            files.append(PATH, text);
            reader.cycle();
            assertThat(offset().bytes()).isEqualTo(text.length());
            assertThat(events()).hasSizeGreaterThanOrEqualTo(37);
            assertThat(events().stream().map(Event::bytes)).allMatch(bytes -> bytes.end() - bytes.start() <= 100);
            assertThat(events().stream().filter(event -> event.excerpt().equals("Error: after")))
                    .hasSize(5);
        }

        @Test
        void a_secret_that_two_chunks_share_is_replaced() {
            reader = reader(settings(100, 90));
            files.append(PATH, "x".repeat(90) + " sk-" + "A".repeat(40) + " end\n");
            reader.cycle();
            cycleAfter(6);
            assertThat(events()).extracting(Event::excerpt).noneMatch(excerpt -> excerpt.contains("AAAAAAAAAA"));
        }

        @Test
        void a_malformed_byte_is_replaced() {
            files.append(PATH, new byte[] {'E', 'r', 'r', 'o', 'r', ':', ' ', (byte) 0xff, '\n'});
            reader.cycle();
            assertThat(events()).extracting(Event::excerpt).containsExactly("Error: �");
        }

        @Test
        void goes_on_where_another_reader_ended() {
            files.append(PATH, "Error: a\nError: b");
            reader.cycle();
            reader = reader(EventSettings.DEFAULT);
            files.append(PATH, "\n");
            reader.cycle();
            assertThat(events()).extracting(Event::excerpt).containsExactly("Error: a", "Error: b");
        }

        private EventSettings settings(int chunk, int excerpt) {
            return new EventSettings(1.0, chunk, excerpt, "…", 5.0, 30.0, 30.0, 50, 50, 30.0, 300.0);
        }
    }

    @Nested
    class Activity {
        @Test
        void is_collected_until_its_window_has_lasted_its_time() {
            files.append(PATH, "one\n");
            reader.cycle();
            files.append(PATH, "two\nError: x\n");
            cycleAfter(4);
            assertThat(types()).containsExactly("error");
            cycleAfter(1);
            Event activity = events().get(1);
            assertThat(activity.excerpt()).isEqualTo("two");
            assertThat(activity.bytes()).isEqualTo(new Span(0, 8));
            assertThat(activity.lines()).isEqualTo(new Span(0, 2));
            assertThat(activity.debounced().count()).isEqualTo(2);
            assertThat(activity.debounced().windowId()).matches("[0-9a-f]{12}");
            assertThat(activity.debounced().startedAt()).isEqualTo(BEGIN);
            assertThat(activity.debounced().endedAt()).isEqualTo("2026-05-10T12:00:05.000000+00:00");
            assertThat(activity.observedAt()).isEqualTo("2026-05-10T12:00:04.000000+00:00");
            assertThat(offset().lastEvent()).isEqualTo(17);
        }

        @Test
        void a_record_after_the_time_of_the_window_opens_another() {
            files.append(PATH, "one\n");
            reader.cycle();
            files.append(PATH, "two\n");
            cycleAfter(5);
            cycleAfter(5);
            assertThat(events()).extracting(Event::excerpt).containsExactly("one", "two");
        }

        @Test
        void is_not_lost_with_the_process() {
            files.append(PATH, "one\ntwo\n");
            reader.cycle();
            reader = reader(EventSettings.DEFAULT);
            reader.cycle();
            assertThat(events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.debounced().count()).isEqualTo(2));
        }

        @Test
        void is_stored_when_the_reader_ends_or_the_log_is_read_no_longer() {
            files.append(PATH, "one\n");
            reader.cycle();
            reader.finish();
            assertThat(types()).containsExactly("activity");
            files.append(PATH, "two\n");
            reader.cycle();
            tables.put(attachment(ATTACHMENT, PATH, AttachmentStatus.DETACHED));
            reader.cycle();
            assertThat(types()).containsExactly("activity", "activity");
        }

        @Test
        void a_failed_commit_counts_nothing_twice() {
            files.append(PATH, "one\n");
            reader.cycle();
            tables.failWith("full");
            files.append(PATH, "two\n");
            try {
                reader.cycle();
            } catch (RuntimeException expected) {
                assertThat(expected).hasMessage("full");
            }
            tables.failWith(null);
            cycleAfter(2);
            cycleAfter(5);
            assertThat(events())
                    .singleElement()
                    .satisfies(event -> assertThat(event.debounced().count()).isEqualTo(2));
        }
    }

    @Nested
    class Files {
        @Test
        void another_file_is_read_from_its_beginning_once_that_is_certain() {
            files.append(PATH, "Error: a\n");
            reader.cycle();
            files.remove(PATH);
            files.append(PATH, "Error: new\n");
            cycleAfter(1);
            reader.cycle(Set.of(PATH));
            assertThat(offset().bytes()).isEqualTo(9);
            cycleAfter(1);
            assertThat(offset().bytes()).isEqualTo(9);
            cycleAfter(1);
            assertThat(told).containsExactly(LifecycleEvent.LOG_ROTATION_DETECTED);
            assertThat(exchanged).containsExactly(new AgentId(AGENT));
            assertThat(offset().bytes()).isZero();
            cycleAfter(1);
            assertThat(events()).extracting(Event::excerpt).containsExactly("Error: a", "Error: new");
        }

        @Test
        void a_truncated_file_is_read_from_its_beginning_although_it_grows_again() {
            files.append(PATH, "Error: one\n");
            reader.cycle();
            files.truncate(PATH, 0);
            reader.cycle();
            files.append(PATH, "Error: another one\n");
            cycleAfter(1);
            assertThat(events()).hasSize(1);
            cycleAfter(1);
            cycleAfter(1);
            assertThat(events()).extracting(Event::excerpt).containsExactly("Error: one", "Error: another one");
        }

        @Test
        void a_file_that_was_rewritten_between_two_looks_is_read_from_its_beginning() {
            files.append(PATH, "Error: one\n");
            reader.cycle();
            files.truncate(PATH, 0);
            files.append(PATH, "Error: two\nError: three\n");
            cycleAfter(1);
            cycleAfter(2);
            cycleAfter(1);
            assertThat(events()).extracting(Event::excerpt).containsExactly("Error: one", "Error: two", "Error: three");
        }

        @Test
        void stored_numbers_of_another_file_are_left_alone_for_a_while() {
            files.append(PATH, "x".repeat(8192));
            ReadOffset bogus = new ReadOffset(4096, 137, 3200, null, "234:1234567", 8192, BEGIN);
            reader.cycle();
            put(PATH, bogus);
            cycleAfter(1);
            cycleAfter(1);
            assertThat(offset()).isEqualTo(bogus);
        }

        @Test
        void a_tail_without_an_end_moves_nothing() {
            files.append(PATH, "x".repeat(8192));
            ReadOffset stored = new ReadOffset(4096, 137, 3200, null, "1:1", 8192, BEGIN);
            put(PATH, stored);
            reader.cycle();
            cycleAfter(10);
            assertThat(offset()).isEqualTo(stored);
        }

        @Test
        void a_missing_file_makes_the_log_stale_and_its_return_is_told() {
            files.append(PATH, "one\n");
            reader.cycle();
            files.remove(PATH);
            cycleAfter(1);
            assertThat(types()).containsExactly("activity");
            assertThat(tables.logAttachmentRows())
                    .extracting(LogAttachment::status)
                    .containsExactly(AttachmentStatus.STALE);
            assertThat(audit.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.fields()).containsEntry("type", "log_attachment_change"));
            cycleAfter(1);
            files.append(PATH, "one\n");
            cycleAfter(1);
            cycleAfter(1);
            assertThat(told).containsExactly(LifecycleEvent.LOG_FILE_MISSING, LifecycleEvent.LOG_FILE_RETURNED);
            assertThat(audit.records()).hasSize(1);
        }

        @Test
        void a_file_that_cannot_be_read_is_reported_until_it_can() {
            files.append(PATH, "one\n");
            files.failWith("PermissionError");
            reader.cycle();
            cycleAfter(1);
            assertThat(reader.status().failing())
                    .containsExactly(new ReaderStatus.Failing(ATTACHMENT, AGENT, "PermissionError", BEGIN));
            files.failWith(null);
            cycleAfter(1);
            assertThat(reader.status().failing()).isEmpty();
        }

        @Test
        void a_file_that_nobody_reads_any_more_is_not_reported() {
            files.append(PATH, "one\n");
            reader.cycle();
            files.failWith("OSError");
            cycleAfter(1);
            assertThat(reader.status().failing()).hasSize(1);
            tables.put(attachment(ATTACHMENT, PATH, AttachmentStatus.STALE));
            cycleAfter(1);
            assertThat(reader.status().failing()).isEmpty();
        }

        @Test
        void a_log_without_an_offset_is_reported() {
            tables.put(attachment("lat_000000000000", "/logs/two.log", AttachmentStatus.ACTIVE));
            files.append("/logs/two.log", "one\n");
            reader.cycle();
            assertThat(reader.status().failing())
                    .extracting(ReaderStatus.Failing::errorClass)
                    .containsExactly("missing_offset_row");
            assertThat(reader.status().activeLogs()).isEqualTo(2);
        }
    }

    @Nested
    class Silence {
        @Test
        void after_unfinished_output_is_told_once() {
            files.append(PATH, "Error: x\n");
            reader.cycle();
            cycleAfter(29);
            assertThat(types()).containsExactly("error");
            cycleAfter(1);
            cycleAfter(60);
            assertThat(types()).containsExactly("error", "long_running");
            Event silence = events().get(1);
            assertThat(silence.bytes()).isEqualTo(new Span(9, 9));
            assertThat(silence.ruleId()).isEqualTo("long_running.synth.v1");
            files.append(PATH, "Error: y\n");
            cycleAfter(1);
            reader = reader(EventSettings.DEFAULT);
            cycleAfter(31);
            assertThat(types()).containsExactly("error", "long_running", "error", "long_running");
        }

        @Test
        void after_finished_output_is_not_told() {
            files.append(PATH, "DONE\n");
            reader.cycle();
            cycleAfter(60);
            assertThat(types()).containsExactly("completed");
        }

        @Test
        void of_a_pane_that_is_gone_is_its_exit() {
            tables.put(new Pane(PANE, "c", "u", 1, "t", "b", "/", "", false, false, BEGIN, BEGIN));
            tables.put(attachment(ATTACHMENT, PATH, AttachmentStatus.STALE));
            cycleAfter(30);
            cycleAfter(30);
            reader = reader(EventSettings.DEFAULT);
            cycleAfter(60);
            assertThat(types()).containsExactly("pane_exited");
        }
    }

    @Nested
    class Trail {
        @Test
        void holds_each_event_once_and_in_order() {
            files.append(PATH, "Error: a\nError: b\n");
            reader.cycle();
            cycleAfter(1);
            assertThat(trail.events()).isEqualTo(events());
            assertThat(tables.events().countUnappended()).isZero();
        }

        @Test
        void gets_what_it_refused_before_later_events() {
            trail.failWith("full");
            files.append(PATH, "Error: a\n");
            reader.cycle();
            assertThat(reader.status().trail()).isEqualTo(new ReaderStatus.Unappended(BEGIN, 1, "OSError"));
            files.append(PATH, "Error: b\n");
            cycleAfter(1);
            assertThat(reader.status().trail()).isEqualTo(new ReaderStatus.Unappended(BEGIN, 2, "OSError"));
            trail.failWith(null);
            cycleAfter(1);
            assertThat(trail.events()).extracting(Event::excerpt).containsExactly("Error: a", "Error: b");
            assertThat(reader.status().trail()).isNull();
        }

        @Test
        void gets_events_of_other_programs_but_no_records_of_the_queue() {
            tables.put(new EventRow(7, "error", AGENT, BEGIN));
            tables.put(new EventRow(8, "routing_toggled", "host-operator", BEGIN));
            reader.cycle();
            assertThat(trail.events()).extracting(Event::id).containsExactly(7L);
        }

        @Test
        void is_not_given_again_what_it_holds_after_a_crash() {
            files.append(PATH, "Error: a\n");
            reader.cycle();
            tables.put(new EventRow(events().get(0), null));
            reader = reader(EventSettings.DEFAULT);
            reader.cycle();
            assertThat(trail.events()).hasSize(1);
            assertThat(tables.events().countUnappended()).isZero();
        }

        @Test
        void is_not_given_again_what_it_holds_though_more_was_written_meanwhile() {
            files.append(PATH, "Error: a\n");
            reader.cycle();
            tables.put(new EventRow(events().get(0), null));
            reader = reader(EventSettings.DEFAULT);
            files.append(PATH, "Error: b\n");
            reader.cycle();
            files.append(PATH, "Error: c\n");
            reader.cycle(Set.of(PATH));
            assertThat(trail.events()).extracting(Event::excerpt).containsExactly("Error: a", "Error: b", "Error: c");
            assertThat(tables.events().countUnappended()).isZero();
        }
    }

    @Test
    void a_log_without_end_does_not_delay_the_others() {
        EventSettings small = new EventSettings(1.0, 64, 64, "…", 5.0, 30.0, 30.0, 50, 50, 30.0, 300.0);
        reader = reader(small);
        tables.put(attachment("lat_zzzzzzzzzzzz", "/logs/two.log", AttachmentStatus.ACTIVE));
        put("/logs/two.log", new ReadOffset(0, 0, 0, null, null, 0, BEGIN));
        files.append(PATH, "Error: burst\n".repeat(500));
        files.append("/logs/two.log", "Error: other\n");
        reader.cycle();
        List<Event> all = tables.events().following(EventQuery.ALL, 0, 1000);
        assertThat(all).hasSize(501);
        assertThat(all.subList(0, 10)).extracting(Event::excerpt).contains("Error: other");
    }

    @Test
    void every_line_counts_once_whatever_the_pieces_it_comes_in() {
        Random random = new Random(7);
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            all.append(random.nextInt(4) == 0 ? "Error: " : "")
                    .append("line ")
                    .append(i)
                    .append(random.nextBoolean() ? "\r\n" : "\n");
        }
        byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; ) {
            int next = Math.min(bytes.length, at + 1 + random.nextInt(200));
            files.append(PATH, java.util.Arrays.copyOfRange(bytes, at, next));
            at = next;
            if (random.nextInt(5) == 0) {
                reader = reader(EventSettings.DEFAULT);
            }
            cycleAfter(random.nextInt(3));
        }
        reader.finish();
        assertThat(events().stream()
                        .mapToLong(event -> event.debounced().count())
                        .sum())
                .isEqualTo(300);
        assertThat(offset().bytes()).isEqualTo(bytes.length);
    }
}
