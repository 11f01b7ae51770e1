package dev.agenttower.core.governance.registry;

import dev.agenttower.core.exclusion.KeyedLock;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.RecordTimestamps;
import dev.agenttower.core.governance.change.ChangeQueueException;
import dev.agenttower.core.governance.change.KnownChanges;
import dev.agenttower.core.governance.change.application.ChangeNotes;
import dev.agenttower.core.governance.drift.BaselineStore;
import dev.agenttower.core.governance.drift.InMemoryBaselineStore;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.ledger.note.InMemoryPromiseStore;
import dev.agenttower.core.governance.ledger.note.LedgerNotes;
import dev.agenttower.core.governance.ledger.note.PromiseStore;
import dev.agenttower.core.governance.policy.PolicyProblem;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.request.RequestBookException;
import dev.agenttower.core.governance.role.RunningProcesses;
import dev.agenttower.core.text.Text;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Registers, finds and opens the projects of a user; opened projects stay open. Thread-safe. */
public final class GovernedProjects {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final ProjectStore store;
    private final Workspaces workspaces;
    private final InstantSource clock;
    private final RunningProcesses processes;
    private final BaselineStore baselines;
    private final PromiseStore promises;
    private final @Nullable ChangeNotes changes;
    private final @Nullable LedgerNotes ledgers;
    private final Map<RegisteredProject, GovernedProject> open = new ConcurrentHashMap<>();
    private final KeyedLock<RegisteredProject> opening = new KeyedLock<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /**
     * The projects of a store, with every process assumed to be running. Baselines are kept in memory, and other files are trusted, since
     * authorized changes are not recorded outside of the projects.
     */
    public GovernedProjects(ProjectStore store, Workspaces workspaces, InstantSource clock) {
        this.store = store;
        this.workspaces = workspaces;
        this.clock = clock;
        this.processes = RunningProcesses.unknown();
        this.baselines = new InMemoryBaselineStore();
        this.promises = new InMemoryPromiseStore();
        this.changes = null;
        this.ledgers = null;
    }

    /**
     * The projects of a store.
     *
     * @param processes checks whether the processes of sessions still run
     * @param baselines stores the baselines of their sovereign files
     * @param promises stores the events that are about to be written with their files
     * @param changes stores which changes this daemon authorized
     * @param ledgers stores the notes on their ledgers; must be the store that the workspaces use
     */
    public GovernedProjects(
            ProjectStore store,
            Workspaces workspaces,
            InstantSource clock,
            RunningProcesses processes,
            BaselineStore baselines,
            PromiseStore promises,
            ChangeNotes changes,
            LedgerNotes ledgers) {
        this.changes = changes;
        this.ledgers = ledgers;
        this.processes = processes;
        this.store = store;
        this.workspaces = workspaces;
        this.clock = clock;
        this.baselines = baselines;
        this.promises = promises;
    }

    /** Adds a listener for registrations and removals of projects, called on the thread of the caller. */
    void whenChanged(Runnable listener) {
        listeners.add(listener);
    }

    /** The registered projects, by name. */
    public List<RegisteredProject> list() {
        return store.list();
    }

    /**
     * A registered project.
     *
     * @throws RefusedException NOT_FOUND, if there is none of this name
     */
    public RegisteredProject registered(String name) {
        return store.list().stream()
                .filter(project -> project.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name));
    }

    /**
     * Selects a project for a caller: the named one, else the only registered one, else the one that contains the working directory.
     *
     * @param name the name given by the caller; null or empty for none
     * @param workingDirectory supplies the caller's working directory, absolute and with all links followed, or null if unknown; called only if
     *     needed
     * @throws RefusedException NOT_FOUND, if there is no such project or none can be selected; FAILED, if its folder cannot be opened
     */
    public GovernedProject select(@Nullable String name, Supplier<@Nullable String> workingDirectory) {
        if (name != null && !name.isEmpty()) {
            return open(registered(name));
        }
        List<RegisteredProject> all = store.list();
        if (all.isEmpty()) {
            throw new RefusedException(
                    ErrorCode.NOT_FOUND,
                    "No project is registered. Register one with: agenttower project add PATH",
                    Map.of("reason", "project_unknown"));
        }
        // A single project is selected from any directory.
        return open(all.size() == 1 ? all.get(0) : around(workingDirectory.get(), all));
    }

    private static RegisteredProject around(@Nullable String directory, List<RegisteredProject> all) {
        return Optional.ofNullable(directory)
                .flatMap(path -> RegisteredProject.containing(path, all))
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.NOT_FOUND,
                        "No project selected. Name one with ?project=NAME, or call from inside its folder.",
                        Map.of("reason", "project_ambiguous")));
    }

    /** The projects that are open. */
    List<GovernedProject> opened() {
        return List.copyOf(open.values());
    }

    /** A folder with all links followed; empty if there is none at the path. */
    Optional<String> folder(String path) {
        return workspaces.folder(path);
    }

    /**
     * Opens a project. The first time, interrupted writes are recovered and drift of its sovereign files is reported. Does not block on the
     * opening of other projects.
     *
     * @throws RefusedException NOT_FOUND, if it is not registered any more; FAILED, if its folder cannot be opened, or its recovery fails
     */
    public GovernedProject open(RegisteredProject project) {
        String absence = absence(project);
        if (absence != null) {
            throw unopened(project, absence);
        }
        return opened(project);
    }

    /** Checked on each call, because a program that still uses a moved folder may create a new one in its place. */
    private @Nullable String absence(RegisteredProject project) {
        return workspaces.folder(project.path()).isPresent()
                ? null
                : "its folder " + project.path() + " is missing or closed to us";
    }

    private GovernedProject opened(RegisteredProject project) {
        GovernedProject known = open.get(project);
        return known != null ? known : opening.holding(project, () -> openedAlone(project));
    }

    private GovernedProject openedAlone(RegisteredProject project) {
        GovernedProject known = open.get(project);
        if (known != null) {
            return known;
        }
        if (!store.list().contains(project)) {
            throw unknown(project.name()); // removed since the lookup; no notes may be stored for it any more
        }
        GovernedProject opened = recovered(project);
        open.put(project, opened);
        return opened;
    }

    private GovernedProject recovered(RegisteredProject project) {
        try {
            GovernedProject opened = new GovernedProject(
                    project.name(),
                    workspaces.open(project),
                    clock,
                    processes,
                    baselines,
                    promises,
                    project.registration(),
                    changes == null ? KnownChanges.unchecked() : KnownChanges.of(changes, project.registration()));
            opened.recover();
            return opened;
        } catch (ProjectFileException | ChangeQueueException | RequestBookException | LedgerException e) {
            throw unopened(project, e.getMessage());
        }
    }

    private static RefusedException unopened(RegisteredProject project, @Nullable String why) {
        return new RefusedException(ErrorCode.FAILED, "Project '" + project.name() + "' cannot be opened: " + why);
    }

    /** The problems of a project's governance files; a single one where its folder is missing or cannot be opened. */
    public List<PolicyProblem> problems(RegisteredProject project) {
        String absence = absence(project);
        if (absence != null) {
            return List.of(new PolicyProblem(".", absence));
        }
        try {
            return opened(project).problems();
        } catch (RefusedException e) {
            return List.of(new PolicyProblem(".", e.getMessage()));
        }
    }

    /**
     * Registers a folder, with its current sovereign files as the baseline. Only for callers that passed the human gate. Registering the same
     * folder under the same name again changes nothing.
     *
     * @param path the folder
     * @param name its name; null for the last part of the path
     * @throws RefusedException INVALID, if the path is no absolute path of a folder or the name is malformed; CONFLICT, if the name is taken, or
     *     the folder lies in or around that of another project
     */
    public Registered add(String path, @Nullable String name) {
        return registered(described(path, name));
    }

    /**
     * Creates the missing governance files of a folder and registers it. Only for callers that passed the human gate.
     *
     * @param detect whether to detect the type of the project
     * @throws RefusedException as {@link #add}; FAILED, if a file cannot be created or the project cannot be registered: then it is not
     *     registered, and {@code created} lists the files created so far
     */
    public Initialized init(String path, @Nullable String name, boolean detect) {
        RegisteredProject project = described(path, name);
        Optional<RegisteredProject> conflict = project.conflictIn(store.list());
        if (conflict.isPresent()) {
            RegisteredProject known = registered(project, conflict.get()).project();
            return new Initialized(known, open(known).scaffold().create(known.name(), detect));
        }
        @Nullable RegisteredProject registered = null;
        try {
            List<String> created = recovered(project).scaffold().create(project.name(), detect);
            registered = register(project, created);
            return new Initialized(registered, created);
        } finally {
            if (!project.equals(registered)) {
                forgetUnregistered(project);
            }
        }
    }

    private void forgetNotes(RegisteredProject project) {
        baselines.forget(project.registration());
        promises.forget(project.registration());
        if (changes != null) {
            changes.forget(project.registration());
        }
        if (ledgers != null) {
            ledgers.forget(project.registration());
        }
    }

    private void forgetUnregistered(RegisteredProject project) {
        try {
            forgetNotes(project);
        } catch (StorageException e) {
            // the notes are under the key of a registration that does not exist, so they are never read
        }
    }

    private RegisteredProject register(RegisteredProject project, List<String> created) {
        try {
            return registered(project).project();
        } catch (StorageException e) {
            throw new RefusedException(
                    ErrorCode.FAILED,
                    "Project '" + project.name() + "' cannot be registered: " + e.getMessage(),
                    Map.of("created", created));
        }
    }

    private RegisteredProject described(String path, @Nullable String name) {
        Limits.check("path", path, Limits.PATH);
        String folder = workspaces
                .folder(path)
                .orElseThrow(() -> RefusedException.invalid("path '" + path + "' is not an absolute path of a folder"));
        String called = name == null || name.isEmpty() ? folder.substring(folder.lastIndexOf('/') + 1) : name;
        if (!NAME.matcher(called).matches()) {
            throw RefusedException.invalid("name '" + called
                    + "' is not made of up to 64 letters, digits, dots, dashes and underscores; give another one");
        }
        return new RegisteredProject(
                called, folder, workspaces.isFramework(folder), RecordTimestamps.iso(clock.instant()));
    }

    private Registered registered(RegisteredProject project) {
        Optional<RegisteredProject> conflict = store.add(project);
        if (conflict.isPresent()) {
            return registered(project, conflict.get());
        }
        try {
            open(project);
        } catch (RefusedException e) {
            // it is registered anyway; its files are read when it can be opened
        }
        listeners.forEach(Runnable::run);
        return new Registered(project, true);
    }

    /** The registered project, if it is the same as the one that conflicts with it. */
    private static Registered registered(RegisteredProject project, RegisteredProject other) {
        if (other.name().equals(project.name()) && other.path().equals(project.path())) {
            return new Registered(other, false);
        }
        throw new RefusedException(
                ErrorCode.CONFLICT,
                other.name().equals(project.name())
                        ? "Project '" + project.name() + "' already registered."
                        : "The folder belongs to project '" + other.name() + "' at " + other.path());
    }

    /**
     * Unregisters a project; its files are kept. Only for callers that passed the human gate.
     *
     * @throws RefusedException NOT_FOUND, if there is none of this name
     */
    public void remove(String name) {
        RegisteredProject project = registered(name);
        GovernedProject opened = open.get(project);
        if (opened != null) {
            opened.drift().forget();
        }
        forgetNotes(project);
        if (!store.remove(name)) {
            throw unknown(name);
        }
        open.remove(project);
        listeners.forEach(Runnable::run);
    }

    private static RefusedException unknown(String name) {
        return new RefusedException(
                ErrorCode.NOT_FOUND,
                "Project '" + Text.abbreviated(name, 80) + "' not found.",
                Map.of("reason", "project_unknown"));
    }

    /**
     * A registered project.
     *
     * @param isNew whether this call registered it
     */
    public record Registered(RegisteredProject project, boolean isNew) {}

    /**
     * A project whose governance files exist.
     *
     * @param created the files that were created, relative to its root
     */
    public record Initialized(RegisteredProject project, List<String> created) {}
}
