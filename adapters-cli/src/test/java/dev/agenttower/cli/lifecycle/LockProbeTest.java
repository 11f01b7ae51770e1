package dev.agenttower.cli.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.agenttower.cli.surroundings.UnixFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockProbeTest {
    private static final UnixFile FILE = new UnixFile(0100600, 0, 0xfe00, 1234);

    @Test
    void a_lock_is_known_by_device_and_inode() {
        assertThat(LockProbe.holder("1: FLOCK  ADVISORY  WRITE 10 fe:00:1234 0 EOF\n", FILE, " FLOCK "))
                .hasValue(10);
        assertThat(LockProbe.holder("1: FLOCK  ADVISORY  WRITE 10 fe:00:12345 0 EOF\n", FILE, " FLOCK "))
                .isEmpty();
        assertThat(LockProbe.holder("1: FLOCK  ADVISORY  WRITE 10 08:01:1234 0 EOF\n", FILE, " FLOCK "))
                .isEmpty();
    }

    @Test
    void locks_of_another_kind_and_waiters_do_not_count() {
        assertThat(LockProbe.holder("1: POSIX  ADVISORY  WRITE 10 fe:00:1234 0 EOF\n", FILE, " FLOCK "))
                .isEmpty();
        assertThat(LockProbe.holder("1: -> FLOCK  ADVISORY  WRITE 10 fe:00:1234 0 EOF\n", FILE, " FLOCK "))
                .isEmpty();
    }

    @Test
    void a_turn_is_seen_while_it_is_held(@TempDir Path folder) {
        assertThat(StartTurn.isTaken(folder)).isFalse();
        try (StartTurn turn = new StartTurn(folder)) {
            assertThat(turn.take()).isTrue();
            assertThat(StartTurn.isTaken(folder)).isTrue();
        }
        assertThat(StartTurn.isTaken(folder)).isFalse();
    }

    @Test
    void a_real_lock_is_seen_while_it_is_held(@TempDir Path folder) throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/flock")).as("flock(1) is installed").exists();
        Path lock = Files.createFile(folder.resolve("lock"));
        assertThat(LockProbe.isHeld(lock)).isFalse();

        Process holder =
                new ProcessBuilder("/usr/bin/flock", lock.toString(), "sh", "-c", "echo held; exec cat").start();
        assertThat(holder.inputReader().readLine()).isEqualTo("held");
        assertThat(LockProbe.holder(lock)).hasValue(holder.pid());

        holder.getOutputStream().close();
        holder.waitFor();
        assertThat(LockProbe.isHeld(lock)).isFalse();
    }
}
