package dev.agenttower.socket.server.legacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentLookup;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.log.LogAttachments;
import dev.agenttower.core.log.LogAttachments.Attached;
import dev.agenttower.core.log.LogAttachments.Preview;
import dev.agenttower.core.log.LogAttachments.State;
import dev.agenttower.core.log.LogOffset;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.unix.connection.Lane;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The recording of panes: attaching, detaching, status and preview of logs. */
public final class LogMethods {
    private final LogAttachments logs;
    private final AgentLookup lookup;
    private final @Nullable Integer schemaVersion;

    /**
     * The methods of one tower.
     *
     * @param schemaVersion clients of an older schema are refused; null admits all
     */
    public LogMethods(LogAttachments logs, AgentLookup lookup, @Nullable Integer schemaVersion) {
        this.logs = logs;
        this.lookup = lookup;
        this.schemaVersion = schemaVersion;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.legacy("attach_log", Lane.PATIENT, this::attach),
                Method.legacy("detach_log", Lane.PATIENT, this::detach),
                Method.legacy("attach_log_status", Lane.QUICK, this::status),
                Method.legacy("attach_log_preview", Lane.QUICK, this::preview));
    }

    private Result attach(Call call) {
        LegacyParams params = params(call, "agent_id", "log_path");
        AgentId id = CallerPane.reached(call, lookup, params.text("agent_id"));
        @Nullable String path = params.get("log_path") == null ? null : params.text("log_path");
        return Result.of(attached(logs.attach(id, path, call.caller().peer().uid())));
    }

    private Result detach(Call call) {
        LegacyParams params = params(call, "agent_id");
        AgentId id = CallerPane.reached(call, lookup, params.text("agent_id"));
        State detached = logs.detach(id, call.caller().peer().uid());
        LogAttachment attachment = detached.attachment();
        ObjectNode body = open(attachment).put("status", attachment.status().wire());
        putOffsets(body, detached.offset().orElse(null));
        return Result.of(body.put("last_status_at", attachment.lastStatusAt()));
    }

    private Result status(Call call) {
        LegacyParams params = params(call, "agent_id");
        AgentId id = lookup.id(params.text("agent_id"));
        @Nullable State state = logs.status(id).orElse(null);
        ObjectNode body = object().put("agent_id", id.value());
        body.set("attachment", state == null ? JsonNodeFactory.instance.nullNode() : shown(state.attachment()));
        body.set(
                "offset",
                state == null
                        ? JsonNodeFactory.instance.nullNode()
                        : state.offset().<JsonNode>map(LogMethods::offset).orElse(JsonNodeFactory.instance.nullNode()));
        return Result.of(body);
    }

    private Result preview(Call call) {
        LegacyParams params = params(call, "agent_id", "lines");
        AgentId id = CallerPane.reached(call, lookup, params.text("agent_id"));
        JsonNode lines = params.given("lines");
        if (!lines.isIntegralNumber()) {
            throw LegacyParams.badRequest("params.lines must be an integer");
        }
        if (!lines.canConvertToInt() || lines.intValue() < 1 || lines.intValue() > LogAttachments.MOST_LINES) {
            throw new RefusedException(
                    ErrorCode.VALUE_OUT_OF_SET, "params.lines must be 1 to " + LogAttachments.MOST_LINES);
        }
        Preview preview = logs.preview(id, lines.intValue());
        ObjectNode body = open(preview.attachment());
        ArrayNode texts = body.putArray("lines");
        preview.lines().forEach(texts::add);
        return Result.of(body);
    }

    private LegacyParams params(Call call, String... known) {
        return new LegacyParams(call.params())
                .only(Set.of(known), ErrorCode.BAD_REQUEST)
                .forSchema(schemaVersion);
    }

    /** An attached log, in the form of {@code attach_log}. */
    static ObjectNode attached(Attached attached) {
        LogAttachment attachment = attached.attachment();
        ObjectNode body = open(attachment)
                .put("source", attachment.source().wire())
                .put("status", attachment.status().wire());
        putOffsets(body, attached.offset());
        return body.put("attached_at", attachment.attachedAt())
                .put("last_status_at", attachment.lastStatusAt())
                .put("is_new", attached.isNew())
                .put(
                        "prior_status",
                        attached.priorStatus() == null
                                ? null
                                : attached.priorStatus().wire());
    }

    private static ObjectNode open(LogAttachment attachment) {
        return object().put("agent_id", attachment.agent().value())
                .put("attachment_id", attachment.id())
                .put("log_path", attachment.logPath());
    }

    private static void putOffsets(ObjectNode body, @Nullable LogOffset offset) {
        body.put("byte_offset", offset == null ? 0 : offset.byteOffset())
                .put("line_offset", offset == null ? 0 : offset.lineOffset());
    }

    private ObjectNode shown(LogAttachment attachment) {
        ObjectNode body = attachment(attachment);
        logs.repair()
                .of(attachment.id())
                .filter(stopped -> attachment.isActive())
                .ifPresent(stopped -> body.put("stopped_at", stopped.since()).put("stopped_reason", stopped.reason()));
        return body;
    }

    private static ObjectNode attachment(LogAttachment attachment) {
        return object().put("attachment_id", attachment.id())
                .put("log_path", attachment.logPath())
                .put("status", attachment.status().wire())
                .put("source", attachment.source().wire())
                .put("attached_at", attachment.attachedAt())
                .put("last_status_at", attachment.lastStatusAt())
                .put("superseded_at", attachment.supersededAt())
                .put("superseded_by", attachment.supersededBy());
    }

    private static ObjectNode offset(LogOffset offset) {
        return object().put("byte_offset", offset.byteOffset())
                .put("line_offset", offset.lineOffset())
                .put("last_event_offset", offset.lastEventOffset())
                .put("last_output_at", offset.lastOutputAt())
                .put("file_inode", offset.fileInode())
                .put("file_size_seen", offset.fileSizeSeen());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
