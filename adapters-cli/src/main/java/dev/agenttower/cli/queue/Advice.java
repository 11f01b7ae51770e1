package dev.agenttower.cli.queue;

import com.fasterxml.jackson.databind.JsonNode;

/** Says what a person can do about a message that is not delivered. */
final class Advice {
    private Advice() {}

    /** The next step; empty if there is none to take. */
    static String of(JsonNode row) {
        String id = row.path("message_id").asText();
        String approve = "agenttower queue approve " + id;
        return switch (row.path("state").asText()) {
            case "blocked" ->
                switch (row.path("block_reason").asText()) {
                    case "operator_delayed" -> approve;
                    case "kill_switch_off" -> "agenttower routing enable, then " + approve;
                    case "target_not_active" -> "register or adopt the agent again, then " + approve;
                    case "target_pane_missing" ->
                        "adopt the pane in which the agent runs now, and send the prompt again";
                    case "target_container_inactive" -> "start the container, then " + approve;
                    case "target_role_not_permitted" -> "give the target the role slave, and send the prompt again";
                    default -> "send the prompt from the pane of a master";
                };
            case "queued" ->
                switch (row.path("hold_reason").asText("")) {
                    case "pane_in_mode" -> "leave the copy mode of the pane (q); it is then delivered by itself";
                    case "other_program_in_foreground" ->
                        "return to the agent in its pane, or adopt the pane again; or agenttower queue cancel " + id;
                    case "dialog_open" -> "answer what the agent asks in its pane; it is then delivered by itself";
                    case "human_typing" ->
                        "send or delete the half-typed line in the pane; it is then delivered by itself";
                    case "agent_working" -> "it is delivered when the agent has finished its turn";
                    case "no_bracketed_paste" -> "start the agent in its pane, or send one line at a time";
                    default ->
                        row.path("delivery_attempt_started_at").isNull()
                                ? "see what waits before it: agenttower queue --state queued, agenttower routing status"
                                : "";
                };
            case "failed" ->
                row.path("failure_reason").asText().equals("attempt_interrupted")
                        ? "look into the pane whether the prompt arrived; if not, send it again"
                        : "look into the pane, and send the prompt again";
            case "delivered" ->
                row.path("receipt").asText("").equals("missing")
                        ? "no hook has shown it; look into the pane, and send it again if it is not there"
                        : "";
            default -> "";
        };
    }
}
