package dev.agenttower.core.log;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.pane.PaneKey;
import org.jspecify.annotations.Nullable;

/**
 * A stored log attachment: the output of an agent's pane goes to a file. Time stamps are kept as stored text.
 *
 * @param id {@code lat_} and twelve lower-case hex digits
 * @param logPath the file, as a path of the host
 * @param pipeCommand the command that started the recording, for the record only; at most 4,096 code points
 * @param priorPipeTarget the command that the pane was piped into before, or null; at most 2,048 code points
 * @param lastStatusAt when the status was last set
 * @param supersededAt set if and only if the attachment is superseded
 * @param supersededBy the attachment that took its place; set if and only if it is superseded
 */
public record LogAttachment(
        String id,
        AgentId agent,
        PaneKey pane,
        String logPath,
        AttachmentStatus status,
        AttachmentSource source,
        String pipeCommand,
        @Nullable String priorPipeTarget,
        String attachedAt,
        String lastStatusAt,
        @Nullable String supersededAt,
        @Nullable String supersededBy,
        String createdAt) {
    /** Whether the pane is recorded. */
    public boolean isActive() {
        return status == AttachmentStatus.ACTIVE;
    }

    /** A copy with another status, other than superseded. */
    public LogAttachment with(AttachmentStatus newStatus, String at) {
        return copy(pane, newStatus, at, null, null);
    }

    /** A copy whose pane has moved. */
    public LogAttachment at(PaneKey address) {
        return copy(address, status, lastStatusAt, supersededAt, supersededBy);
    }

    /** A copy that another attachment takes the place of. */
    LogAttachment supersededBy(String successor, String at) {
        return copy(pane, AttachmentStatus.SUPERSEDED, at, at, successor);
    }

    private LogAttachment copy(
            PaneKey address,
            AttachmentStatus newStatus,
            String statusAt,
            @Nullable String newSupersededAt,
            @Nullable String successor) {
        return new LogAttachment(
                id,
                agent,
                address,
                logPath,
                newStatus,
                source,
                pipeCommand,
                priorPipeTarget,
                attachedAt,
                statusAt,
                newSupersededAt,
                successor,
                createdAt);
    }
}
