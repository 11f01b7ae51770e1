package dev.agenttower.cli.console;

import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.PaneAgent;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.inbox.InboxItem;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A tower with three agents, two free panes, two changes that wait, and what an agent asks. */
final class ConsoleFixture {
    static final String NOW = "2026-02-20T12:00:00Z";
    static final String HASH = "ab".repeat(32);
    static final BenchPane BACKEND = pane(0, agent("backend", "working", "2026-02-20T11:57:10Z", "Bash"));
    static final BenchPane TESTS = pane(1, agent("tests", "waiting_permission", "2026-02-20T09:00:00Z", "rm -rf /"));
    static final BenchPane DOCS = pane(2, agent("docs", "idle", "", ""));
    static final BenchPane FREE = pane(3, null);
    static final InboxItem PLAN = change("shop", "scr_20260220_110000_001", "_cortex/MASTER_PLAN.md", "a host");
    static final InboxItem SPECS = change("web", "scr_20260220_110000_002", "config/specs.json", "wider");
    static final InboxItem ASKING = new InboxItem(
            InboxItem.Kind.AGENT, "agt_tests", null, "tests", "waiting_permission", "rm -rf /", null, null, null);
    static final KnownTower TOWER =
            new KnownTower(List.of(BACKEND, DOCS, TESTS, FREE, pane(4, null)), List.of(ASKING, PLAN, SPECS), true, "");

    private ConsoleFixture() {}

    static PaneAgent agent(String label, String state, String since, String detail) {
        return new PaneAgent("agt_" + label, "slave", "claude", label, state, since, detail, "/home/me/shop");
    }

    static BenchPane pane(int window, @Nullable PaneAgent agent) {
        PaneKey key =
                new PaneKey(new ContainerId("a".repeat(64)), "/tmp/tmux-0/default", "work", window, 0, "%" + window);
        return new BenchPane(key, "host", "me", "claude", "/home/me/shop", Optional.ofNullable(agent));
    }

    static InboxItem change(String project, String id, String path, String description) {
        return new InboxItem(
                InboxItem.Kind.CHANGE,
                id,
                project,
                path,
                "pending",
                description,
                "backend",
                "Developer",
                "2026-02-20T11:00:00Z");
    }

    static Review review(InboxItem item, String diff, boolean applies) {
        return new Review(
                item,
                new SovereignChange(
                        item.id(),
                        "2026-02-20T11:00:00Z",
                        "backend",
                        "Developer",
                        null,
                        null,
                        item.title(),
                        "append",
                        null,
                        item.detail(),
                        "pending",
                        null,
                        null,
                        null,
                        false,
                        JsonText.object()),
                new ChangePreview(
                        item.id(),
                        item.title(),
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
