package dev.agenttower.bench.tmux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes.Failed;
import dev.agenttower.core.pane.BenchPanes.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TmuxFailuresTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "127; sh: 1: tmux: not found; TMUX_UNAVAILABLE",
                "127; bash: tmux: command not found; TMUX_UNAVAILABLE",
                "127; ; TMUX_UNAVAILABLE",
                "126; OCI runtime exec failed: exec: \"tmux\": executable file not found in $PATH; TMUX_UNAVAILABLE",
                "1; error connecting to /tmp/tmux-0/x (Permission denied); TMUX_NO_SERVER",
                "1; no current server; TMUX_NO_SERVER",
                "126; OCI runtime exec failed: error connecting to shim; DOCKER_EXEC_FAILED",
                "1; something else; DOCKER_EXEC_FAILED"
            })
    void list_panes(int status, String text, ErrorCode code) {
        assertThat(TmuxFailures.listPanes(status, text == null ? "" : text))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no server running on /tmp/tmux-0/default",
                "error connecting to /tmp/tmux-0/x (Connection refused)",
                "server exited unexpectedly",
                "lost server",
                "error connecting to /tmp/tmux-0/x (No such file or directory)"
            })
    void a_server_that_has_ended_has_no_panes(String text) {
        assertThat(TmuxFailures.listPanes(1, text)).isEqualTo(new Seen(List.of(), 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "2; ls: cannot open directory '/tmp/tmux-1000': Permission denied; SOCKET_UNREADABLE",
                "1; Operation not permitted; SOCKET_UNREADABLE",
                "2; ls: cannot access '/tmp/tmux-1000': No such file or directory; SOCKET_DIR_MISSING",
                "126; OCI runtime exec failed: exec: \"ls\": permission denied; DOCKER_EXEC_FAILED",
                "125; No such container: x; DOCKER_EXEC_FAILED",
                "3; something else; DOCKER_EXEC_FAILED"
            })
    void the_socket_folder(int status, String text, ErrorCode code) {
        assertThat(TmuxFailures.folder("/tmp/tmux-1000", status, text).code()).isEqualTo(code);
    }

    @Test
    void messages_are_one_short_line() {
        assertThat(TmuxFailures.userId(1, "a\n\u0007b" + "x".repeat(5000)).message())
                .startsWith("id -u exited 1: a b")
                .hasSizeLessThan(500);
    }
}
