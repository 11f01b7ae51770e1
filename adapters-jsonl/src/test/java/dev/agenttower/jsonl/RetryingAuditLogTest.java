package dev.agenttower.jsonl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.agenttower.core.audit.AuditLog;
import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.audit.AuditUnavailableException;
import dev.agenttower.core.audit.InMemoryAuditLog;
import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.health.SubsystemState.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RetryingAuditLogTest {
    private final HandClock clock = new HandClock();
    private final InMemoryAuditLog disk = new InMemoryAuditLog();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private volatile boolean full;
    private final AuditLog target = record -> {
        if (full) {
            throw new AuditUnavailableException("disk full", new IOException("disk full"));
        }
        disk.append(record);
    };
    private SubsystemState targetState = SubsystemState.ok(Subsystem.JSONL);
    private final RetryingAuditLog log = new RetryingAuditLog(target, () -> targetState, clock, timer, 3);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void passes_records_on_with_their_time() {
        append("a");
        assertThat(disk.records().get(0).fields().get("ts")).isEqualTo("2026-05-05T18:01:34.692118+00:00");
        assertThat(disk.records().get(0).fields().keySet()).containsExactly("ts", "type", "payload");
    }

    @Test
    void tells_that_a_record_is_late_and_writes_it_before_the_next_one_with_its_own_time() {
        full = true;
        assertFails("a");
        clock.advance(Duration.ofSeconds(1));
        assertFails("b");
        full = false;
        clock.advance(Duration.ofSeconds(1));

        append("c");

        assertThat(written()).containsExactly("a", "b", "c");
        assertThat(disk.records())
                .extracting(record -> record.fields().get("ts"))
                .containsExactly(
                        "2026-05-05T18:01:34.692118+00:00",
                        "2026-05-05T18:01:35.692118+00:00",
                        "2026-05-05T18:01:36.692118+00:00");
    }

    @Test
    void writes_what_waits_when_told_to() {
        full = true;
        assertFails("a");
        log.retry();
        full = false;
        log.retry();
        assertThat(written()).containsExactly("a");
        log.retry();
        assertThat(written()).containsExactly("a");
    }

    @Test
    void schedules_a_retry_only_while_records_wait() {
        append("a");
        assertThat(timer.getQueue()).isEmpty();
        full = true;
        assertFails("b");
        assertFails("c");
        assertThat(timer.getQueue()).hasSize(1);
    }

    @Test
    void writes_what_waits_when_the_time_comes() {
        full = true;
        assertFails("a");
        full = false;
        runTimer();
        assertThat(written()).containsExactly("a");
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void goes_on_trying_while_the_medium_fails() {
        full = true;
        assertFails("a");
        runTimer();
        runTimer();
        full = false;
        runTimer();
        assertThat(written()).containsExactly("a");
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void warns_at_most_once_a_minute() {
        Logger logger = (Logger) LoggerFactory.getLogger(RetryingAuditLog.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            full = true;
            assertFails("a");
            clock.advance(Duration.ofSeconds(59));
            assertFails("b");
            assertThat(lines.list).hasSize(1);
            clock.advance(Duration.ofSeconds(1));
            assertFails("c");
        } finally {
            logger.detachAppender(lines);
        }
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "1 audit record waits to be written: disk full",
                        "3 audit records wait to be written: disk full");
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.WARN);
    }

    @Test
    void drops_the_oldest_when_too_many_wait_and_counts_them() {
        full = true;
        for (String name : List.of("a", "b", "c", "d", "e")) {
            assertFails(name);
        }
        assertThat(log.probe().probe().reason())
                .isEqualTo("3 audit records wait to be written, 2 older ones were dropped");
        full = false;
        log.retry();
        assertThat(written()).containsExactly("c", "d", "e");
    }

    @Test
    void is_degraded_while_records_wait() {
        assertThat(log.probe().probe().status()).isEqualTo(Status.OK);
        full = true;
        assertFails("a");
        assertThat(log.probe().probe())
                .isEqualTo(SubsystemState.degraded(Subsystem.JSONL, "1 audit record waits to be written"));
        full = false;
        append("b");
        assertThat(log.probe().probe().status()).isEqualTo(Status.OK);
    }

    @Test
    void shows_what_the_target_says_of_itself_first() {
        full = true;
        assertFails("a");
        targetState = SubsystemState.unavailable(Subsystem.JSONL, "the folder is gone");
        assertThat(log.probe().probe()).isEqualTo(targetState);
    }

    @Test
    void writes_what_waits_when_it_is_closed() {
        full = true;
        assertFails("a");
        full = false;
        log.close();
        assertThat(written()).containsExactly("a");
        assertThat(timer.getQueue()).allMatch(task -> ((Future<?>) task).isCancelled());
        log.close();
    }

    @Test
    void takes_records_although_the_timer_is_stopped() {
        timer.shutdownNow();
        full = true;
        assertFails("a");
        full = false;
        append("b");
        assertThat(written()).containsExactly("a", "b");
    }

    @Test
    void needs_room_for_one_record() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryingAuditLog(target, () -> targetState, clock, timer, 0));
    }

    private void runTimer() {
        Runnable retry = timer.getQueue().element();
        timer.remove(retry);
        retry.run();
    }

    private void append(String type) {
        log.append(AuditRecord.of(type, Map.of()));
    }

    private void assertFails(String type) {
        assertThatThrownBy(() -> append(type)).isInstanceOf(AuditUnavailableException.class);
    }

    private List<Object> written() {
        return disk.records().stream()
                .map(record -> record.fields().get("type"))
                .toList();
    }
}
