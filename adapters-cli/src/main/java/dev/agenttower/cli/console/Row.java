package dev.agenttower.cli.console;

import dev.agenttower.cli.dashboard.BenchPane;
import dev.agenttower.cli.dashboard.PaneAgent;
import dev.agenttower.core.inbox.InboxItem;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row that can be chosen.
 *
 * @param key its name on its page
 * @param words what a filter looks at
 * @param pane the pane that it leads to, if it leads to one
 * @param item what waits, on the page of that
 */
record Row(
        String key,
        String words,
        @Nullable BenchPane pane,
        @Nullable InboxItem item) {
    /** The rows of the page that pass the filter. */
    static List<Row> of(ConsoleState state, KnownTower tower) {
        Stream<Row> all = switch (state.page()) {
            case AGENTS -> tower.agents().stream().map(Row::ofAgent);
            case WAITING, REVIEW -> tower.waitingInOrder().stream().map(item -> ofItem(item, tower));
            case ADOPT -> tower.free().stream().map(Row::ofPane);
            case HELP -> Stream.empty();
        };
        String wanted = state.filter().toLowerCase(Locale.ROOT);
        return all.filter(row -> row.words.toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
    }

    private static Row ofAgent(BenchPane pane) {
        PaneAgent agent = pane.agent().orElseThrow();
        String words = String.join(
                " ",
                agent.name(),
                StateWord.of(agent),
                agent.role(),
                agent.capability(),
                agent.project(),
                pane.benchName(),
                pane.address());
        return new Row(agent.agentId(), words, pane, null);
    }

    private static Row ofItem(InboxItem item, KnownTower tower) {
        String words = Stream.of(item.project(), item.title(), item.state(), item.detail(), item.agent(), item.role())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        @Nullable BenchPane pane =
                item.kind() == InboxItem.Kind.AGENT ? tower.paneOf(item.id()).orElse(null) : null;
        return new Row(item.key(), words, pane, item);
    }

    private static Row ofPane(BenchPane pane) {
        String words = String.join(" ", pane.benchName(), pane.address(), pane.command(), pane.folder());
        return new Row(pane.key().toString(), words, pane, null);
    }

    /** The chosen row of the page, or null if there is none. */
    static @Nullable Row chosen(ConsoleState state, KnownTower tower) {
        List<Row> rows = of(state, tower);
        String key = state.chosenOf(rows.stream().map(Row::key).toList());
        return rows.stream().filter(row -> row.key.equals(key)).findFirst().orElse(null);
    }
}
