package dev.agenttower.cli;

import dev.agenttower.cli.command.CliContext;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IHelpFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The layout of every command's help. */
record UsageHelp(CliContext context) implements IHelpFactory {
    private static final int WIDTH = 100;
    private static final int NAME_WIDTH = 28;

    @Override
    public Help create(CommandSpec spec, ColorScheme ignored) {
        UsageMessageSpec usage = spec.usageMessage();
        boolean isProgram = spec.parent() == null;
        usage.synopsisHeading("usage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%n@|bold arguments:|@%n")
                .optionListHeading("%n@|bold options:|@%n")
                .commandListHeading(isProgram ? "%n@|bold commands:|@%n" : "%n@|bold subcommands:|@%n")
                .footerHeading(
                        isProgram || usage.footer().length == 1 ? "%n@|bold example:|@%n" : "%n@|bold examples:|@%n")
                .sortOptions(false)
                .sortSynopsis(false)
                .width(WIDTH);
        boolean isColoured = context.allowsColour(context.terminals().output());
        return new WithGroups(spec, Help.defaultColorScheme(isColoured ? Ansi.ON : Ansi.OFF));
    }

    /** Also lists the subcommands of groups. */
    private static final class WithGroups extends Help {
        WithGroups(CommandSpec spec, ColorScheme colours) {
            super(spec, colours);
        }

        @Override
        public String commandList() {
            StringBuilder list = new StringBuilder(super.commandList());
            for (CommandLine group : commandSpec().subcommands().values()) {
                if (!group.getSubcommands().isEmpty()) {
                    list.append('\n')
                            .append(group.getCommandName())
                            .append(" subcommands:\n")
                            .append(rows(group));
                }
            }
            return list.toString();
        }

        private TextTable rows(CommandLine group) {
            TextTable table = TextTable.forColumns(
                    colorScheme(),
                    new Column(NAME_WIDTH, 2, Overflow.SPAN),
                    new Column(WIDTH - NAME_WIDTH, 0, Overflow.WRAP));
            group.getSubcommands()
                    .forEach((name, command) -> table.addRowValues(
                            group.getCommandName() + " " + name,
                            String.join(
                                    " ", command.getCommandSpec().usageMessage().description())));
            return table;
        }
    }
}
