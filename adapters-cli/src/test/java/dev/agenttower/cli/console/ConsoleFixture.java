package dev.agenttower.cli.console;

import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.PaneAgent;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tower with three agents, two free panes and two changes that wait. */
final class ConsoleFixture {
    static final String NOW = "2026-02-20T12:00:00Z";
    static final String HASH = "ab".repeat(32);
    static final BenchPane BACKEND = pane(0, agent("backend", "working", "2026-02-20T11:57:10Z", "Bash"));
    static final BenchPane TESTS = pane(1, agent("tests", "waiting_permission", "2026-02-20T09:00:00Z", "rm -rf /"));
    static final BenchPane DOCS = pane(2, agent("docs", "idle", "", ""));
    static final BenchPane FREE = pane(3, null);
    static final PendingChange PLAN = change("shop", "scr_20260220_110000_001", "_cortex/MASTER_PLAN.md", "a host");
    static final PendingChange SPECS = change("lab", "scr_20260220_110000_002", "config/specs.json", "wider");
    static final Tower TOWER =
            new Tower(List.of(BACKEND, DOCS, TESTS, FREE, pane(4, null)), List.of(PLAN, SPECS), true, "");

    private ConsoleFixture() {}

    static PaneAgent agent(String label, String state, String since, String detail) {
        return new PaneAgent("agt_" + label, "slave", "claude", label, state, since, detail, "/home/me/shop");
    }

    static BenchPane pane(int window, @Nullable PaneAgent agent) {
        PaneKey key =
                new PaneKey(new ContainerId("a".repeat(64)), "/tmp/tmux-0/default", "work", window, 0, "%" + window);
        return new BenchPane(key, "host", "me", "claude", "/home/me/shop", Optional.ofNullable(agent));
    }

    static PendingChange change(String project, String id, String path, String description) {
        return new PendingChange(
                project,
                new SovereignChange(
                        id,
                        "2026-02-20T11:00:00Z",
                        "backend",
                        "Developer",
                        null,
                        null,
                        path,
                        "append",
                        null,
                        description,
                        "pending",
                        null,
                        null,
                        null,
                        false,
                        JsonText.object()));
    }

    static Review review(PendingChange change, String diff, boolean applies) {
        return new Review(
                change,
                new ChangePreview(
                        change.change().id(),
                        change.change().targetPath(),
                        "append",
                        "pending",
                        applies,
                        applies ? null : "the text is gone",
                        diff,
                        applies ? "x" : null,
                        HASH,
                        HASH,
                        applies ? "cd".repeat(32) : null,
                        false,
                        JsonText.object()));
    }
}
