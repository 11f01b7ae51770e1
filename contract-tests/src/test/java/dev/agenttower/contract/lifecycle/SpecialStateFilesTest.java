package dev.agenttower.contract.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.SpecialFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pipe in place of a file of the tower's own keeps neither daemon nor command. */
final class SpecialStateFilesTest {
    private static final int CALLS = 40;

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agenttower.sqlite3",
                "agenttower.sqlite3-wal",
                "agenttower.sqlite3-shm",
                "agenttowerd.lock",
                "agenttowerd.pid",
                "logs/agenttowerd.log"
            })
    void nothing_starts_over_a_pipe_in_the_state_folder(String name) {
        tower.init();
        Path file = tower.paths().stateDir().resolve(name);
        SpecialFile.FIFO.put(file);
        for (CommandResult result :
                List.of(tower.finish(tower.launch("agenttowerd", "run")), tower.run("ensure-daemon"))) {
            assertThat(result.exitCode()).isNotZero();
            assertThat(result.err()).contains(file.toString());
        }
    }

    @Test
    void nothing_starts_over_a_pipe_in_place_of_the_settings() {
        tower.init();
        SpecialFile.FIFO.put(tower.paths().configFile());
        CommandResult result = tower.finish(tower.launch("agenttowerd", "run"));
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.err()).contains(tower.paths().configFile() + ": not a regular file");
    }

    @Test
    void a_pipe_in_place_of_the_file_that_gives_turns_keeps_no_command() {
        tower.init();
        SpecialFile.FIFO.put(tower.paths().stateDir().resolve("agenttowerd.start"));
        tower.run("ensure-daemon").orThrow();
        assertThat(tower.call("ping").path("ok").asBoolean()).isTrue();
    }

    @Test
    void scans_are_answered_with_pipes_in_place_of_settings_and_audit_trail() throws Exception {
        tower.start();
        SpecialFile.FIFO.put(tower.paths().events());
        for (int call = 0; call < CALLS; call++) {
            assertThat(tower.call("scan_containers").toString()).contains("event append failed");
        }
        SpecialFile.FIFO.put(tower.paths().configFile());
        for (int call = 0; call < CALLS; call++) {
            assertThat(tower.call("scan_containers").path("ok").asBoolean(true)).isFalse();
        }
        assertThat(tower.call("ping").path("ok").asBoolean()).isTrue();
        Files.delete(tower.paths().configFile());
        assertThat(tower.call("status").path("ok").asBoolean()).isTrue();
    }

    @Test
    void what_a_killed_command_left_of_the_passphrase_is_removed_at_the_start() throws Exception {
        tower.init();
        Path left = Files.writeString(tower.paths().stateDir().resolve("operator-passphrase.json.4194399.new"), "{");
        Path own = Files.writeString(tower.paths().stateDir().resolve("operator-passphrase.json.new"), "{");
        tower.start();
        assertThat(left).doesNotExist();
        assertThat(own).exists();
    }
}
