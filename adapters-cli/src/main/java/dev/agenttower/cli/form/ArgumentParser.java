package dev.agenttower.cli.form;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the arguments of one command.
 *
 * <p>Options that are written out in full are read at once. Everything else, such as abbreviations, {@code --name=value} and mistakes, goes
 * through picocli, whose classes take longer to load than a call to the daemon takes.
 */
public final class ArgumentParser {
    private final String topUsage;

    /** Creates a parser; {@code topUsage} is the usage line of the program itself. */
    public ArgumentParser(String topUsage) {
        this.topUsage = topUsage;
    }

    /**
     * Reads the arguments that follow a command's name.
     *
     * @throws UsageException if they do not fit
     * @throws HelpRequest if {@code -h} or {@code --help} is among them
     */
    public Arguments parse(CommandForm form, List<String> given) {
        @Nullable Arguments plain = plain(form, given);
        Arguments arguments = plain != null ? plain : new PicocliForm(form).parse(given, topUsage);
        StringBuilder missing = new StringBuilder();
        for (OptionForm option : form.options()) {
            if (option.isRequired() && !arguments.has(option.name())) {
                missing.append(missing.length() == 0 ? "" : ", ").append(option.name());
            }
        }
        if (missing.length() > 0) {
            throw new UsageException(form.usage(), form.program(), "the following arguments are required: " + missing);
        }
        return arguments;
    }

    private static @Nullable Arguments plain(CommandForm form, List<String> given) {
        Arguments arguments = new Arguments();
        for (int i = 0; i < given.size(); i++) {
            @Nullable OptionForm option = form.option(given.get(i));
            if (option == null) {
                return null;
            }
            if (option.isFlag()) {
                arguments.add(option.name(), "");
            } else if (i + 1 < given.size() && !given.get(i + 1).startsWith("-")) {
                i++;
                arguments.add(option.name(), given.get(i));
            } else {
                return null;
            }
        }
        return arguments;
    }
}
