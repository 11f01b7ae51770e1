package dev.agenttower.contract.store;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.Mount;
import dev.agenttower.core.log.AttachmentSource;
import dev.agenttower.core.log.AttachmentStatus;
import dev.agenttower.core.log.LogAttachment;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows to fill tables with. What a case does not name has a value that does not matter to it. */
final class StoredRows {
    static final String SOCKET = "/tmp/tmux-1000/default";

    private StoredRows() {}

    /** A time of day; later minutes are later times. */
    static String at(int minute) {
        return String.format(Locale.ROOT, "2026-05-08T%02d:%02d:00.000000+00:00", minute / 60, minute % 60);
    }

    static ContainerId id(String id) {
        return new ContainerId(id);
    }

    static BenchContainer container(String id, boolean active) {
        return container(id, id + "-name", active, at(0), at(1));
    }

    static BenchContainer container(String id, String name, boolean active, String firstSeenAt, String lastScannedAt) {
        return new BenchContainer(
                id(id), name, "image", "running", Map.of(), List.of(), active, firstSeenAt, lastScannedAt, null, null);
    }

    static InspectedContainer inspected(String id, String name) {
        return new InspectedContainer(
                id(id),
                name,
                "image:1",
                "running",
                Map.of("größe", "ü😀"),
                List.of(new Mount("/host", "/in", "bind", "z", true)),
                "user:1000",
                "/work",
                List.of("USER", "HOME"),
                "Up 3 hours");
    }

    /** The key of a pane in the session {@code main}; its window and tmux id follow the number. */
    static PaneKey key(String container, int number) {
        return new PaneKey(id(container), SOCKET, "main", number, 0, "%" + number);
    }

    static Pane pane(PaneKey key, boolean active) {
        return pane(key, key.container() + "-name", active, at(0), at(1));
    }

    static Pane pane(PaneKey key, String containerName, boolean active, String firstSeenAt, String lastScannedAt) {
        return new Pane(
                key,
                containerName,
                "user",
                42,
                "/dev/pts/1",
                "bash",
                "/work",
                "a title",
                true,
                active,
                firstSeenAt,
                lastScannedAt);
    }

    static Agent agent(String id, PaneKey pane, boolean active) {
        return agent(id, pane, Role.SLAVE, Capability.CLAUDE, id + "-label", active);
    }

    static Agent agent(String id, PaneKey pane, Role role, Capability capability, String label, boolean active) {
        return new Agent(
                new AgentId(id),
                pane,
                role,
                capability,
                label,
                "/project",
                null,
                role.permissionsJson(),
                at(0),
                at(0),
                null,
                active);
    }

    static Agent member(String id, PaneKey pane, AgentId parent, String label) {
        return new Agent(
                new AgentId(id),
                pane,
                Role.SWARM,
                Capability.CODEX,
                label,
                "",
                parent,
                Role.SWARM.permissionsJson(),
                at(0),
                at(0),
                null,
                true);
    }

    static LogAttachment attachment(String id, String agent, PaneKey pane, String status) {
        return new LogAttachment(
                id,
                new AgentId(agent),
                pane,
                "/logs/" + id,
                AttachmentStatus.parse(status).orElseThrow(),
                AttachmentSource.REGISTER_SELF,
                "pipe-pane",
                "cat > old",
                at(0),
                at(0),
                null,
                null,
                at(0));
    }
}
