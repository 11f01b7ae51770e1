package dev.agenttower.cli;

import dev.agenttower.cli.agent.AdoptCommand;
import dev.agenttower.cli.agent.ListAgentsCommand;
import dev.agenttower.cli.agent.RegisterSelfCommand;
import dev.agenttower.cli.agent.SetCapabilityCommand;
import dev.agenttower.cli.agent.SetLabelCommand;
import dev.agenttower.cli.agent.SetRoleCommand;
import dev.agenttower.cli.bench.ListContainersCommand;
import dev.agenttower.cli.bench.ListPanesCommand;
import dev.agenttower.cli.bench.ScanCommand;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandGroup;
import dev.agenttower.cli.config.ConfigCommands;
import dev.agenttower.cli.daemon.DemoCommand;
import dev.agenttower.cli.daemon.EnsureDaemonCommand;
import dev.agenttower.cli.daemon.StatusCommand;
import dev.agenttower.cli.daemon.StopDaemonCommand;
import dev.agenttower.cli.daemon.UpCommand;
import dev.agenttower.cli.dashboard.DashboardCommand;
import dev.agenttower.cli.doctor.DoctorCommand;
import dev.agenttower.cli.governance.change.ScrCommands;
import dev.agenttower.cli.governance.change.StatuslineCommand;
import dev.agenttower.cli.governance.human.OperatorCommands;
import dev.agenttower.cli.governance.human.WhoamiCommand;
import dev.agenttower.cli.governance.ledger.LedgerCommands;
import dev.agenttower.cli.governance.policy.PolicyCommands;
import dev.agenttower.cli.governance.project.ProjectCommands;
import dev.agenttower.cli.governance.request.RequestCommands;
import dev.agenttower.cli.governance.session.SessionCommands;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program itself: without a command it shows its help. */
@Command(
        name = AgentTowerCommand.NAME,
        customSynopsis = AgentTowerCommand.NAME + " [-h] [--version] command ...",
        description = "A local control tower for AI coding agents in tmux.",
        footer = {"  agenttower up", "", "Run `agenttower <command> --help` for more on a command."})
@SuppressWarnings("UnusedVariable") // picocli looks whether they are set
final class AgentTowerCommand extends CommandGroup {
    static final String NAME = "agenttower";

    /** In the order of the help. */
    private static final List<Class<?>> COMMANDS = List.of(
            ConfigCommands.class,
            EnsureDaemonCommand.class,
            StatusCommand.class,
            StopDaemonCommand.class,
            ScanCommand.class,
            ListContainersCommand.class,
            ListPanesCommand.class,
            RegisterSelfCommand.class,
            ListAgentsCommand.class,
            SetRoleCommand.class,
            SetLabelCommand.class,
            SetCapabilityCommand.class,
            UpCommand.class,
            DashboardCommand.class,
            AdoptCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            CompletionCommand.class,
            ProjectCommands.class,
            PolicyCommands.class,
            SessionCommands.class,
            ScrCommands.class,
            RequestCommands.class,
            LedgerCommands.class,
            WhoamiCommand.class,
            OperatorCommands.class,
            StatuslineCommand.class);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help and exit")
    private boolean isHelp;

    @Option(names = "--version", versionHelp = true, description = "print the version and exit")
    private boolean isVersion;

    /**
     * The parser of a command line. Holds the one command that the first word names, because reading the annotations of all takes
     * longer than a call to the daemon; or all of them where it names none.
     */
    static CommandLine parser(List<String> args, CliContext context) {
        CommandLine parser = new CommandLine(AgentTowerCommand.class, new CommandFactory(context));
        COMMANDS.stream()
                .filter(command -> !args.isEmpty() && nameOf(command).equals(args.get(0)))
                .findFirst()
                .ifPresentOrElse(parser::addSubcommand, () -> COMMANDS.forEach(parser::addSubcommand));
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

    private static String nameOf(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }
}
