package dev.agenttower.cli.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.agent.AgentTarget;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.LogAttachments;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower attach-log}. */
@Command(
        name = "attach-log",
        // The help of other commands names neither this command nor its counterpart (specs/agents.md).
        hidden = true,
        description = "record the output of an agent's pane in a file, or show what is recorded",
        footer = {
            "  agenttower attach-log --target agt_0123456789ab",
            "  agenttower attach-log --target agt_0123456789ab --preview 20"
        })
public final class AttachLogCommand implements Runnable {
    @Mixin
    private AgentTarget target;

    @Option(
            names = "--log",
            paramLabel = "PATH",
            description = "the file; below a mount of the bench, if it is a container")
    private @Nullable String log;

    @Option(names = "--status", description = "show the attachment, and how far the log was read; changes nothing")
    private boolean isStatus;

    @Option(names = "--preview", paramLabel = "N", description = "show the last N lines, 1 to 200; changes nothing")
    private @Nullable Integer lines;

    @Mixin
    private Output output;

    @Override
    public void run() {
        ObjectNode params = target.params(output.context());
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            requireOneTask();
            if (isStatus) {
                JsonNode result = daemon.call("attach_log_status", params, Timeouts.answerWithin(5));
                output.print(result, () -> status(result));
            } else if (lines != null) {
                JsonNode result =
                        daemon.call("attach_log_preview", params.put("lines", lines), Timeouts.answerWithin(5));
                output.print(result, () -> preview(result));
            } else {
                if (log != null) {
                    params.put("log_path", log);
                }
                JsonNode result = daemon.call("attach_log", params, Timeouts.answerWithin(10));
                output.print(result, () -> attached(result));
            }
        }
    }

    private void requireOneTask() {
        if (isStatus && (lines != null || log != null)) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "--status goes with neither --preview nor --log");
        }
        if (lines != null && log != null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "--preview does not go with --log");
        }
        if (lines != null && (lines < 1 || lines > LogAttachments.MOST_LINES)) {
            throw new RefusedException(
                    ErrorCode.VALUE_OUT_OF_SET,
                    "--preview must be 1 to " + LogAttachments.MOST_LINES + "; got " + lines);
        }
    }

    private static String attached(JsonNode result) {
        return (result.path("is_new").asBoolean() ? "attached" : "already-attached") + " agent_id="
                + result.path("agent_id").asText() + "\n"
                + Facts.of(result, "attachment_id")
                        .add("path", result.path("log_path").asText())
                        .add("source", result.path("source").asText())
                        .add("status", result.path("status").asText());
    }

    private static String status(JsonNode result) {
        Facts facts = Facts.of(result, "agent_id");
        JsonNode attachment = result.path("attachment");
        if (!attachment.isObject()) {
            return facts + "attachment=null offset=null\n";
        }
        facts.add("attachment_id", attachment.path("attachment_id").asText())
                .add("path", attachment.path("log_path").asText());
        for (String key : new String[] {"status", "source", "attached_at", "last_status_at"}) {
            facts.add(key, attachment.path(key).asText());
        }
        if (attachment.has("stopped_at")) {
            facts.add("stopped_at", attachment.path("stopped_at").asText())
                    .add("stopped_reason", attachment.path("stopped_reason").asText());
        }
        JsonNode offset = result.path("offset");
        if (offset.isObject()) {
            for (String key :
                    new String[] {"byte_offset", "line_offset", "last_event_offset", "file_inode", "file_size_seen"}) {
                JsonNode value = offset.path(key);
                facts.add(key, value.isNull() ? null : value.asText());
            }
        }
        return facts.toString();
    }

    private static String preview(JsonNode result) {
        StringBuilder text = new StringBuilder();
        for (JsonNode line : result.path("lines")) {
            text.append(LogText.plain(line.asText())).append('\n');
        }
        return text.toString();
    }
}
