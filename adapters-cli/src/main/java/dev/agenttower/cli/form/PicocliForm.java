package dev.agenttower.cli.form;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** A command's form as picocli knows it: for arguments that are not written out, for help and for completion. */
public final class PicocliForm {
    private final CommandForm form;
    private final CommandSpec spec;

    /** Builds the model of a command. */
    public PicocliForm(CommandForm form) {
        this.form = form;
        spec = CommandSpec.create().name(form.program());
        for (OptionForm option : form.options()) {
            spec.addOption(modelOf(option));
        }
        spec.addOption(OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .arity("0")
                .usageHelp(true)
                .description("show this help and exit")
                .build());
    }

    private static OptionSpec modelOf(OptionForm option) {
        OptionSpec.Builder builder = OptionSpec.builder(option.name()).description(escape(option.description()));
        if (option.valueName() == null) {
            return builder.type(boolean.class).arity("0").build();
        }
        return builder.type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(option.valueName())
                .hideParamSyntax(true)
                .build();
    }

    private static String escape(String text) {
        return text.replace("%", "%%");
    }

    Arguments parse(List<String> given, String topUsage) {
        CommandLine parser = new CommandLine(spec)
                .setAbbreviatedOptionsAllowed(true)
                .setOverwrittenOptionsAllowed(true)
                .setUnmatchedArgumentsAllowed(true)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false);
        ParseResult parsed;
        try {
            parsed = parser.parseArgs(given.toArray(new String[0]));
        } catch (MissingParameterException e) {
            String option = e.getMissing().isEmpty()
                    ? "value"
                    : ((OptionSpec) e.getMissing().get(0)).longestName();
            throw new UsageException(form.usage(), form.program(), "argument " + option + ": expected one argument");
        } catch (ParameterException e) {
            throw new UsageException(form.usage(), form.program(), oneLine(e));
        }
        if (parsed.isUsageHelpRequested()) {
            throw new HelpRequest(form);
        }
        if (!parsed.unmatched().isEmpty()) {
            throw new UsageException(
                    topUsage,
                    CommandForm.PROGRAM,
                    "unrecognized arguments: "
                            + String.join(" ", parsed.unmatched()).replace('\n', ' '));
        }
        return argumentsOf(parsed);
    }

    private static String oneLine(ParameterException failure) {
        return String.valueOf(failure.getMessage()).replace('\n', ' ').replace("Error: ", "");
    }

    private Arguments argumentsOf(ParseResult parsed) {
        Arguments arguments = new Arguments();
        for (OptionForm option : form.options()) {
            if (!parsed.hasMatchedOption(option.name())) {
                continue;
            }
            if (option.isFlag()) {
                arguments.add(option.name(), "");
            } else {
                for (String value : parsed.matchedOption(option.name()).stringValues()) {
                    arguments.add(option.name(), value);
                }
            }
        }
        return arguments;
    }

    /** The help text of the command. */
    public String help(boolean coloured) {
        spec.usageMessage()
                .synopsisHeading("usage: ")
                .customSynopsis(form.usage().substring("usage: ".length()))
                .description("", escape(form.summary()))
                .optionListHeading("%n@|bold options:|@%n")
                .footerHeading(form.examples().size() > 1 ? "%n@|bold examples:|@%n" : "%n@|bold example:|@%n")
                .footer(form.examples().stream()
                        .map(example -> "  " + escape(example))
                        .toArray(String[]::new))
                .sortOptions(false)
                .width(100);
        return new CommandLine(spec).getUsageMessage(coloured ? Ansi.ON : Ansi.OFF);
    }

    /** The model, for generators that need it. */
    public CommandSpec spec() {
        return spec;
    }
}
