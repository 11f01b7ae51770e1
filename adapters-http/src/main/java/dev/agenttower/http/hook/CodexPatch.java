package dev.agenttower.http.hook;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.project.TextPatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the patches of Codex: sections for files, of which those that update a file consist of hunks without line numbers. */
final class CodexPatch {
    private static final String BEGIN = "*** Begin Patch";
    private static final String END = "*** End Patch";
    private static final String ENVIRONMENT = "*** Environment ID: ";
    private static final Pattern APPLIES = Pattern.compile("\\bapply_?patch\\b");
    private static final Pattern BEGINS_WITH_IT =
            Pattern.compile("\\s*apply_?patch\\s*(?:<<-?\\s*['\"]?\\w+['\"]?|['\"])\\s*\\*\\*\\* Begin Patch");
    private static final String ADD = "*** Add File: ";
    private static final String DELETE = "*** Delete File: ";
    private static final String UPDATE = "*** Update File: ";
    private static final String MOVE = "*** Move to: ";
    private static final String END_OF_FILE = "*** End of File";

    private final List<FileEdit> edits = new ArrayList<>();
    private @Nullable Section section;

    private CodexPatch() {}

    /**
     * The patch that a shell command consists of; empty if it applies none.
     *
     * @throws RefusedException INVALID, if it applies one among other things, such as in another folder
     */
    static Optional<String> inCommand(String command) {
        if (!APPLIES.matcher(command).find() || !command.contains(BEGIN)) {
            return Optional.empty();
        }
        if (!BEGINS_WITH_IT.matcher(command).lookingAt()) {
            throw RefusedException.invalid("a patch among other commands cannot be judged; use apply_patch alone");
        }
        int end = command.lastIndexOf(END);
        return Optional.of(command.substring(command.indexOf(BEGIN), end < 0 ? command.length() : end + END.length()));
    }

    /**
     * The changes of a patch, in order. A moved file is deleted at its old path. Lines end with LF, and the last one ends the patch, as for Codex.
     *
     * @throws RefusedException INVALID, if it cannot be read or changes nothing
     */
    static List<FileEdit> edits(String text) {
        List<String> lines = List.of(text.strip().split("\n", -1));
        if (!content(lines.get(0)).strip().equals(BEGIN)) {
            throw RefusedException.invalid("the patch does not begin with the line '" + BEGIN + "'");
        }
        int last = lines.size() - 1;
        if (last == 0 || !content(lines.get(last)).strip().equals(END)) {
            throw RefusedException.invalid("the patch does not end with the line '" + END + "'");
        }
        CodexPatch patch = new CodexPatch();
        for (int i = 1; i < last; i++) {
            patch.read(content(lines.get(i)), i + 1);
        }
        patch.closeSection();
        if (patch.edits.isEmpty()) {
            throw RefusedException.invalid("the patch changes no file");
        }
        return List.copyOf(patch.edits);
    }

    private static String content(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    /** Codex removes white space at some ends of a name and keeps it at others. */
    private static String name(String text) {
        boolean hasBlankEnd = !text.isEmpty() && (isBlank(text.charAt(0)) || isBlank(text.charAt(text.length() - 1)));
        if (text.isEmpty() || hasBlankEnd) {
            throw RefusedException.invalid(
                    "the patch has a name of a file that is empty, or begins or ends with white space");
        }
        return text;
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || Character.isISOControl(c);
    }

    private void read(String line, int number) {
        if (section == null && line.startsWith(ENVIRONMENT)) {
            return;
        }
        if (line.startsWith(ADD) || line.startsWith(UPDATE) || line.startsWith(DELETE)) {
            closeSection();
            String kind = line.substring(0, line.indexOf(':') + 2);
            section = new Section(kind, name(line.substring(kind.length())));
            return;
        }
        if (section == null || !section.takes(line)) {
            throw RefusedException.invalid("line " + number + " of the patch cannot be read");
        }
    }

    private void closeSection() {
        if (section != null) {
            section.addTo(edits);
        }
        section = null;
    }

    /** The lines about one file. */
    private static final class Section {
        private final String kind;
        private final String path;
        private final List<TextPatch> hunks = new ArrayList<>();
        private final StringBuilder before = new StringBuilder();
        private final StringBuilder after = new StringBuilder();
        private @Nullable String movedTo;

        Section(String kind, String path) {
            this.kind = kind;
            this.path = path;
        }

        boolean takes(String line) {
            if (kind.equals(ADD) && line.startsWith("+")) {
                after.append(line, 1, line.length()).append('\n');
                return true;
            }
            return kind.equals(UPDATE) && takesInUpdate(line);
        }

        private boolean takesInUpdate(String line) {
            if (line.startsWith(MOVE)) {
                movedTo = name(line.substring(MOVE.length()));
            } else if (line.startsWith("@@")) {
                closeHunk();
            } else if (line.startsWith("+")) {
                after.append(line, 1, line.length()).append('\n');
            } else if (line.startsWith("-")) {
                before.append(line, 1, line.length()).append('\n');
            } else if (line.isEmpty() || line.startsWith(" ")) {
                String kept = line.isEmpty() ? "" : line.substring(1);
                before.append(kept).append('\n');
                after.append(kept).append('\n');
            } else {
                return line.strip().equals(END_OF_FILE);
            }
            return true;
        }

        private void closeHunk() {
            if (before.length() + after.length() > 0) {
                hunks.add(new TextPatch(before.toString(), after.toString()));
            }
            before.setLength(0);
            after.setLength(0);
        }

        void addTo(List<FileEdit> edits) {
            switch (kind) {
                case ADD -> edits.add(new FileEdit.Written(path, after.toString()));
                case DELETE -> edits.add(new FileEdit.Touched(path, "delete"));
                default -> {
                    closeHunk();
                    if (movedTo == null) {
                        edits.add(new FileEdit.Patched(path, hunks));
                    } else {
                        edits.add(new FileEdit.Touched(path, "delete"));
                        edits.add(new FileEdit.Touched(movedTo, "edit"));
                    }
                }
            }
        }
    }
}
