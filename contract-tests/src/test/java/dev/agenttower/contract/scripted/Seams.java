package dev.agenttower.contract.scripted;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables that script a program. An empty value counts as unset, except for the guards.
 */
record Seams(Map<String, String> environment) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FIXED_TIME = "2026-05-11T00:00:00.000Z";
    private static final String PREFIX = "AGENTTOWER_TEST_";
    private static final String DOCKER_FAKE = PREFIX + "DOCKER_FAKE";
    private static final String TMUX_FAKE = PREFIX + "TMUX_FAKE";
    private static final String PIPE_PANE_FAKE = PREFIX + "PIPE_PANE_FAKE";
    private static final String LOG_FS_FAKE = PREFIX + "LOG_FS_FAKE";
    private static final String FORCE_HOST_PEER = PREFIX + "FORCE_HOST_PEER";
    private static final String INJECT_LATENCY_MS = PREFIX + "INJECT_LATENCY_MS";
    private static final String FORCE_DEGRADED_SUBSYSTEMS = PREFIX + "FORCE_DEGRADED_SUBSYSTEMS";
    private static final String HALT_AFTER = PREFIX + "HALT_AFTER";
    private static final String ROUTING_CLOCK_FAKE = PREFIX + "ROUTING_CLOCK_FAKE";
    private static final String ROUTING_ABORT = "_AGENTTOWER_FAULT_INJECT_ROUTING_TXN_ABORT";
    private static final String DELIVERY_TICK = PREFIX + "DELIVERY_TICK";
    private static final String PROC_ROOT = PREFIX + "PROC_ROOT";
    private static final String EVENTS_CLOCK_FAKE = PREFIX + "EVENTS_CLOCK_FAKE";
    private static final String READER_TICK = PREFIX + "READER_TICK";
    private static final Set<String> CLOCKS = Set.of(EVENTS_CLOCK_FAKE, READER_TICK);

    /** Whether any part of the world is scripted. A scripted world does not change by itself. The pace of deliveries is no part of the world. */
    boolean isScripted() {
        return names().anyMatch(name -> !name.equals(DELIVERY_TICK));
    }

    /** The fixed time of the daemon. */
    Optional<Instant> time() {
        return value(ROUTING_CLOCK_FAKE).map(Seams::time);
    }

    private static Instant time(String json) {
        try {
            return Instant.parse(JSON.readTree(json).path("now_iso_ms_utc").asText(FIXED_TIME));
        } catch (JsonProcessingException | DateTimeParseException e) {
            throw new IllegalArgumentException(ROUTING_CLOCK_FAKE + " holds no time: " + json, e);
        }
    }

    /** The fixed real time of the daemon, in nanoseconds. */
    Optional<Long> ticks() {
        return value(ROUTING_CLOCK_FAKE).map(Seams::ticks);
    }

    private static long ticks(String json) {
        try {
            return (long) (JSON.readTree(json).path("monotonic").asDouble(0) * 1e9);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(ROUTING_CLOCK_FAKE + " holds no time: " + json, e);
        }
    }

    /** Where the transaction of a route's message ends the daemon: {@code before_commit} or {@code after_commit}. */
    Optional<String> routingAbort() {
        return value(ROUTING_ABORT);
    }

    /** The datagram socket whose every byte lets one cycle of deliveries begin. */
    Optional<Path> deliveryTick() {
        return value(DELIVERY_TICK).map(Path::of);
    }

    /** The script of the container engine. */
    Optional<Path> containers() {
        return value(DOCKER_FAKE).map(Path::of);
    }

    /** The script of tmux. */
    Optional<Path> tmux() {
        return value(TMUX_FAKE).map(Path::of);
    }

    /** The script of the pipes of panes. */
    Optional<Path> panePipes() {
        return value(PIPE_PANE_FAKE).map(Path::of);
    }

    /** The script of the files of logs. */
    Optional<Path> logFiles() {
        return value(LOG_FS_FAKE).map(Path::of);
    }

    /** The script of the clocks of the reader of logs. */
    Optional<Path> readerClock() {
        return value(EVENTS_CLOCK_FAKE).map(Path::of);
    }

    /** The datagram socket that lets the reader of logs begin a cycle. */
    Optional<Path> readerTick() {
        return value(READER_TICK).map(Path::of);
    }

    /** Whether every caller counts as on the host. */
    boolean isEveryPeerOnHost() {
        return value(FORCE_HOST_PEER).filter("1"::equals).isPresent();
    }

    /** The delay of the dashboard, as written. */
    Optional<String> dashboardLatency() {
        return value(INJECT_LATENCY_MS);
    }

    /** The subsystems that the dashboard shows as degraded, as written. */
    Optional<String> degradedSubsystems() {
        return value(FORCE_DEGRADED_SUBSYSTEMS);
    }

    /** The names in {@link #degradedSubsystems()}. */
    List<String> namesOfDegradedSubsystems() {
        return degradedSubsystems().stream()
                .flatMap(names -> Arrays.stream(names.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    /** The step after which a start stops forever, in lower case. */
    Optional<String> haltAfter() {
        return value(HALT_AFTER);
    }

    /** The root folder for a command's detection of containers. */
    Optional<Path> root() {
        return value(PROC_ROOT).map(Path::of);
    }

    /** The flaw of a command's environment, in one line. */
    Optional<String> flawOfCommand() {
        return isAlone(Set.of(PROC_ROOT))
                ? Optional.of(PROC_ROOT + " is set outside the test harness; unset it before running production")
                : Optional.empty();
    }

    /** The flaw of a daemon's environment, in one line. */
    Optional<String> flawOfDaemon() {
        try {
            time();
        } catch (IllegalArgumentException noTime) {
            return Optional.of(String.valueOf(noTime.getMessage()));
        }
        return isAlone(CLOCKS)
                ? Optional.of(String.join(
                                ", ", names().filter(CLOCKS::contains).sorted().toList())
                        + " is set outside the test harness; unset before running agenttowerd")
                : Optional.empty();
    }

    private boolean isAlone(Set<String> guarded) {
        return names().anyMatch(guarded::contains) && names().allMatch(guarded::contains);
    }

    private Stream<String> names() {
        return environment.keySet().stream().filter(name -> name.startsWith(PREFIX));
    }

    private Optional<String> value(String name) {
        @Nullable String value = environment.get(name);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
}
