package dev.agenttower.bench.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostLogFilesTest {
    @TempDir
    Path home;

    private final HostLogFiles files = new HostLogFiles();

    @BeforeEach
    void resolve_home() throws IOException {
        home = home.toRealPath();
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void folders_and_file_are_created_for_their_owner_only() throws IOException {
        Path log = home.resolve("logs/bench/agent.log");

        files.create(log.toString());

        assertThat(mode(home.resolve("logs"))).isEqualTo("rwx------");
        assertThat(mode(log.getParent())).isEqualTo("rwx------");
        assertThat(mode(log)).isEqualTo("rw-------");
    }

    @Test
    void an_existing_log_is_kept() throws IOException {
        Path log = home.resolve("logs/agent.log");
        files.create(log.toString());
        Files.writeString(log, "a line\n");

        files.create(log.toString());

        assertThat(log).hasContent("a line\n");
    }

    @Test
    void a_folder_exchanged_for_a_link_gets_no_file() throws IOException {
        Path foreign = Files.createDirectory(
                home.resolve("foreign"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path link = Files.createSymbolicLink(home.resolve("logs"), foreign);

        for (String log : new String[] {"agent.log", "bench/agent.log"}) {
            assertThatThrownBy(() -> files.create(link.resolve(log).toString()))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("leads through a symbolic link");
        }

        assertThat(foreign).isEmptyDirectory();
    }

    @Test
    void a_link_in_place_of_the_log_is_refused() throws IOException {
        Path log = home.resolve("logs/agent.log");
        files.create(log.toString());
        Files.delete(log);
        Files.createSymbolicLink(log, home.resolve("foreign"));

        assertThatThrownBy(() -> files.create(log.toString())).hasMessageContaining("not a regular file");

        assertThat(home.resolve("foreign")).doesNotExist();
    }

    @Test
    void a_folder_that_others_may_enter_is_refused() throws IOException {
        Path log = home.resolve("logs/agent.log");
        files.create(log.toString());
        Files.setPosixFilePermissions(log.getParent(), PosixFilePermissions.fromString("rwxr-x---"));

        assertThatThrownBy(() -> files.create(log.toString()))
                .hasMessageContaining("unsafe permissions on " + log.getParent() + ": mode is 0750, at most 0700");
    }
}
