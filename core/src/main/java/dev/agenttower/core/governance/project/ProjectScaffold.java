package dev.agenttower.core.governance.project;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.ledger.Actors;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.json.JsonForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates the missing governance files of a project. Existing files are not changed, so it may be run again. */
public final class ProjectScaffold {
    private static final String FIRST_SPEC = "SPEC-001";
    private static final List<String> DIRECTORIES =
            List.of("_cortex/ads", "_cortex/specs", "_cortex/ops", "_cortex/capabilities", "config");
    private static final List<String> ARCHITECT_PATHS = List.of("_cortex/", "config/", "docs/");
    private static final List<String> ACTIONS = List.of("edit", "patch", "create", "delete");

    private final FreshFiles files;
    private final Ledger ledger;

    /** The scaffold of one project. */
    public ProjectScaffold(FreshFiles files, Ledger ledger) {
        this.files = files;
        this.ledger = ledger;
    }

    /**
     * Creates the missing files. Only for callers that passed the human gate.
     *
     * @param name the name of the project
     * @param detect whether to detect the type of the project
     * @return the files that were created, relative to the root; empty when none was missing
     * @throws RefusedException FAILED, if a file cannot be created or the ledger cannot be written; {@code created} lists what was created so
     *     far, and a further call creates the rest
     */
    public List<String> create(String name, boolean detect) {
        Limits.name("name", name);
        List<String> created = new ArrayList<>();
        try {
            create(name, detect ? ProjectType.of(files) : ProjectType.GENERIC, created);
            return created.stream().filter(path -> !path.endsWith("/")).toList();
        } catch (ProjectFileException | LedgerException | StorageException e) {
            throw new RefusedException(
                    ErrorCode.FAILED,
                    "Project '" + name + "' cannot be initialized: " + e.getMessage(),
                    Map.of("created", created));
        }
    }

    private void create(String name, ProjectType type, List<String> created) {
        for (String directory : DIRECTORIES) {
            if (files.createDirectory(directory)) {
                created.add(directory + "/");
            }
        }
        List<String> written = new ArrayList<>();
        contents(name, type).forEach((path, text) -> {
            if (files.create(path, text)) {
                written.add(path);
                created.add(path);
            }
        });
        // The ledger is empty after an attempt that failed before the event was written.
        if (!written.isEmpty() || ledger.extent() == 0) {
            ledger.append(EventDraft.of(
                            "project_in",
                            Actors.HUMAN,
                            "Architect",
                            "project_init",
                            1,
                            "Project " + name + " initialized for ADT governance.")
                    .withSpec("GENESIS")
                    .withData(Map.of("created", written)));
        }
    }

    private static Map<String, String> contents(String name, ProjectType type) {
        Map<String, String> contents = new LinkedHashMap<>();
        contents.put("config/specs.json", JsonForm.pretty(specs(type)));
        contents.put("config/jurisdictions.json", JsonForm.pretty(jurisdictions(type)));
        contents.put("config/dttp.json", JsonForm.pretty(settings(name)));
        contents.put("_cortex/AI_PROTOCOL.md", protocol(name));
        contents.put("_cortex/MASTER_PLAN.md", "# Master plan of " + name + "\n");
        contents.put("_cortex/tasks.json", JsonForm.pretty(ordered("project", name, "tasks", List.of())));
        contents.put("_cortex/ops/active_role.txt", "Architect\n");
        contents.put("_cortex/ops/active_spec.txt", FIRST_SPEC + "\n");
        return contents;
    }

    private static Map<String, Object> specs(ProjectType type) {
        List<String> paths = new ArrayList<>(type.developerPaths());
        ARCHITECT_PATHS.stream().filter(path -> !paths.contains(path)).forEach(paths::add);
        Map<String, Object> first = ordered("title", "Project setup", "status", "approved");
        first.put("roles", List.of("Architect", "Developer"));
        first.put("action_types", ACTIONS);
        first.put("paths", paths);
        return Map.of("specs", Map.of(FIRST_SPEC, first));
    }

    private static Map<String, Object> jurisdictions(ProjectType type) {
        return Map.of(
                "jurisdictions", ordered("Architect", role(ARCHITECT_PATHS), "Developer", role(type.developerPaths())));
    }

    private static Map<String, Object> role(List<String> paths) {
        Map<String, Object> role = ordered("paths", paths, "action_types", ACTIONS);
        role.put("locked", false);
        return role;
    }

    private static Map<String, Object> settings(String name) {
        Map<String, Object> settings = ordered("name", name, "mode", "development");
        settings.put("enforcement_mode", "development");
        settings.put("default_role", "Developer");
        settings.put("sovereign_paths", List.of());
        return settings;
    }

    private static String protocol(String name) {
        return "# Protocol for agents in " + name + "\n\n"
                + "- Work in your role, under a spec that authorizes it.\n"
                + "- Files by which agents are governed change by change requests, which a human authorizes.\n"
                + "- Ask other roles through requests; everything is on the ledger.\n";
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, two);
        return map;
    }
}
