package dev.agenttower.cli.form;

import org.jspecify.annotations.Nullable;

/**
 * One long option of a command.
 *
 * @param name with its dashes, such as {@code --json}
 * @param valueName what its value is called in help, or null for a flag
 * @param isRequired whether the command cannot do without it
 * @param isRepeatable whether it may be given several times; else the last one counts
 */
public record OptionForm(
        String name, @Nullable String valueName, String description, boolean isRequired, boolean isRepeatable) {
    /** {@code --json}, which most commands have. */
    public static final OptionForm JSON = flag("--json", "print one line of JSON on stdout");

    /** An option without a value. */
    public static OptionForm flag(String name, String description) {
        return new OptionForm(name, null, description, false, false);
    }

    /** An option with a value. */
    public static OptionForm value(String name, String valueName, String description) {
        return new OptionForm(name, valueName, description, false, false);
    }

    /** An option with a value that must be given. */
    public static OptionForm required(String name, String valueName, String description) {
        return new OptionForm(name, valueName, description, true, false);
    }

    /** An option with a value that may be given several times. */
    public static OptionForm repeatable(String name, String valueName, String description) {
        return new OptionForm(name, valueName, description, false, true);
    }

    boolean isFlag() {
        return valueName == null;
    }

    String synopsis() {
        String text = valueName == null ? name : name + " " + valueName;
        return isRequired ? text : "[" + text + "]" + (isRepeatable ? "..." : "");
    }
}
