package dev.agenttower.cli.doctor;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.surroundings.ContainerIdentity;
import dev.agenttower.cli.surroundings.ContainerSigns;
import dev.agenttower.cli.surroundings.DaemonPlace;
import dev.agenttower.cli.surroundings.MachineId;
import dev.agenttower.cli.surroundings.SocketAddress;
import dev.agenttower.cli.surroundings.TmuxIdentity;
import dev.agenttower.client.DaemonCalls;
import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.core.container.ContainerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the checks, from the socket to the pane; each one uses the daemon only if the previous ones succeeded. */
public final class Doctor {
    private final Map<String, String> environment;
    private final Path root;
    private final SocketAddress address;
    private final DaemonCalls calls;
    private final GovernanceClient governance;

    /**
     * Prepares the checks.
     *
     * @param root the root directory for the detection of containers
     * @param calls the calls to the daemon at {@code address}
     * @param governance access to its governance API
     */
    public Doctor(
            Map<String, String> environment,
            Path root,
            SocketAddress address,
            DaemonCalls calls,
            GovernanceClient governance) {
        this.environment = Map.copyOf(environment);
        this.root = requireNonNull(root, "root");
        this.address = requireNonNull(address, "address");
        this.calls = requireNonNull(calls, "calls");
        this.governance = requireNonNull(governance, "governance");
    }

    /**
     * Runs all checks.
     *
     * @param isThorough whether to report also that there are no governed projects
     */
    public DoctorReport examine(boolean isThorough) {
        Finding socket = Finding.pass(
                "socket_resolved",
                address.source().token(),
                address.text() + " (" + address.source().token() + ")");
        DaemonCheck daemon = DaemonCheck.make(address, calls);
        ContainerSigns signs = ContainerSigns.read(root);
        boolean inContainer = signs.isContainer() && !DaemonPlace.isShared(root, daemon.pid());
        Finding identity = identity(daemon, signs, inContainer);
        TmuxIdentity tmux = TmuxIdentity.of(environment);
        List<Finding> others =
                new ArrayList<>(List.of(identity, PaneCheck.present(tmux), pane(daemon, inContainer, tmux)));
        others.addAll(governance(daemon, isThorough));
        return new DoctorReport(socket, daemon, others);
    }

    private List<Finding> governance(DaemonCheck daemon, boolean isThorough) {
        List<Finding> findings = new ArrayList<>();
        @Nullable Path stateDir = governance.socket().toAbsolutePath().getParent();
        if (stateDir != null) {
            PassphraseCheck.make(stateDir).ifPresent(findings::add);
        }
        if (daemon.isUsable()) {
            GovernanceCheck check = GovernanceCheck.make(governance);
            if (check.isUsed() || isThorough) {
                findings.addAll(check.findings());
            }
        }
        return findings;
    }

    private Finding identity(DaemonCheck daemon, ContainerSigns signs, boolean inContainer) {
        if (!daemon.isUsable()) {
            return IdentityCheck.skipped(daemon.obstacle());
        }
        if (!inContainer && environment.get(ContainerIdentity.OVERRIDE) == null) {
            return IdentityCheck.host();
        }
        ContainerIdentity identity = ContainerIdentity.find(environment, signs, root);
        if (identity instanceof ContainerIdentity.Ambiguous ambiguous) {
            return IdentityCheck.ambiguous(ambiguous);
        }
        @Nullable JsonNode containers = list("list_containers", "containers");
        if (containers == null) {
            return IdentityCheck.unlisted();
        }
        return identity instanceof ContainerIdentity.Candidate candidate
                ? IdentityCheck.match(candidate, containers)
                : IdentityCheck.unknown(inContainer, containers.isEmpty());
    }

    private Finding pane(DaemonCheck daemon, boolean inContainer, TmuxIdentity tmux) {
        if (!daemon.isUsable()) {
            return PaneCheck.skipped(daemon.obstacle());
        }
        if (!(tmux instanceof TmuxIdentity.InPane pane)) {
            return PaneCheck.notInTmux(tmux);
        }
        @Nullable JsonNode panes = list("list_panes", "panes");
        if (panes == null) {
            return PaneCheck.unlisted();
        }
        Optional<ContainerId> ownBench = inContainer ? Optional.empty() : MachineId.hostBench(Path.of("/"));
        return PaneCheck.match(pane, panes, ownBench);
    }

    private @Nullable JsonNode list(String method, String field) {
        try {
            return calls.call(method, null).path(field);
        } catch (DaemonException e) {
            return null;
        }
    }
}
