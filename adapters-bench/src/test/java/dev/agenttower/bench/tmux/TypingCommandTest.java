package dev.agenttower.bench.tmux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.screen.Screen;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.message.PromptBody;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypingCommandTest {
    private static final Screen SEEN = Screen.of("claude", 2, 37, true, "");

    private static TypingCommand command() {
        BenchTarget bench = new BenchTarget(new ContainerId("host"), "host", "me");
        PaneKey pane = new PaneKey(bench.container(), "/tmp/s", "work", 0, 0, "%3");
        TypingTarget target = new TypingTarget(bench, pane, null, 7, "claude", Capability.CLAUDE);
        return new TypingCommand(target, "m1", PromptBody.of("x".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void typing_depends_on_the_cursor_if_a_screen_was_seen() {
        String place = "#{==:#{cursor_x} #{cursor_y},2 37}";
        assertThat(String.join(" ", command().arguments(SEEN))).contains(place);
        assertThat(String.join(" ", command().arguments(null))).doesNotContain("#{==:#{cursor_x}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "agenttower-loaded\\nagenttower-held|1|2|7|0|1|2,37|; false",
                "agenttower-loaded\\nagenttower-held|1|2|7|0|1|1,34|; true",
                "agenttower-loaded\\nagenttower-pasted\\nagenttower-submitted; false",
                "can't find pane: %3; false",
            })
    void a_report_tells_whether_the_cursor_has_moved(String printed, boolean hasMoved) {
        assertThat(command().hasMoved(printed.replace("\\n", "\n"), SEEN)).isEqualTo(hasMoved);
    }
}
