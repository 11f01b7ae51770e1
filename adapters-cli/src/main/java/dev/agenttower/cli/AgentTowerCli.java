package dev.agenttower.cli;

import dev.agenttower.cli.form.ArgumentParser;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.HelpRequest;
import dev.agenttower.cli.form.PicocliForm;
import dev.agenttower.cli.form.UsageException;
import dev.agenttower.cli.surroundings.InvalidSocketException;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.client.DaemonErrorException;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.TransportException;
import java.util.List;

/** The program {@code agenttower}: one command line in, one exit status out. */
public final class AgentTowerCli {
    static final String UNREACHABLE =
            "error: daemon is not running or socket is unreachable: try `agenttower ensure-daemon`";

    private final CliContext context;

    private AgentTowerCli(CliContext context) {
        this.context = context;
    }

    /**
     * Runs a command line. Writes to the streams of the context and flushes them; never ends the JVM.
     *
     * @return the exit status
     */
    public static int run(String[] args, CliContext context) {
        int status = new AgentTowerCli(context).run(List.of(args)).status();
        context.out().flush();
        context.err().flush();
        return status;
    }

    private ExitCode run(List<String> args) {
        try {
            return dispatch(args);
        } catch (UsageException e) {
            context.err().print(e.getMessage() + "\n");
            return ExitCode.USAGE;
        } catch (HelpRequest e) {
            return print(new PicocliForm(e.form())
                    .help(context.allowsColour(context.terminals().output())));
        } catch (InvalidSocketException e) {
            context.err().print(e.getMessage() + "\n");
            return ExitCode.PRECONDITION;
        } catch (InvalidSettingsException e) {
            context.err().print("error: " + e.getMessage() + "\n");
            return ExitCode.PRECONDITION;
        } catch (CommandFailure e) {
            context.err().print(e.getMessage() + "\n");
            return e.exitCode();
        } catch (TransportException e) {
            context.err().print(UNREACHABLE + "\n");
            return ExitCode.UNREACHABLE;
        }
    }

    private ExitCode dispatch(List<String> args) {
        if (args.isEmpty() || isHelp(args.get(0))) {
            return print(TopHelp.program());
        }
        String first = args.get(0);
        if (isAbbreviation(first, "--version")) {
            return print(CommandForm.PROGRAM + " " + context.version() + "\n");
        }
        if (first.startsWith("-")) {
            throw unrecognized(args);
        }
        boolean isConfig = first.equals("config");
        if (isConfig && (args.size() == 1 || isHelp(args.get(1)))) {
            return print(TopHelp.config());
        }
        if (isConfig && args.get(1).startsWith("-")) {
            throw unrecognized(args.subList(1, args.size()));
        }
        String path = isConfig ? "config " + args.get(1) : first;
        for (CommandName name : CommandName.values()) {
            if (name.path().equals(path)) {
                return run(name.create(), args.subList(isConfig ? 2 : 1, args.size()));
            }
        }
        throw isConfig
                ? new UsageException(
                        TopHelp.CONFIG_USAGE,
                        "agenttower config",
                        invalidChoice("subcommand", args.get(1), TopHelp.configChoices()))
                : new UsageException(
                        TopHelp.USAGE, CommandForm.PROGRAM, invalidChoice("command", first, TopHelp.choices()));
    }

    private ExitCode run(Command command, List<String> given) {
        Arguments arguments = new ArgumentParser(TopHelp.USAGE).parse(command.form(), given);
        try {
            return command.run(arguments, context);
        } catch (DaemonErrorException e) {
            return refused(e.code(), e.getMessage(), arguments.json());
        } catch (RefusedException e) {
            return refused(e.code().wire(), e.getMessage(), arguments.json());
        }
    }

    private ExitCode refused(String code, String message, boolean json) {
        if (json) {
            var envelope = JsonText.object().put("ok", false);
            envelope.putObject("error").put("code", code).put("message", message);
            context.out().print(JsonText.ascii(envelope) + "\n");
        } else {
            context.err().print(errorLines(code, message) + "\n");
        }
        return ExitCode.ofErrorCode(code);
    }

    static String errorLines(String code, String message) {
        return "error: " + Text.singleLine(message) + "\ncode: " + code;
    }

    private ExitCode print(String text) {
        context.out().print(text);
        return ExitCode.OK;
    }

    private static UsageException unrecognized(List<String> args) {
        return new UsageException(
                TopHelp.USAGE,
                CommandForm.PROGRAM,
                "unrecognized arguments: " + String.join(" ", args).replace('\n', ' '));
    }

    private static String invalidChoice(String what, String given, String choices) {
        return "argument " + what + ": invalid choice: '" + given.replace('\n', ' ') + "' (choose from " + choices
                + ")";
    }

    private static boolean isHelp(String arg) {
        return arg.equals("-h") || isAbbreviation(arg, "--help");
    }

    private static boolean isAbbreviation(String arg, String option) {
        return arg.length() > 2 && option.startsWith(arg);
    }
}
