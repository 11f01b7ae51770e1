package dev.agenttower.cli;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.ExitCode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports an invalid command line in two lines: the usage of the command, and the error. */
record UsageErrors(CliContext context) implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        if (failure.getCause() instanceof IndexOutOfBoundsException && command.isAbbreviatedOptionsAllowed()) {
            // picocli fails on "-" and "" where it looks for abbreviated options.
            return AgentTowerCommand.parser(List.of(args), context)
                    .setAbbreviatedOptionsAllowed(false)
                    .execute(args);
        }
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched, args);
        }
        if (failure instanceof MissingParameterException missing) {
            return report(command, missing(missing.getMissing(), args));
        }
        return report(command, String.valueOf(failure.getMessage()));
    }

    private int unmatched(UnmatchedArgumentException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        CommandLine program = command.getCommandSpec().root().commandLine();
        List<String> unmatched = failure.getUnmatched();
        if (command.getSubcommands().isEmpty() || unmatched.get(0).startsWith("-")) {
            return report(
                    command,
                    "unrecognized arguments: "
                            + String.join(" ", command == program ? Arrays.asList(args) : unmatched));
        }
        List<String> similar =
                SimilarWords.of(unmatched.get(0), command.getSubcommands().keySet());
        return report(
                command,
                "argument " + (command == program ? "command" : "subcommand") + ": invalid choice: '" + unmatched.get(0)
                        + "' (choose from " + quoted(command.getSubcommands().keySet(), ", ")
                        + (similar.isEmpty() ? "" : "; did you mean " + quoted(similar, " or ") + "?") + ")");
    }

    private static String missing(List<ArgSpec> missing, String[] args) {
        for (ArgSpec argument : missing) {
            if (argument instanceof OptionSpec option && isGiven(option, args)) {
                return "argument " + option.longestName() + ": expected one argument";
            }
        }
        return "the following arguments are required: "
                + missing.stream()
                        .map(argument ->
                                argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel())
                        .collect(Collectors.joining(", "));
    }

    /** Whether the option is present, in full or abbreviated, so that only its value can be missing. */
    private static boolean isGiven(OptionSpec option, String[] args) {
        return Arrays.stream(args)
                .anyMatch(arg -> Arrays.asList(option.names()).contains(arg)
                        || (arg.length() > 2 && option.longestName().startsWith(arg)));
    }

    private int report(CommandLine command, String error) {
        String synopsis = command.getHelp().fullSynopsis().strip().replaceAll("\\s+", " ");
        context.err()
                .print(synopsis + "\n" + command.getCommandSpec().qualifiedName() + ": error: "
                        + error.replace('\n', ' ') + "\n");
        return ExitCode.USAGE.status();
    }

    private static String quoted(Collection<String> words, String separator) {
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(separator));
    }
}
