package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.RunningCommand;
import dev.agenttower.core.event.EventFollowing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code events --follow} as a process of its own, and how its sessions end. */
final class EventFollowTest {
    private static final String AGENT = "agt_00000000000a";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    private void store(int first, int last) {
        StringBuilder rows = new StringBuilder();
        for (int id = first; id <= last; id++) {
            rows.append(rows.length() == 0 ? "" : ", ")
                    .append("(" + id + ", 'error', '" + AGENT + "', '2026-05-10T12:00:00.000000+00:00', 'no " + id
                            + "')");
        }
        tower.sql("INSERT INTO events (event_id, event_type, agent_id, observed_at, excerpt) VALUES " + rows);
    }

    private RunningCommand follow(String... more) {
        List<String> args = new ArrayList<>(List.of("events", "--follow", "--json"));
        args.addAll(List.of(more));
        RunningCommand following = tower.launch("agenttower", args.toArray(String[]::new));
        // Only what is stored after the session is open is followed.
        await().atMost(PATIENCE).until(() -> following.printed().contains("\"no 1\""));
        return following;
    }

    private RunningCommand followFromTheBeginning() {
        store(1, 1);
        return follow("--since", "2026-05-10T12:00:00Z");
    }

    private static void signal(RunningCommand command, String name) throws IOException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(command.process().pid())).start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void a_signal_ends_a_follower_that_waits_with_status_0_and_without_a_word(String name) throws IOException {
        tower.start();
        RunningCommand following = followFromTheBeginning();
        store(2, 2);
        await().atMost(PATIENCE).until(() -> following.printed().contains("\"no 2\""));
        signal(following, name);
        CommandResult ended = following.await(Duration.ofSeconds(10));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.outLines()).hasSize(2);
        assertThat(ended.out()).endsWith("}\n");
    }

    @Test
    void a_signal_amid_many_events_leaves_whole_lines_in_their_order() throws IOException {
        tower.start();
        RunningCommand following = followFromTheBeginning();
        for (int from = 2; from < 2000; from += 200) {
            store(from, from + 199);
        }
        await().atMost(PATIENCE).until(() -> following.printed().contains("\"no 60\""));
        signal(following, "INT");
        CommandResult ended = following.await(Duration.ofSeconds(10));
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).endsWith("}\n");
        int expected = 1;
        for (String line : ended.outLines()) {
            assertThat(Answers.json(line).path("event_id").asInt()).isEqualTo(expected++);
        }
        assertThat(expected).isGreaterThan(60);
    }

    @Test
    void a_follower_whose_daemon_is_killed_says_so() throws IOException {
        tower.start();
        RunningCommand following = followFromTheBeginning();
        tower.kill();
        CommandResult ended = following.await(PATIENCE);
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.outLines()).hasSize(1);
        assertThat(ended.err())
                .isEqualTo("error: daemon is not running or socket is unreachable: try `agenttower ensure-daemon`\n");
    }

    @Test
    void the_longest_idle_of_too_many_sessions_is_expired_and_no_longer_open() {
        tower.start();
        String first = open();
        String second = open();
        for (int i = 0; i < EventFollowing.MOST_SESSIONS - 1; i++) {
            open();
        }
        for (int i = 0; i < 2; i++) {
            assertThat(refusal(
                            tower.call("events.follow_next", Map.of("session_id", first, "max_wait_seconds", 0.1)),
                            "events_session_expired"))
                    .isEqualTo("follow session " + first + " expired");
        }
        // The values are looked at behind the session.
        refusal(
                tower.call("events.follow_next", Map.of("session_id", first, "max_wait_seconds", -1)),
                "events_session_expired");
        refusal(tower.call("events.follow_next", Map.of("session_id", "fs_ffffffffffff")), "events_session_unknown");
        assertThat(result(tower.call("events.follow_next", Map.of("session_id", second, "max_wait_seconds", 0.1)))
                        .path("session_open")
                        .asBoolean())
                .isTrue();
    }

    private String open() {
        return result(tower.call("events.follow_open")).path("session_id").asText();
    }
}
