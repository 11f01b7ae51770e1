package dev.agenttower.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agenttower.core.agent.AgentListing;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.caller.ContainerFiles;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.hook.HookedAgents;
import dev.agenttower.core.governance.human.InMemoryAgentProcesses;
import dev.agenttower.core.governance.human.OperatorPassphrase;
import dev.agenttower.core.governance.human.PassphraseHash;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.core.governance.registry.InMemoryProjectStore;
import dev.agenttower.core.governance.registry.InMemoryWorkspace;
import dev.agenttower.core.governance.registry.RegisteredProject;
import dev.agenttower.core.governance.registry.Workspace;
import dev.agenttower.core.governance.registry.Workspaces;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import dev.agenttower.core.json.JsonText;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.http.transport.HttpProtocol;
import dev.agenttower.unix.connection.ConnectionLimits;
import dev.agenttower.unix.connection.ConnectionServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** A server of projects in memory, whose peer is this test, below a shell 100 whose session it shares. */
final class GovernanceFixture implements AutoCloseable {
    static final long OWN_PID = ProcessHandle.current().pid();
    static final ProcessMark OWN = new ProcessMark(OWN_PID, 7);
    static final ProcessMark SHELL = new ProcessMark(100, 3);
    private static final long TERMINAL = 34816;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonText JSON = text -> {
        try {
            return MAPPER.readValue(text, Object.class);
        } catch (IOException e) {
            throw new MalformedJsonException("not JSON");
        }
    };
    private static final String ROLES =
            "{\"jurisdictions\":{\"Developer\":{\"paths\":[\"src/\"]},\"Architect\":[\"docs/\"]}}";
    private static final String SPECS =
            "{\"specs\":{\"SPEC-001\":{\"title\":\"First\",\"status\":\"approved\",\"roles\":[\"Developer\"],"
                    + "\"action_types\":[\"edit\",\"patch\",\"delete\",\"git_push\"],\"paths\":[\"src/\"]}}}";

    final InMemoryProjectStore store = new InMemoryProjectStore();
    final InMemoryAgentProcesses agents = new InMemoryAgentProcesses();
    final Map<String, InMemoryWorkspace> workspaces = new ConcurrentHashMap<>();
    final AtomicReference<Optional<PassphraseHash>> passphrase = new AtomicReference<>(Optional.empty());
    final AtomicReference<Optional<String>> workingDirectory = new AtomicReference<>(Optional.empty());
    final AtomicReference<Optional<ContainerFiles>> container = new AtomicReference<>(Optional.empty());
    final AtomicReference<Boolean> onHost = new AtomicReference<>(true);
    /** The agents in panes of the host. */
    final List<AgentListing> paneAgents = new CopyOnWriteArrayList<>();

    final AgentStates states = new AgentStates(InstantSource.system(), Duration.ofDays(1));
    final List<String> spoken = new CopyOnWriteArrayList<>();
    final Path socket;
    final ConnectionServer server;

    GovernanceFixture(Path directory, ConnectionLimits limits, long ownUid) throws IOException {
        socket = directory.resolve("http.sock");
        GovernedProjects projects = new GovernedProjects(store, new Folders(), InstantSource.system());
        OperatorPassphrase operator = passphrase::get;
        server = new GovernanceServerBuilder(socket, projects, peer -> onHost.get(), new Lineage(), agents, ownUid)
                .passphrase(operator)
                .home("/home/dev")
                .hookedAgents(new HookedAgents(
                        () -> List.copyOf(paneAgents), states, (agent, sign, text) -> spoken.add(text)))
                .containers(peer -> container.get())
                .workingDirectory(peer -> workingDirectory.get())
                .limits(limits)
                .build();
        server.bind();
        server.start();
    }

    static GovernanceFixture in(Path directory) throws IOException {
        return new GovernanceFixture(directory, HttpProtocol.LIMITS, ownUid());
    }

    static long ownUid() throws IOException {
        return ((Number) Files.getAttribute(Path.of("/proc/self"), "unix:uid")).longValue();
    }

    /** Registers a project that has a policy. */
    InMemoryWorkspace project(String name) {
        InMemoryWorkspace workspace = new InMemoryWorkspace(JSON, InstantSource.system());
        workspace.project().write("config/jurisdictions.json", ROLES);
        workspace.project().write("config/specs.json", SPECS);
        workspaces.put("/srv/" + name, workspace);
        store.add(new RegisteredProject(name, "/srv/" + name, false, "2026-02-20T21:13:15Z"));
        return workspace;
    }

    /** One request on a connection of its own. */
    HttpExchange.Reply call(String method, String target, String body, String... headers) throws IOException {
        try (HttpExchange exchange = new HttpExchange(socket)) {
            return exchange.exchange(method, target, body, headers);
        }
    }

    HttpExchange.Reply get(String target) throws IOException {
        return call("GET", target, "");
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Folders implements Workspaces {
        @Override
        public Optional<String> folder(String path) {
            return path.startsWith("/srv/") ? Optional.of(path) : Optional.empty();
        }

        @Override
        public boolean isFramework(String folder) {
            return false;
        }

        @Override
        public Workspace open(RegisteredProject project) {
            return workspaces.computeIfAbsent(
                    project.path(), path -> new InMemoryWorkspace(JSON, InstantSource.system()));
        }
    }

    private static final class Lineage implements ProcessTree {
        @Override
        public List<LiveProcess> lineage(long pid) {
            KernelSession session = new KernelSession(SHELL.pid(), SHELL.startTicks());
            return List.of(new LiveProcess(OWN, session, TERMINAL), new LiveProcess(SHELL, session, TERMINAL));
        }

        @Override
        public List<List<LiveProcess>> lineages() {
            return List.of(lineage(OWN_PID));
        }

        @Override
        public long user(long pid) {
            try {
                return pid == OWN_PID ? ownUid() : Peer.UNKNOWN;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean isRunning(ProcessMark process) {
            return true;
        }
    }
}
