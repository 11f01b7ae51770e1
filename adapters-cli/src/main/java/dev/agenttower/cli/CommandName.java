package dev.agenttower.cli;

import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import java.util.List;

/** The commands, in the order of the help. Creating one loads its classes; the names do not. */
enum CommandName {
    CONFIG_PATHS("config paths", "print where the files of this user's tower lie"),
    CONFIG_INIT("config init", "create folders, the settings file and the registry; does no harm twice"),
    CONFIG_DOCTOR("config doctor", "run diagnostic checks of the way to the daemon"),
    ENSURE_DAEMON("ensure-daemon", "start the daemon unless it runs"),
    STATUS("status", "show whether the daemon is alive"),
    STOP_DAEMON("stop-daemon", "stop the daemon"),
    SCAN("scan", "look for bench containers and for their tmux panes"),
    LIST_CONTAINERS("list-containers", "list the benches"),
    LIST_PANES("list-panes", "list the tmux panes of the benches"),
    REGISTER_SELF("register-self", "register the pane that this command runs in as an agent"),
    LIST_AGENTS("list-agents", "list the agents"),
    SET_ROLE("set-role", "change what an agent is for"),
    SET_LABEL("set-label", "change what an agent is called"),
    SET_CAPABILITY("set-capability", "change which program an agent is"),
    UP("up", "set up what is missing, start the daemon, scan, and show the dashboard"),
    DASHBOARD("dashboard", "show benches, panes, agents and the next thing to do"),
    ADOPT("adopt", "make a tmux pane an agent"),
    DEMO("demo", "try it out: three panes in a private tmux server, two of them adopted"),
    COMPLETION("completion", "print a script that completes commands and options in bash and zsh");

    private final String path;
    private final String summary;

    CommandName(String path, String summary) {
        this.path = path;
        this.summary = summary;
    }

    String path() {
        return path;
    }

    String summary() {
        return summary;
    }

    CommandForm form(List<OptionForm> options, String... examples) {
        return new CommandForm(path, summary, options, List.of(examples));
    }

    Command create() {
        return switch (this) {
            case CONFIG_PATHS -> new ConfigPathsCommand();
            case CONFIG_INIT -> new ConfigInitCommand();
            case CONFIG_DOCTOR -> new ConfigDoctorCommand();
            case ENSURE_DAEMON -> new EnsureDaemonCommand();
            case STATUS -> new StatusCommand();
            case STOP_DAEMON -> new StopDaemonCommand();
            case SCAN -> new ScanCommand();
            case LIST_CONTAINERS -> new ListContainersCommand();
            case LIST_PANES -> new ListPanesCommand();
            case REGISTER_SELF -> new RegisterSelfCommand();
            case LIST_AGENTS -> new ListAgentsCommand();
            case SET_ROLE -> new SetRoleCommand();
            case SET_LABEL -> new SetLabelCommand();
            case SET_CAPABILITY -> new SetCapabilityCommand();
            case UP -> new UpCommand();
            case DASHBOARD -> new DashboardCommand();
            case ADOPT -> new AdoptCommand();
            case DEMO -> new DemoCommand();
            case COMPLETION -> new CompletionCommand();
        };
    }
}
