package dev.agenttower.core.log;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentFilter;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.AgentStore;
import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.pane.PaneStore;
import dev.agenttower.core.text.ShellWords;
import dev.agenttower.core.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds panes that are piped into the log of an agent although no active attachment says so, as after a crash between the two, or after the
 * database was replaced. They are only told of; {@code attach_log} makes them attachments.
 *
 * <p>Where tmux does not tell the command of a pipe, a piped pane counts if it belongs to an agent whose log exists and was not detached.
 */
final class OrphanRecordings {
    private static final Pattern LOG = Pattern.compile("(agt_[0-9a-f]{12})\\.log");
    private static final int MAX_TARGET = 2048;

    private final LogStore store;
    private final AgentStore agents;
    private final PaneStore panes;
    private final PanePipes pipes;
    private final LogFiles files;
    private final LogPlaces places;
    private final LifecycleLog lifecycle;

    OrphanRecordings(
            LogStore store,
            AgentStore agents,
            PaneStore panes,
            PanePipes pipes,
            LogFiles files,
            LogPlaces places,
            LifecycleLog lifecycle) {
        this.store = store;
        this.agents = agents;
        this.panes = panes;
        this.pipes = pipes;
        this.files = files;
        this.places = places;
        this.lifecycle = lifecycle;
    }

    void report() {
        Map<PaneKey, AgentId> owners;
        List<BenchContainer> benches;
        try {
            owners = agents.list(AgentFilter.ALL).stream()
                    .map(listing -> listing.agent())
                    .collect(Collectors.toMap(Agent::pane, Agent::id, (one, other) -> one));
            benches = panes.activeBenches(null);
        } catch (StorageException e) {
            return;
        }
        for (BenchContainer bench : benches) {
            panes.known(bench.id()).stream()
                    .filter(PaneStore.KnownPane::active)
                    .map(PaneStore.KnownPane::key)
                    .collect(Collectors.groupingBy(PaneKey::socketPath))
                    .values()
                    .forEach(server -> report(bench, server, owners));
        }
    }

    private void report(BenchContainer bench, List<PaneKey> server, Map<PaneKey, AgentId> owners) {
        try {
            PanePipes.Target any = places.target(bench, server.get(0));
            for (PanePipes.Piped pane : pipes.piped(any)) {
                Optional<PaneKey> key = server.stream()
                        .filter(each -> each.paneId().equals(pane.paneId()))
                        .findFirst();
                boolean isOrphan = pane.command().isEmpty()
                        ? key.map(owners::get)
                                .filter(agent -> isLeft(bench, any, agent))
                                .isPresent()
                        : isOfNobody(bench, any, pane.command());
                if (isOrphan) {
                    report(bench, key, pane);
                }
            }
        } catch (RefusedException | StorageException e) {
            // The server has ended, or the bench does not answer: there is nothing to tell.
            return;
        }
    }

    /** Whether the command records an agent that has no active attachment, in its default log. */
    private boolean isOfNobody(BenchContainer bench, PanePipes.Target any, String command) {
        Matcher log = LOG.matcher(command);
        if (!log.find()) {
            return false;
        }
        AgentId agent = new AgentId(log.group(1));
        return places.defaults(bench, any, agent).stream()
                        .anyMatch(path -> command.equals("cat >> " + ShellWords.quoted(path)))
                && store.newest(agent).filter(LogAttachment::isActive).isEmpty();
    }

    /** Whether the pane of this agent, which is piped, is probably recorded in its log. */
    private boolean isLeft(BenchContainer bench, PanePipes.Target any, AgentId agent) {
        LogAttachment newest = store.newest(agent).orElse(null);
        if (newest != null && newest.status() != AttachmentStatus.STALE) {
            return false;
        }
        String path = newest == null ? places.place(bench, any, agent, null).hostPath() : newest.logPath();
        return files.stat(path).isPresent();
    }

    private void report(BenchContainer bench, Optional<PaneKey> key, PanePipes.Piped pane) {
        PaneKey known = key.orElseGet(() -> new PaneKey(bench.id(), "", "", 0, 0, pane.paneId()));
        Map<String, Object> address = new LinkedHashMap<>();
        address.put("container_id", bench.id().value());
        address.put("tmux_socket_path", known.socketPath());
        address.put("tmux_session_name", known.sessionName());
        address.put("tmux_window_index", known.windowIndex());
        address.put("tmux_pane_index", known.paneIndex());
        address.put("tmux_pane_id", known.paneId());
        lifecycle.report(
                LifecycleEvent.LOG_ATTACHMENT_ORPHAN_DETECTED,
                "container_id",
                bench.id().value(),
                "pane_composite_key",
                JsonForm.line(address),
                "pane_short_form",
                pane.address(),
                "observed_pipe_target",
                Text.abbreviated(pane.command(), MAX_TARGET));
    }
}
