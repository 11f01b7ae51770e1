package dev.agenttower.socket.server.app;

import static dev.agenttower.core.failure.RefusedException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;

/** The six parts that name a pane to adopt: first all must be there, then texts must be texts, then indexes must be indexes. */
final class AdoptionParams {
    private static final List<String> PARTS =
            List.of("container_id", "tmux_socket", "session_name", "window_index", "pane_index", "pane_id");
    private static final List<String> TEXTS = List.of("container_id", "tmux_socket", "session_name", "pane_id");
    private static final List<String> INDEXES = List.of("window_index", "pane_index");

    private AdoptionParams() {}

    static PaneKey pane(AppParams params) {
        for (String part : PARTS) {
            if (!params.has(part)) {
                throw invalid(part, "missing");
            }
        }
        for (String part : TEXTS) {
            JsonNode value = params.get(part);
            if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
                throw invalid(part, "wrong type or empty");
            }
        }
        for (String part : INDEXES) {
            JsonNode value = params.get(part);
            if (value == null || !value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
                throw invalid(part, "wrong type");
            }
        }
        return new PaneKey(
                new ContainerId(params.requiredText("container_id")),
                params.requiredText("tmux_socket"),
                params.requiredText("session_name"),
                params.within("window_index", 0, 0, Integer.MAX_VALUE, ""),
                params.within("pane_index", 0, 0, Integer.MAX_VALUE, ""),
                params.requiredText("pane_id"));
    }
}
