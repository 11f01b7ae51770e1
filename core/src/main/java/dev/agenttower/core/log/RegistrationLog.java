package dev.agenttower.core.log;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentRegistration.Companion;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.log.LogAttachments.Attached;
import dev.agenttower.core.log.PaneRecorder.Recording;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The log of an agent that is being registered: attached in the transaction of the registration, or not at all. Used by one thread. */
public final class RegistrationLog implements Companion {
    private final LogAttachments logs;
    private final @Nullable String path;
    private final long peerUid;
    private AgentId agent = new AgentId("");
    private @Nullable Recording recording;
    private @Nullable Attached attached;

    RegistrationLog(LogAttachments logs, @Nullable String path, long peerUid) {
        this.logs = logs;
        this.path = path;
        this.peerUid = peerUid;
    }

    @Override
    public <T> T accompany(Agent planned, Supplier<T> registration) {
        agent = planned.id();
        Recording starting = logs.recording(planned, path);
        recording = starting;
        return starting.exclusively(() -> {
            starting.prepare();
            return starting.undoneOnFailure(registration);
        });
    }

    @Override
    public <T> T write(Function<AgentStore.Writes, T> registration) {
        return logs.write(writes -> {
            T registered = registration.apply(writes.agents());
            attached = requireNonNull(recording).write(writes);
            return registered;
        });
    }

    @Override
    public void committed() {
        logs.repair().opened(agent);
        AttachmentChange change = attached().change();
        if (change != null) {
            logs.audit().append("register_agent", change, peerUid);
        }
    }

    /** The agent; its id is empty before it is known. */
    public AgentId agent() {
        return agent;
    }

    /** The attached log, after the registration. */
    public Attached attached() {
        return requireNonNull(attached);
    }
}
