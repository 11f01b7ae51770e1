package dev.agenttower.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.surroundings.TmuxIdentity;
import dev.agenttower.core.container.ContainerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whether this process runs in a tmux pane, and in which of the daemon's panes. */
final class PaneCheck {
    private static final String PRESENT = "tmux_present";
    private static final String MATCH = "tmux_pane_match";
    private static final String NOT_IN_TMUX = "not_in_tmux";
    private static final String LIST = "list_panes";

    private PaneCheck() {}

    static Finding present(TmuxIdentity identity) {
        if (identity instanceof TmuxIdentity.InPane pane) {
            return Finding.pass(
                    PRESENT,
                    "env",
                    "socket=" + pane.socketPath() + " session=" + pane.sessionId() + " pane=" + pane.paneId());
        }
        if (identity instanceof TmuxIdentity.Malformed malformed) {
            return Finding.fail(
                    PRESENT,
                    "env",
                    "output_malformed",
                    "output_malformed: " + malformed.reason(),
                    "$TMUX or $TMUX_PANE is malformed; check your tmux config");
        }
        return Finding.info(PRESENT, NOT_IN_TMUX, NOT_IN_TMUX, null);
    }

    static Finding skipped(String obstacle) {
        return Finding.skipped(MATCH, obstacle);
    }

    static Finding notInTmux(TmuxIdentity identity) {
        return Finding.info(
                MATCH,
                NOT_IN_TMUX,
                identity instanceof TmuxIdentity.Malformed ? "skipped: tmux env malformed" : NOT_IN_TMUX,
                null);
    }

    static Finding unlisted() {
        return Finding.skipped(MATCH, "skipped because the daemon could not list its panes");
    }

    /**
     * Finds the pane.
     *
     * @param ownBench this process's container, if certain; distinguishes panes of the same name
     */
    static Finding match(TmuxIdentity.InPane pane, JsonNode panes, Optional<ContainerId> ownBench) {
        String name = pane.socketPath() + ":" + pane.paneId();
        List<JsonNode> rows = rowsOf(pane, panes, ownBench);
        if (rows.isEmpty()) {
            return Finding.fail(
                    MATCH,
                    LIST,
                    "pane_unknown_to_daemon",
                    "pane_unknown_to_daemon: " + name,
                    "no pane row matches; run `agenttower scan --panes` from the host");
        }
        if (rows.size() > 1) {
            return Finding.fail(
                    MATCH,
                    LIST,
                    "pane_ambiguous",
                    "pane_ambiguous: " + rows.size() + " panes match " + name,
                    "the doctor will not pick one; several benches have a tmux server at this path");
        }
        JsonNode row = rows.get(0);
        return Finding.pass(
                MATCH,
                LIST,
                "pane_match",
                "pane_match: " + pane.paneId() + " in "
                        + row.path("container_id").asText("") + ":"
                        + row.path("tmux_session_name").asText(""));
    }

    private static List<JsonNode> rowsOf(TmuxIdentity.InPane pane, JsonNode panes, Optional<ContainerId> ownBench) {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode row : panes) {
            if (row.path("tmux_socket_path").asText("").equals(pane.socketPath())
                    && row.path("tmux_pane_id").asText("").equals(pane.paneId())) {
                rows.add(row);
            }
        }
        List<JsonNode> active = only(rows, row -> row.path("active").asBoolean(true));
        List<JsonNode> own = ownBench.map(id -> only(
                        active.isEmpty() ? rows : active,
                        row -> row.path("container_id").asText("").equals(id.value())))
                .orElse(List.of());
        if (!own.isEmpty()) {
            return own;
        }
        return active.isEmpty() ? rows : active;
    }

    private static List<JsonNode> only(List<JsonNode> rows, Predicate<JsonNode> condition) {
        return rows.stream().filter(condition).toList();
    }
}
