package dev.agenttower.daemon.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.lifecycle.LifecycleEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class DaemonLogTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-05-05T18:01:34.692118Z"));

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("agenttowerd.log");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }

    @Test
    void writes_time_level_event_and_fields_in_order() throws IOException {
        try (DaemonLog log = DaemonLog.open(file(), CLOCK)) {
            log.report(LifecycleEvent.DAEMON_READY, "socket", "/a b", "pid", 7);
            log.report(LifecycleEvent.SOCKET_PEER_UID_MISMATCH, "observed_uid", 1, "expected_uid", null);
        }
        assertThat(lines())
                .containsExactly(
                        "2026-05-05T18:01:34.692118+00:00\tlevel=info\tevent=daemon_ready\tsocket=/a b\tpid=7",
                        "2026-05-05T18:01:34.692118+00:00\tlevel=error\tevent=socket_peer_uid_mismatch"
                                + "\tobserved_uid=1\texpected_uid=");
    }

    @Test
    void keeps_an_event_on_one_line_whatever_its_values_hold() throws IOException {
        try (DaemonLog log = DaemonLog.open(file(), CLOCK)) {
            log.report(LifecycleEvent.ERROR_FATAL, "reason", "a\tb\nc\u0000d" + "x".repeat(5000));
        }
        assertThat(lines()).singleElement().satisfies(line -> {
            assertThat(line).contains("reason=a b cdxxx");
            assertThat(line.split("\t", -1)).hasSize(4);
            assertThat(line).hasSizeLessThan(2200);
        });
    }

    @Test
    void appends_to_what_is_there_and_takes_the_file_from_others() throws IOException {
        Files.writeString(file(), "before\n");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        try (DaemonLog log = DaemonLog.open(file(), CLOCK)) {
            log.report(LifecycleEvent.DAEMON_STARTING);
        }
        assertThat(lines()).hasSize(2).first().isEqualTo("before");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void takes_the_warnings_of_libraries_but_nothing_below() throws IOException {
        var logger = LoggerFactory.getLogger("some.Library");
        logger.error("too early");
        try (DaemonLog log = DaemonLog.open(file(), CLOCK)) {
            WarningsToDaemonLog.redirect(log);
            logger.info("chatter");
            logger.warn("half of {} is\ngone", "it");
            logger.error("broken", new IllegalStateException("why"));
            WarningsToDaemonLog.forget();
            logger.error("too late");
        }
        assertThat(lines().get(0))
                .isEqualTo("2026-05-05T18:01:34.692118+00:00\tlevel=warn\tlogger=some.Library"
                        + "\tmessage=half of it is gone");
        assertThat(lines().get(1)).endsWith("\tlevel=error\tlogger=some.Library\tmessage=broken");
        assertThat(lines().get(2)).startsWith("java.lang.IllegalStateException: why");
        assertThat(String.join("\n", lines())).doesNotContain("chatter", "too early", "too late");
    }
}
