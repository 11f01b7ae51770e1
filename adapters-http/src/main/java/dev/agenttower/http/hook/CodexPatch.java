package dev.agenttower.http.hook;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.project.TextPatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the patches of Codex: sections for files, of which those that update a file consist of hunks without line numbers. */
final class CodexPatch {
    private static final String BEGIN = "*** Begin Patch";
    private static final String END = "*** End Patch";
    private static final String ADD = "*** Add File: ";
    private static final String DELETE = "*** Delete File: ";
    private static final String UPDATE = "*** Update File: ";
    private static final String MOVE = "*** Move to: ";
    private static final String END_OF_FILE = "*** End of File";

    private final List<FileEdit> edits = new ArrayList<>();
    private @Nullable Section section;

    private CodexPatch() {}

    /** Whether a text holds a patch. */
    static boolean isWithin(String text) {
        return text.contains(BEGIN);
    }

    /**
     * The changes of a patch, in order. A moved file is deleted at its old path.
     *
     * @throws RefusedException INVALID, if it cannot be read or changes nothing
     */
    static List<FileEdit> edits(String text) {
        int begin = text.indexOf(BEGIN);
        if (begin < 0) {
            throw RefusedException.invalid("the patch has no line '" + BEGIN + "'");
        }
        CodexPatch patch = new CodexPatch();
        List<String> lines = text.substring(begin).lines().toList();
        int number = 1;
        while (number < lines.size() && !lines.get(number).strip().equals(END)) {
            patch.read(lines.get(number), number + 1);
            number++;
        }
        if (number == lines.size()) {
            throw RefusedException.invalid("the patch has no line '" + END + "'");
        }
        patch.closeSection();
        if (patch.edits.isEmpty()) {
            throw RefusedException.invalid("the patch changes no file");
        }
        return List.copyOf(patch.edits);
    }

    private void read(String line, int number) {
        if (line.startsWith(ADD) || line.startsWith(UPDATE) || line.startsWith(DELETE)) {
            closeSection();
            String kind = line.substring(0, line.indexOf(':') + 2);
            section = new Section(kind, line.substring(kind.length()).strip());
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
            if (path.isEmpty()) {
                throw RefusedException.invalid("the patch names no file after '" + kind.strip() + "'");
            }
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
                movedTo = line.substring(MOVE.length()).strip();
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
