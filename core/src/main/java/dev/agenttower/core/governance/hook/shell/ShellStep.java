package dev.agenttower.core.governance.hook.shell;

import java.util.List;

/** A step of a script, in the order of its text; a substitution comes before the command that it is in. */
sealed interface ShellStep {
    /**
     * A simple command.
     *
     * @param words assignments, name and arguments
     */
    record Command(List<ShellWord> words, List<Redirection> redirections) implements ShellStep {}

    /** Begin and end of commands whose working folder is their own. */
    enum Scope implements ShellStep {
        /** It begins. */
        ENTER,
        /** It ends. */
        LEAVE
    }

    /**
     * A redirection.
     *
     * @param operator the operator without the number before it, such as {@code >>}
     * @param target the word behind it
     * @param body the text of a here-document or here-string; empty for other operators
     */
    record Redirection(String operator, ShellWord target, String body) {
        /** Whether it opens a file for writing. */
        boolean writes() {
            return switch (operator) {
                case ">", ">>", ">|", "&>", "&>>", "<>" -> true;
                case ">&" ->
                    !target.text().matches("\\d+-?|-")
                            && (target.isExact() || !target.text().isEmpty());
                default -> false;
            };
        }

        /** Whether its text is the input of the command. */
        boolean isText() {
            return operator.startsWith("<<");
        }
    }
}
