package dev.agenttower.contract.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RefusedStartTest {
    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.scripted();

    private CommandResult daemon() {
        return tower.finish(tower.launch("agenttowerd", "run"));
    }

    private void assertRefused(CommandResult result, String error) {
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("error: " + error + "\n");
    }

    @Test
    void without_a_database() {
        assertRefused(
                daemon(),
                "agenttower is not initialized: state db missing at "
                        + tower.paths().database());
    }

    @Test
    void with_a_database_that_is_none() throws IOException {
        tower.init();
        Files.writeString(tower.paths().database(), "this is no database, however long one looks at it".repeat(40));
        CommandResult refused = daemon();
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("error: open registry: " + tower.paths().database() + ": ")
                .hasLineCount(1);
    }

    @Test
    void with_a_database_of_a_newer_version() {
        tower.init().sql("UPDATE schema_version SET version = 99");
        assertRefused(
                daemon(),
                "open registry: " + tower.paths().database()
                        + ": on-disk schema_version=99 is newer than this build supports (8); refusing to open");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE schema_version SET version = -1 | on-disk schema_version is -1, which is no version",
                "UPDATE schema_version SET version = 0 | on-disk schema_version is 0, which is no version",
                "UPDATE schema_version SET version = 'eight' | on-disk schema_version is of type text, which is no version",
                "UPDATE schema_version SET version = 7.5 | on-disk schema_version is of type real, which is no version",
                "INSERT INTO schema_version VALUES (8) | schema_version has more than one row",
                "DELETE FROM schema_version | schema_version row missing in a database that has tables",
                "DROP TABLE schema_version | the table schema_version is missing in a database that has tables",
            })
    void with_a_database_that_does_not_say_its_version(String damage, String error) throws IOException {
        tower.init().sql(damage);
        byte[] before = Files.readAllBytes(tower.paths().database());
        assertRefused(
                daemon(),
                "open registry: " + tower.paths().database() + ": " + error
                        + "; refusing to open, nothing was changed");
        assertThat(tower.paths().database()).hasBinaryContent(before);
        assertThat(tower.run("config", "init").exitCode()).isEqualTo(1);
    }

    @Test
    void with_a_state_folder_that_others_may_enter() throws IOException {
        tower.init();
        Files.setPosixFilePermissions(tower.paths().logsDir(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertRefused(daemon(), "unsafe path " + tower.paths().logsDir() + ": mode is 0o755, expected 0o700");
        CommandResult ensured = tower.run("ensure-daemon");
        assertThat(ensured.exitCode()).isEqualTo(1);
        assertThat(ensured.err())
                .startsWith("error: unsafe permissions on " + tower.paths().logsDir());
    }

    @Test
    void with_a_lock_that_others_may_read() throws IOException {
        tower.init();
        Files.createFile(tower.paths().lock());
        Files.setPosixFilePermissions(tower.paths().lock(), PosixFilePermissions.fromString("rw-r--r--"));
        assertRefused(daemon(), "acquire lock: " + tower.paths().lock() + ": mode is 0o644, expected 0o600");
    }

    @Test
    void with_a_broken_rule_of_adoption() throws IOException {
        tower.init();
        Files.writeString(tower.paths().configFile(), "[[adoption.rules]]\nsession = \"*\"\nrole = \"master\"\n");
        assertRefused(daemon(), "[[adoption.rules]] number 1 role: no rule makes an agent master");
    }

    @Test
    void with_invalid_settings() throws IOException {
        tower.init();
        Files.writeString(tower.paths().configFile(), "[events]\nmax_page_size = true\n");
        assertRefused(daemon(), "[events] max_page_size must be an integer; got true");
        assertThat(tower.events()).endsWith("error_fatal", "daemon_exited");
        assertThat(tower.log()).contains("event=daemon_exited\texit_code=1\n");
        assertThat(tower.paths().socket()).doesNotExist();
        assertThat(tower.paths().pidFile()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"file,regular file", "directory,directory", "link,symlink", "fifo,fifo"})
    void with_something_else_where_the_socket_belongs(String kind, String words)
            throws IOException, InterruptedException {
        tower.init();
        Path socket = tower.paths().socket();
        switch (kind) {
            case "file" -> Files.writeString(socket, "precious");
            case "directory" -> Files.createDirectory(socket);
            case "link" -> Files.createSymbolicLink(socket, Path.of("/nonexistent/target"));
            default -> new ProcessBuilder("mkfifo", socket.toString()).start().waitFor();
        }
        assertRefused(daemon(), "socket path is not a unix socket: " + socket + ": refusing to remove " + words);
        assertThat(tower.log()).contains("level=fatal\tevent=error_fatal\treason=refuse stale: " + socket);
        assertThat(Files.exists(socket, LinkOption.NOFOLLOW_LINKS)).isTrue();

        CommandResult ensured = tower.run("ensure-daemon");
        assertThat(ensured.exitCode()).isEqualTo(2);
        assertThat(ensured.err()).contains("is not a unix socket", "refusing to remove");
    }

    @Test
    void with_a_clock_of_the_tests_and_no_other_seam() {
        DaemonProcess alone = tower.init().without("AGENTTOWER_TEST_FORCE_HOST_PEER");
        alone.with("AGENTTOWER_TEST_READER_TICK", "").with("AGENTTOWER_TEST_EVENTS_CLOCK_FAKE", "/nonexistent");
        assertRefused(
                daemon(),
                "AGENTTOWER_TEST_EVENTS_CLOCK_FAKE, AGENTTOWER_TEST_READER_TICK is set outside the test harness;"
                        + " unset before running agenttowerd");
    }
}
