package dev.agenttower.cli;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The help of the program and of its groups of commands, from the table of commands alone. */
final class TopHelp {
    static final String USAGE = "usage: agenttower [-h] [--version] command ...";
    private static final int NAME_WIDTH = 18;

    private TopHelp() {}

    static String usage(CommandGroup group) {
        return "usage: agenttower " + group.word() + " [-h] subcommand ...";
    }

    static String program() {
        StringBuilder help = new StringBuilder(USAGE);
        help.append("\n\nA local control tower for AI coding agents in tmux.\n\noptions:\n");
        line(help, "-h, --help", "show this help and exit");
        line(help, "--version", "print the version and exit");
        help.append("\ncommands:\n");
        @Nullable CommandGroup last = null;
        for (CommandName name : CommandName.values()) {
            @Nullable CommandGroup group = name.group();
            if (group == null) {
                line(help, name.path(), name.summary());
            } else if (group != last) {
                line(help, group.word(), group.summary());
            }
            last = group;
        }
        for (CommandGroup group : CommandGroup.values()) {
            help.append('\n').append(group.word()).append(" subcommands:\n");
            for (CommandName name : group.commands()) {
                line(help, name.path(), name.summary());
            }
        }
        help.append("\nexample:\n  agenttower up\n\nRun `agenttower <command> --help` for more on a command.\n");
        return help.toString();
    }

    static String group(CommandGroup group) {
        StringBuilder help = new StringBuilder(usage(group));
        String summary = group.summary();
        help.append("\n\n")
                .append(summary.substring(0, 1).toUpperCase(Locale.ROOT))
                .append(summary.substring(1));
        help.append(".\n\nsubcommands:\n");
        for (CommandName name : group.commands()) {
            line(help, name.last(), name.summary());
        }
        return help.append("\nexample:\n  ")
                .append(group.example())
                .append('\n')
                .toString();
    }

    static String choices() {
        Set<String> words = new LinkedHashSet<>();
        for (CommandName name : CommandName.values()) {
            words.add(name.first());
        }
        return quoted(words);
    }

    static String choices(CommandGroup group) {
        return quoted(group.commands().stream().map(CommandName::last).toList());
    }

    private static String quoted(Collection<String> words) {
        return words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
    }

    private static void line(StringBuilder help, String name, String summary) {
        help.append("  ")
                .append(name)
                .append(" ".repeat(Math.max(NAME_WIDTH - name.length(), 2)))
                .append(summary)
                .append('\n');
    }
}
