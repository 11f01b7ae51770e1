package dev.agenttower.cli;

/** The help of the program and of {@code config}, from the table of commands alone. */
final class TopHelp {
    static final String USAGE = "usage: agenttower [-h] [--version] command ...";
    static final String CONFIG_USAGE = "usage: agenttower config [-h] subcommand ...";
    private static final String CONFIG = "config ";
    private static final int NAME_WIDTH = 18;

    private TopHelp() {}

    static String program() {
        StringBuilder help = new StringBuilder(USAGE);
        help.append("\n\nA local control tower for AI coding agents in tmux.\n\noptions:\n");
        line(help, "-h, --help", "show this help and exit");
        line(help, "--version", "print the version and exit");
        help.append("\ncommands:\n");
        line(help, "config", "where files lie, first setup, and checks");
        for (CommandName name : CommandName.values()) {
            if (!isConfig(name)) {
                line(help, name.path(), name.summary());
            }
        }
        help.append("\nconfig subcommands:\n");
        configLines(help, CONFIG);
        help.append("\nexample:\n  agenttower up\n\nRun `agenttower <command> --help` for more on a command.\n");
        return help.toString();
    }

    static String config() {
        StringBuilder help = new StringBuilder(CONFIG_USAGE);
        help.append("\n\nWhere files lie, first setup, and checks.\n\nsubcommands:\n");
        configLines(help, "");
        return help.append("\nexample:\n  agenttower config init\n").toString();
    }

    static String choices() {
        StringBuilder choices = new StringBuilder("'config'");
        for (CommandName name : CommandName.values()) {
            if (!isConfig(name)) {
                choices.append(", '").append(name.path()).append('\'');
            }
        }
        return choices.toString();
    }

    static String configChoices() {
        StringBuilder choices = new StringBuilder();
        for (CommandName name : CommandName.values()) {
            if (isConfig(name)) {
                choices.append(choices.length() == 0 ? "'" : ", '")
                        .append(name.path().substring(CONFIG.length()))
                        .append('\'');
            }
        }
        return choices.toString();
    }

    private static boolean isConfig(CommandName name) {
        return name.path().startsWith(CONFIG);
    }

    private static void configLines(StringBuilder help, String prefix) {
        for (CommandName name : CommandName.values()) {
            if (isConfig(name)) {
                line(help, prefix + name.path().substring(CONFIG.length()), name.summary());
            }
        }
    }

    private static void line(StringBuilder help, String name, String summary) {
        help.append("  ")
                .append(name)
                .append(" ".repeat(Math.max(NAME_WIDTH - name.length(), 2)))
                .append(summary)
                .append('\n');
    }
}
