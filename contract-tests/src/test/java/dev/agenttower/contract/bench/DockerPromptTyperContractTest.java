package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.bench.engine.EngineAddress;
import dev.agenttower.bench.engine.EngineClient;
import dev.agenttower.bench.engine.Execs;
import dev.agenttower.bench.tmux.TmuxPromptTyper;
import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.queue.PromptTyper;
import dev.agenttower.core.queue.TypingResult.Failed;
import dev.agenttower.core.queue.TypingResult.Typed;
import dev.agenttower.core.queue.TypingTarget;
import dev.agenttower.core.queue.message.FailureReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
final class DockerPromptTyperContractTest extends PromptTyperContract {
    private static BenchLab lab;
    private static Bench bench;
    private static EngineClient engine;

    private final String folder = bench.sh("mktemp -d").strip();

    @BeforeAll
    static void open() {
        lab = BenchLab.open();
        bench = lab.up("py");
        engine = new EngineClient(EngineAddress.from(Map.of()));
    }

    @AfterAll
    static void close() {
        if (lab != null) {
            engine.close();
            lab.close();
        }
    }

    @AfterEach
    void end_the_server() {
        sh("tmux -S " + folder + "/tmux kill-server || :");
    }

    @Override
    PromptTyper typer(Duration limit) {
        return TmuxPromptTyper.ofContainers(new Execs(engine), limit);
    }

    @Override
    String sh(String line) {
        return bench.sh(line);
    }

    @Override
    BenchTarget bench() {
        return bench.target();
    }

    @Override
    String folder() {
        return folder;
    }

    private long shells() {
        // A shell of this line has another pattern in its own arguments.
        return Long.parseLong(
                sh("ps -o args | grep -c '[a]genttower types prompts' || :").strip());
    }

    @Test
    void what_a_paused_container_did_not_take_in_time_is_never_typed() {
        TypingTarget target = target();
        assertThat(type(target, "before")).isEqualTo(new Typed());
        bench.freeze();
        try {
            assertThat(type(target, "late")).isEqualTo(new Failed(FailureReason.TMUX_PASTE_FAILED));
        } finally {
            bench.thaw();
        }
        assertThat(type(target, "afterwards")).isEqualTo(new Typed());
        assertReceived(BEGIN + "before" + END + BEGIN + "afterwards" + END);
    }

    @Test
    void a_shell_stays_for_the_next_prompt_and_is_replaced_when_it_has_ended() {
        long before = shells();
        every_byte_arrives_in_one_bracketed_paste_with_one_enter();
        assertThat(shells()).isEqualTo(before + 1);
        sh("ps -o pid,args | grep '[a]genttower types prompts' | while read -r pid rest; do kill $pid; done");
        another_prompt_arrives();
        assertThat(shells()).isEqualTo(1);
    }
}
