package dev.agenttower.daemon.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.unix.file.Inode;
import dev.agenttower.unix.file.LockedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DaemonLockTest {
    @TempDir
    private Path folder;

    private final PathSafety safety = new PathSafety(Inode.ownUid());

    private Path file() {
        return folder.resolve("agenttowerd.lock");
    }

    @Test
    void makes_an_empty_private_file_and_leaves_it() throws IOException {
        DaemonLock.take(file(), safety).close();
        assertThat(file()).isEmptyFile();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void can_be_held_once_at_a_time() {
        LockedFile held = DaemonLock.take(file(), safety);
        assertThatThrownBy(() -> DaemonLock.take(file(), safety))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(2));
        held.close();
        DaemonLock.take(file(), safety).close();
    }

    @Test
    void shuts_out_other_programs_that_use_flock() throws IOException, InterruptedException {
        LockedFile held = DaemonLock.take(file(), safety);
        assertThat(flock()).isNotZero();
        held.close();
        assertThat(flock()).isZero();
    }

    private int flock() throws IOException, InterruptedException {
        return new ProcessBuilder("flock", "--nonblock", file().toString(), "true")
                .start()
                .waitFor();
    }

    @Test
    void refuses_a_file_that_others_may_read() throws IOException {
        Files.createFile(file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> DaemonLock.take(file(), safety))
                .isInstanceOf(StartFailure.class)
                .hasMessage("acquire lock: " + file() + ": mode is 0o644, expected 0o600");
    }

    @Test
    void refuses_a_symbolic_link() throws IOException {
        Path target = Files.createFile(folder.resolve("target"));
        Files.createSymbolicLink(file(), target);
        assertThatThrownBy(() -> DaemonLock.take(file(), safety))
                .hasMessage("acquire lock: " + file() + ": expected file, got other");
    }

    @Test
    void names_what_the_system_refuses() {
        Path nowhere = folder.resolve("missing").resolve("lock");
        assertThatThrownBy(() -> DaemonLock.take(nowhere, safety))
                .hasMessage("acquire lock: " + nowhere + ": No such file or directory");
    }
}
