package dev.agenttower.cli;

import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    DOCTOR("doctor", "run all diagnostic checks: of the way to the daemon, and of the governed projects"),
    COMPLETION("completion", "print a script that completes commands and options in bash and zsh"),
    PROJECT_ADD("project add", "put a folder under governance as it is"),
    PROJECT_INIT("project init", "make the governance files that a folder lacks, and put it under governance"),
    PROJECT_LIST("project list", "list the governed projects"),
    PROJECT_SHOW("project show", "show a governed project and what is wrong with its policy files"),
    PROJECT_REMOVE("project remove", "take a project out of governance; its files stay"),
    POLICY_STATUS("policy status", "show what is enforced, what is protected, and who was denied what of late"),
    POLICY_ROLES("policy roles", "list the roles and what they may do, and where"),
    POLICY_SPECS("policy specs", "list the specs and what they authorize"),
    POLICY_CONFLICTS("policy conflicts", "list what in the policy does not fit"),
    POLICY_CHECK("policy check", "ask whether a role may do something, without doing it"),
    POLICY_RUN("policy run", "have something done, if the policy allows it"),
    POLICY_SET_ROLE("policy set-role", "change the jurisdiction of a role"),
    POLICY_SET_SPEC("policy set-spec", "change whom a spec authorizes, and to do what"),
    SESSION_START("session start", "start a session: an agent at work in one role, under one spec"),
    SESSION_END("session end", "end a session"),
    SESSION_LIST("session list", "list the sessions that run"),
    SCR_PROPOSE("scr propose", "propose a change of a sovereign file, for a human to decide on"),
    SCR_LIST("scr list", "list the change requests that wait, or others"),
    SCR_SHOW("scr show", "show a change request and what it proposes"),
    SCR_DIFF("scr diff", "show what a change request would do to its file now"),
    SCR_AUTHORIZE("scr authorize", "authorize a change after a look at its diff, which applies it"),
    SCR_EDIT("scr edit", "edit what is proposed in $EDITOR, look at the diff, and authorize that"),
    SCR_REJECT("scr reject", "reject a change request"),
    SCR_WITHDRAW("scr withdraw", "take a change request back, in the role that filed it"),
    REQUEST_FILE("request file", "ask another role for something"),
    REQUEST_LIST("request list", "list the requests between roles"),
    REQUEST_SHOW("request show", "show a request between roles"),
    REQUEST_STATUS("request status", "change the status of a request"),
    LEDGER_TAIL("ledger tail", "show the newest events of the ledger, and follow it"),
    LEDGER_QUERY("ledger query", "search the ledger"),
    LEDGER_VERIFY("ledger verify", "check that the ledger's chain is whole"),
    LEDGER_HEAL("ledger heal", "begin a new chain after a broken one, which is kept as it is"),
    LEDGER_LOG("ledger log", "put an event of your own on the ledger"),
    WHOAMI("whoami", "show who the daemon takes you for, and why"),
    OPERATOR_SET_PASSPHRASE("operator set-passphrase", "set the passphrase that human decisions ask for"),
    STATUSLINE("statusline", "print one line for tmux: how many changes wait for you; nothing when none do");

    private final String path;
    private final String summary;

    CommandName(String path, String summary) {
        this.path = path;
        this.summary = summary;
    }

    String path() {
        return path;
    }

    /** Whether it asks the governance API. */
    boolean isGovernance() {
        @Nullable CommandGroup group = group();
        return group == null ? this == WHOAMI : group != CommandGroup.CONFIG;
    }

    /** The word that comes first: the name of a group of commands, or the whole path. */
    String first() {
        int blank = path.indexOf(' ');
        return blank < 0 ? path : path.substring(0, blank);
    }

    /** The word that comes last. */
    String last() {
        return path.substring(path.indexOf(' ') + 1);
    }

    /** The group that it belongs to, or null if it stands for itself. */
    @Nullable CommandGroup group() {
        return path.indexOf(' ') < 0 ? null : CommandGroup.named(first());
    }

    String summary() {
        return summary;
    }

    CommandForm form(List<OptionForm> options, String... examples) {
        return new CommandForm(path, summary, options, List.of(), List.of(examples));
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
            case DOCTOR -> new DoctorCommand();
            case COMPLETION -> new CompletionCommand();
            case PROJECT_ADD -> new ProjectAddCommand();
            case PROJECT_INIT -> new ProjectInitCommand();
            case PROJECT_LIST -> new ProjectListCommand();
            case PROJECT_SHOW -> new ProjectShowCommand();
            case PROJECT_REMOVE -> new ProjectRemoveCommand();
            case POLICY_STATUS -> new PolicyStatusCommand();
            case POLICY_ROLES -> new PolicyRolesCommand();
            case POLICY_SPECS -> new PolicySpecsCommand();
            case POLICY_CONFLICTS -> new PolicyConflictsCommand();
            case POLICY_CHECK -> new PolicyActionCommand(true);
            case POLICY_RUN -> new PolicyActionCommand(false);
            case POLICY_SET_ROLE -> new PolicySetRoleCommand();
            case POLICY_SET_SPEC -> new PolicySetSpecCommand();
            case SESSION_START -> new SessionStartCommand();
            case SESSION_END -> new SessionEndCommand();
            case SESSION_LIST -> new SessionListCommand();
            case SCR_PROPOSE -> new ScrProposeCommand();
            case SCR_LIST -> new ScrListCommand();
            case SCR_SHOW -> new ScrShowCommand();
            case SCR_DIFF -> new ScrDiffCommand();
            case SCR_AUTHORIZE -> new ScrAuthorizeCommand();
            case SCR_EDIT -> new ScrEditCommand();
            case SCR_REJECT -> new ScrRejectCommand();
            case SCR_WITHDRAW -> new ScrWithdrawCommand();
            case REQUEST_FILE -> new RequestFileCommand();
            case REQUEST_LIST -> new RequestListCommand();
            case REQUEST_SHOW -> new RequestShowCommand();
            case REQUEST_STATUS -> new RequestStatusCommand();
            case LEDGER_TAIL -> new LedgerTailCommand();
            case LEDGER_QUERY -> new LedgerQueryCommand();
            case LEDGER_VERIFY -> new LedgerVerifyCommand();
            case LEDGER_HEAL -> new LedgerHealCommand();
            case LEDGER_LOG -> new LedgerLogCommand();
            case WHOAMI -> new WhoamiCommand();
            case OPERATOR_SET_PASSPHRASE -> new OperatorSetPassphraseCommand();
            case STATUSLINE -> new StatuslineCommand();
        };
    }
}
