package dev.agenttower.contract.bench;

import dev.agenttower.bench.tmux.TmuxPromptTyper;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.queue.PromptTyper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

@Tag("tmux")
final class LocalPromptTyperContractTest extends PromptTyperContract {
    private final PrivateTmux servers = PrivateTmux.open();
    private final List<TmuxPromptTyper> typers = new ArrayList<>();

    @AfterEach
    void close() {
        typers.forEach(TmuxPromptTyper::close);
        servers.close();
    }

    @Override
    PromptTyper typer(Duration limit) {
        typers.add(TmuxPromptTyper.ofHost(limit));
        return typers.get(typers.size() - 1);
    }

    @Override
    String sh(String line) {
        return Command.run("sh", "-c", line);
    }

    @Override
    BenchTarget bench() {
        return new BenchTarget(new ContainerId("host"), "host", "me");
    }

    @Override
    String folder() {
        return servers.folder().toString();
    }
}
