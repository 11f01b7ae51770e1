package dev.agenttower.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: without a command it shows its help. */
@Command(
        name = AgentTowerCommand.NAME,
        customSynopsis = AgentTowerCommand.NAME + " [-h] [--version] command ...",
        description = "A local control tower for AI coding agents in tmux.",
        footer = {"  agenttower up", "", "Run `agenttower <command> --help` for more on a command."})
@SuppressWarnings("UnusedVariable") // picocli looks whether they are set
final class AgentTowerCommand implements Runnable {
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

    @Spec
    private CommandSpec spec;

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

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
