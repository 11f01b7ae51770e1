package dev.agenttower.cli;

import dev.agenttower.cli.agent.AdoptCommand;
import dev.agenttower.cli.agent.AgentCommands;
import dev.agenttower.cli.agent.ListAgentsCommand;
import dev.agenttower.cli.agent.RegisterSelfCommand;
import dev.agenttower.cli.agent.SetCapabilityCommand;
import dev.agenttower.cli.agent.SetLabelCommand;
import dev.agenttower.cli.agent.SetRoleCommand;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandGroup;
import dev.agenttower.cli.config.ConfigCommands;
import dev.agenttower.cli.console.ConsoleCommand;
import dev.agenttower.cli.container.ListContainersCommand;
import dev.agenttower.cli.daemon.DemoCommand;
import dev.agenttower.cli.daemon.EnsureDaemonCommand;
import dev.agenttower.cli.daemon.StatusCommand;
import dev.agenttower.cli.daemon.StopDaemonCommand;
import dev.agenttower.cli.daemon.UpCommand;
import dev.agenttower.cli.dashboard.DashboardCommand;
import dev.agenttower.cli.discovery.ScanCommand;
import dev.agenttower.cli.doctor.DoctorCommand;
import dev.agenttower.cli.event.EventsCommand;
import dev.agenttower.cli.governance.change.ScrCommands;
import dev.agenttower.cli.governance.change.StatuslineCommand;
import dev.agenttower.cli.governance.human.OperatorCommands;
import dev.agenttower.cli.governance.human.WhoamiCommand;
import dev.agenttower.cli.governance.ledger.LedgerCommands;
import dev.agenttower.cli.governance.policy.PolicyCommands;
import dev.agenttower.cli.governance.project.ProjectCommands;
import dev.agenttower.cli.governance.request.RequestCommands;
import dev.agenttower.cli.governance.session.SessionCommands;
import dev.agenttower.cli.hook.HookCommand;
import dev.agenttower.cli.hook.HookCommands;
import dev.agenttower.cli.log.AttachLogCommand;
import dev.agenttower.cli.log.DetachLogCommand;
import dev.agenttower.cli.log.LogsCommand;
import dev.agenttower.cli.pane.ListPanesCommand;
import dev.agenttower.cli.panel.PanelCommand;
import dev.agenttower.cli.queue.AskCommand;
import dev.agenttower.cli.queue.QueueCommand;
import dev.agenttower.cli.queue.RoutingCommands;
import dev.agenttower.cli.queue.SendCommand;
import dev.agenttower.cli.queue.SendInputCommand;
import dev.agenttower.cli.route.RouteCommands;
import dev.agenttower.cli.run.RunCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command: without a subcommand it prints its help. */
@Command(
        name = AgentTowerCommand.NAME,
        customSynopsis = AgentTowerCommand.NAME + " [-h] [--version] command ...",
        description = "A local control tower for AI coding agents in tmux.",
        footer = {"  agenttower up", "", "Run `agenttower <command> --help` for more on a command."})
@SuppressWarnings("UnusedVariable") // picocli sets and reads them
final class AgentTowerCommand extends CommandGroup {
    static final String NAME = "agenttower";

    /** Commands by name, in the order of the help. The names are repeated here because reading them from all annotations is too slow. */
    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("config", ConfigCommands.class);
        COMMANDS.put("ensure-daemon", EnsureDaemonCommand.class);
        COMMANDS.put("status", StatusCommand.class);
        COMMANDS.put("stop-daemon", StopDaemonCommand.class);
        COMMANDS.put("scan", ScanCommand.class);
        COMMANDS.put("list-containers", ListContainersCommand.class);
        COMMANDS.put("list-panes", ListPanesCommand.class);
        COMMANDS.put("register-self", RegisterSelfCommand.class);
        COMMANDS.put("list-agents", ListAgentsCommand.class);
        COMMANDS.put("set-role", SetRoleCommand.class);
        COMMANDS.put("set-label", SetLabelCommand.class);
        COMMANDS.put("set-capability", SetCapabilityCommand.class);
        COMMANDS.put("logs", LogsCommand.class);
        COMMANDS.put("events", EventsCommand.class);
        COMMANDS.put("agent", AgentCommands.class);
        COMMANDS.put("send", SendCommand.class);
        COMMANDS.put("ask", AskCommand.class);
        COMMANDS.put("send-input", SendInputCommand.class);
        COMMANDS.put("queue", QueueCommand.class);
        COMMANDS.put("routing", RoutingCommands.class);
        COMMANDS.put("route", RouteCommands.class);
        COMMANDS.put("attach-log", AttachLogCommand.class);
        COMMANDS.put("detach-log", DetachLogCommand.class);
        COMMANDS.put("up", UpCommand.class);
        COMMANDS.put("dashboard", DashboardCommand.class);
        COMMANDS.put("panel", PanelCommand.class);
        COMMANDS.put("console", ConsoleCommand.class);
        COMMANDS.put("adopt", AdoptCommand.class);
        COMMANDS.put("run", RunCommand.class);
        COMMANDS.put("demo", DemoCommand.class);
        COMMANDS.put("hooks", HookCommands.class);
        COMMANDS.put("hook", HookCommand.class);
        COMMANDS.put("doctor", DoctorCommand.class);
        COMMANDS.put("completion", CompletionCommand.class);
        COMMANDS.put("project", ProjectCommands.class);
        COMMANDS.put("policy", PolicyCommands.class);
        COMMANDS.put("session", SessionCommands.class);
        COMMANDS.put("scr", ScrCommands.class);
        COMMANDS.put("request", RequestCommands.class);
        COMMANDS.put("ledger", LedgerCommands.class);
        COMMANDS.put("whoami", WhoamiCommand.class);
        COMMANDS.put("operator", OperatorCommands.class);
        COMMANDS.put("statusline", StatuslineCommand.class);
    }

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help and exit")
    private boolean isHelp;

    @Option(names = "--version", versionHelp = true, description = "print the version and exit")
    private boolean isVersion;

    /**
     * The parser of a command line. Holds only the command that the first argument names, because reading the annotations of all commands
     * takes longer than a call to the daemon; holds all commands if the first argument names none.
     */
    static CommandLine parser(List<String> args, CliContext context) {
        CommandFactory factory = new CommandFactory(context);
        CommandLine parser = new CommandLine(AgentTowerCommand.class, factory);
        @Nullable Class<?> called = args.isEmpty() ? null : COMMANDS.get(args.get(0));
        @Nullable Class<?> inGroup = called == null || args.size() < 2 ? null : subcommand(called, args.get(1));
        if (inGroup != null) {
            CommandSpec group = CommandSpec.create().name(args.get(0));
            parser.addSubcommand(new CommandLine(group, factory).addSubcommand(inGroup));
        } else if (called != null) {
            parser.addSubcommand(called);
        } else if (args.isEmpty() || !args.get(0).startsWith("--v")) {
            COMMANDS.values().forEach(parser::addSubcommand);
        }
        parser.getCommandSpec().version(NAME + " " + context.version());
        return parser.setAbbreviatedOptionsAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setHelpFactory(new UsageHelp(context))
                .setParameterExceptionHandler(new UsageErrors(context))
                .setExecutionExceptionHandler(new Failures(context))
                .setOut(new PrintWriter(context.out(), false, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(context.err(), false, StandardCharsets.UTF_8));
    }

    private static @Nullable Class<?> subcommand(Class<?> group, String name) {
        for (Class<?> subcommand : group.getAnnotation(Command.class).subcommands()) {
            if (subcommand.getAnnotation(Command.class).name().equals(name)) {
                return subcommand;
            }
        }
        return null;
    }
}
