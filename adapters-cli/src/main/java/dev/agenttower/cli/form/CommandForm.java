package dev.agenttower.cli.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command is called, accepts and is good for.
 *
 * @param path its name below the program, such as {@code config init}
 * @param summary one line
 * @param options besides {@code --help}, which every command has
 * @param examples command lines that work, each with its program name
 */
public record CommandForm(String path, String summary, List<OptionForm> options, List<String> examples) {
    /** The name of the program. */
    public static final String PROGRAM = "agenttower";

    /** Copies the lists. */
    public CommandForm {
        options = List.copyOf(options);
        examples = List.copyOf(examples);
        if (examples.isEmpty()) {
            throw new IllegalArgumentException("no example for " + path);
        }
    }

    /** The line that shows how the command is called. */
    public String usage() {
        StringBuilder usage = new StringBuilder("usage: ");
        usage.append(program()).append(" [-h]");
        for (OptionForm option : options) {
            usage.append(' ').append(option.synopsis());
        }
        return usage.toString();
    }

    /** The program's name and the command's. */
    public String program() {
        return PROGRAM + " " + path;
    }

    @Nullable OptionForm option(String name) {
        for (OptionForm option : options) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        return null;
    }
}
