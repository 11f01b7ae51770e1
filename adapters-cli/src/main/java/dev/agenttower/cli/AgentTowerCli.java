package dev.agenttower.cli;

import dev.agenttower.cli.form.ArgumentParser;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.HelpRequest;
import dev.agenttower.cli.form.PicocliForm;
import dev.agenttower.cli.form.UsageException;
import dev.agenttower.cli.governance.RefusalAdvice;
import dev.agenttower.cli.surroundings.InvalidSocketException;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.text.Text;
import dev.agenttower.socket.client.DaemonErrorException;
import dev.agenttower.socket.client.GovernanceRefusedException;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.TransportException;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        @Nullable CommandGroup group = CommandGroup.named(first);
        if (group != null) {
            return dispatch(group, args.subList(1, args.size()));
        }
        for (CommandName name : CommandName.values()) {
            if (name.path().equals(first)) {
                return run(name, args.subList(1, args.size()));
            }
        }
        throw new UsageException(
                TopHelp.USAGE, CommandForm.PROGRAM, invalidChoice("command", first, TopHelp.choices()));
    }

    private ExitCode dispatch(CommandGroup group, List<String> args) {
        if (args.isEmpty() || isHelp(args.get(0))) {
            return print(TopHelp.group(group));
        }
        String word = args.get(0);
        if (word.startsWith("-")) {
            throw unrecognized(args);
        }
        for (CommandName name : group.commands()) {
            if (name.last().equals(word)) {
                return run(name, args.subList(1, args.size()));
            }
        }
        throw new UsageException(
                TopHelp.usage(group),
                CommandForm.PROGRAM + " " + group.word(),
                invalidChoice("subcommand", word, TopHelp.choices(group)));
    }

    private ExitCode run(CommandName name, List<String> given) {
        Command command = name.create();
        Arguments arguments = new ArgumentParser(TopHelp.USAGE).parse(command.form(), given);
        try {
            return command.run(arguments, context);
        } catch (DaemonErrorException e) {
            return refused(e.code(), e.getMessage(), null, arguments.json());
        } catch (GovernanceRefusedException e) {
            return refused(e.code(), e.getMessage(), RefusalAdvice.of(e), arguments.json());
        } catch (RefusedException e) {
            return refused(e.code().wire(), e.getMessage(), null, arguments.json());
        } catch (TransportException.NoAnswer | TransportException.UnreadableAnswer e) {
            if (!name.isGovernance()) {
                throw e;
            }
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "error: " + TerminalText.safe(Text.singleLine(e.getMessage()))
                            + "\nnext: whether it was done is not known; look before you ask for it again",
                    e);
        }
    }

    private ExitCode refused(String code, String message, @Nullable String next, boolean json) {
        if (json) {
            var envelope = JsonText.object().put("ok", false);
            var error = envelope.putObject("error").put("code", code).put("message", message);
            if (next != null) {
                error.put("next", next);
            }
            context.out().print(JsonText.ascii(envelope) + "\n");
        } else {
            context.err().print(errorLines(code, message) + "\n" + (next == null ? "" : "next: " + next + "\n"));
        }
        return ExitCode.ofErrorCode(code);
    }

    static String errorLines(String code, String message) {
        return "error: " + TerminalText.safe(Text.singleLine(message)) + "\ncode: " + code;
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
