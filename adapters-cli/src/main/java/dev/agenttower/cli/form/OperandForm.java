package dev.agenttower.cli.form;

/**
 * One argument of a command that has its place and no option before it.
 *
 * @param name what it is called in help, such as {@code PATH}; also the name under which it is read
 * @param isRequired whether the command cannot do without it
 */
public record OperandForm(String name, String description, boolean isRequired) {
    /** An argument that must be given. */
    public static OperandForm required(String name, String description) {
        return new OperandForm(name, description, true);
    }

    /** An argument that may be left out, if all after it are. */
    public static OperandForm optional(String name, String description) {
        return new OperandForm(name, description, false);
    }

    String synopsis() {
        return isRequired ? name : "[" + name + "]";
    }
}
