package dev.agenttower.cli.doctor;

import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.DaemonException;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.ledger.LedgerCheck;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import dev.agenttower.client.governance.ledger.LedgerSearch;
import dev.agenttower.client.governance.project.Project;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks one governed project: its folder, its files, its ledger, and recent ledger events that need attention. */
final class ProjectCheck {
    private static final String SOURCE = "http";
    private static final String FOLDER = ".";
    /** A longer ledger is not verified here, so that the doctor stays fast. */
    private static final long MOST_EVENTS = 20_000;

    private static final int NEWEST = 1000;
    /** Types of events that need a person's attention, and whether an action may still be needed. */
    private static final Map<String, Boolean> NOTABLE = Map.of(
            "ledger_tail_quarantined", false,
            "ledger_line_unreadable", true,
            "ledger_rewritten", true,
            "ledger_external_events", true,
            "change_intent_rejected", true,
            "change_decision_external", true,
            "sovereign_file_drift", true,
            "sovereign_watch_incomplete", false,
            "sovereign_change_interrupted", true,
            "governance_config_interrupted", true);

    private final GovernanceClient client;
    private final Project project;
    private final String check;
    private final List<Finding> findings = new ArrayList<>();

    ProjectCheck(GovernanceClient client, Project project) {
        this.client = client.inProject(project.name());
        this.project = project;
        this.check = "project:" + TerminalText.safe(project.name());
    }

    /** The findings: one pass, or the problems. */
    List<Finding> findings() {
        Map<String, String> problems = new LinkedHashMap<>();
        project.problems()
                .forEach(problem -> problems.merge(problem.file(), problem.problem(), (a, b) -> a + "; " + b));
        problems.forEach((file, problem) -> findings.add(broken(file, problem)));
        String ledger = "";
        if (!problems.containsKey(FOLDER)) {
            ledger = ledger();
        }
        if (findings.stream().noneMatch(Finding::isFailure)) {
            findings.add(0, Finding.pass(check, SOURCE, TerminalText.safe(project.path()) + ledger));
        }
        return List.copyOf(findings);
    }

    private Finding broken(String file, String problem) {
        String where = file.equals(FOLDER) ? "" : project.path() + "/" + file + ": ";
        return fail(file, file.equals(FOLDER) ? "folder_unusable" : "file_broken", where + problem, advice(file));
    }

    private String advice(String file) {
        return switch (file) {
            case "config/jurisdictions.json", "config/specs.json", "config/dttp.json" ->
                "what it would allow is denied until it is whole: mend it in an editor of your own; if it is gone,"
                        + " `agenttower project init " + project.path() + "` makes it anew";
            case "_cortex/ops/sovereign_requests.json" ->
                "no change can be proposed or decided until it is whole: mend it in an editor of your own";
            case "_cortex/ops/change-intents" ->
                "`agenttower stop-daemon`, then `agenttower ensure-daemon`, has it finished or undone now";
            case FOLDER ->
                "put back what is missing or mend what is named; or take the project out of governance with `agenttower"
                        + " project remove " + project.name() + "`, its files stay";
            default ->
                "look at it, and open to the daemon what is closed; of a sovereign folder with very many files, name in `sovereign_paths` of config/dttp.json only"
                        + " those files and folders that matter";
        };
    }

    /** Adds the problems of the ledger, or returns a remark if there are none. */
    private String ledger() {
        try {
            newest();
            if (project.events() > MOST_EVENTS) {
                return "; the ledger of " + project.events() + " events is left to `agenttower ledger verify --project "
                        + TerminalText.safe(project.name()) + "`";
            }
            LedgerCheck ledger = client.integrity();
            if (ledger.valid()) {
                return "; the ledger of " + project.events() + " events is whole";
            }
            if (project.events() == 0) {
                return "; there is no ledger yet";
            }
            String first = ledger.errors().isEmpty()
                    ? "it is not valid"
                    : ledger.errors().get(0);
            if (isTorn(ledger)) {
                findings.add(Finding.warn(
                        check + ":ledger",
                        SOURCE,
                        "ledger_torn",
                        "the last line was cut off while it was written",
                        "nothing needs to be done: the next event moves it to a file of its own and says so"));
                return "";
            }
            findings.add(fail(
                    "ledger",
                    "ledger_broken",
                    first
                            + (ledger.errors().size() > 1
                                    ? ", and " + (ledger.errors().size() - 1) + " more"
                                    : ""),
                    "`agenttower ledger verify` tells all of it; when you know why, `agenttower ledger heal --reason TEXT"
                            + " --project " + project.name() + "` keeps it as evidence and begins a new chain"));
        } catch (DaemonException e) {
            findings.add(
                    fail("ledger", "ledger_unreadable", String.valueOf(e.getMessage()), "the daemon's log says more"));
        }
        return "";
    }

    /** Whether the only problem is an unfinished last line. */
    private boolean isTorn(LedgerCheck ledger) {
        return ledger.errors().equals(List.of("Line " + (project.events() + 1) + ": Invalid JSON"));
    }

    private void newest() {
        Map<String, List<LedgerEntry>> notable = new LinkedHashMap<>();
        for (LedgerEntry event : client.events(LedgerSearch.newest(NEWEST)).events()) {
            if (NOTABLE.containsKey(event.actionType())) {
                notable.computeIfAbsent(event.actionType(), type -> new ArrayList<>())
                        .add(event);
            }
        }
        notable.forEach((type, events) -> {
            LedgerEntry last = events.get(events.size() - 1);
            String details = TerminalText.safe(
                    last.at() + " " + last.description() + (events.size() > 1 ? " (" + events.size() + " times)" : ""));
            String advice = TerminalText.safe(
                    "`agenttower ledger query --type " + type + " --project " + project.name() + "` tells more");
            findings.add(
                    Boolean.TRUE.equals(NOTABLE.get(type))
                            ? Finding.warn(check + ":" + type, SOURCE, type, details, advice)
                            : Finding.info(check + ":" + type, type, details, advice));
        });
    }

    private Finding fail(String what, String subCode, String details, String advice) {
        return Finding.fail(
                check + ":" + TerminalText.safe(what),
                SOURCE,
                subCode,
                TerminalText.safe(details),
                TerminalText.safe(advice));
    }
}
