package dev.agenttower.core.governance.hook.shell;

import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolJudgement;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects what a script does, and keeps its working folder. */
final class Effects {
    private static final int MAX_READS = 1000;
    private static final Pattern DEVICES = Pattern.compile("/dev/(?:null|zero|stdout|stderr|tty|fd/\\d+)");
    /** An option with a path in the same word. */
    private static final Pattern ATTACHED = Pattern.compile("-[A-Za-z](?:[@~.]|[^-]*/)");

    private static final String UNKNOWN = "\0";

    private final Set<FileEdit> edits = new LinkedHashSet<>();
    private final Set<String> folders = new LinkedHashSet<>();
    private final Set<String> reads = new LinkedHashSet<>();
    private final Set<String> objections = new LinkedHashSet<>();
    private String folder;
    private String lastFolder = UNKNOWN;

    Effects(String folder) {
        this.folder = folder;
    }

    ShellEffects result() {
        return new ShellEffects(List.copyOf(edits), List.copyOf(folders), List.copyOf(reads), List.copyOf(objections));
    }

    /** The working folder, to be given to {@link #returnTo}. */
    String folder() {
        return folder;
    }

    void returnTo(String earlier) {
        folder = earlier;
    }

    void changeFolder(ShellWord to) {
        String next = to.isExact() ? resolved(to.text()) : UNKNOWN;
        lastFolder = folder;
        folder = next.length() > Limits.PATH ? UNKNOWN : next;
    }

    /** Changes to the folder before. */
    void changeFolderBack() {
        String now = folder;
        folder = lastFolder;
        lastFolder = now;
    }

    /** A file is changed; of one that is not known, the folder counts. */
    void change(ShellWord path, String action) {
        if (!path.isExact()) {
            changeIn(path);
            return;
        }
        String full = resolved(path.text());
        if (!path.text().isEmpty()
                && !DEVICES.matcher(full).matches()
                && !full.equals(UNKNOWN)
                && edits.size() <= ToolJudgement.MAX_FILES) {
            edits.add(new FileEdit.Touched(full, action));
        }
    }

    void changeAll(List<ShellWord> paths, String action) {
        paths.forEach(path -> change(path, action));
    }

    /** Files somewhere in a folder are changed. */
    void changeIn(ShellWord path) {
        String full = resolved(path.isExact() ? path.text() : knownFolder(path.text()));
        if (!full.isEmpty() && !full.equals(UNKNOWN) && folders.size() <= ToolJudgement.MAX_FILES) {
            folders.add(full);
        }
    }

    /** A word may name a file that is read. */
    void read(ShellWord word) {
        String text = word.text();
        if (text.startsWith("--exclude")) {
            return;
        }
        int equals = text.indexOf('=');
        if (equals >= 0) {
            readPath(text.substring(equals + 1), word.isExact());
        }
        if (!word.isOption()) {
            readPath(text, word.isExact());
        } else if (ATTACHED.matcher(text).lookingAt()) {
            readPath(text.substring(2), word.isExact());
        }
    }

    private void readPath(String given, boolean isExact) {
        int colon = given.indexOf(':');
        if (given.startsWith("file://")) {
            readPath(given.substring("file://".length()), isExact);
        } else if (colon > 0) { // such as the two sides of a mount
            readPath(given.substring(0, colon), true);
        }
        String path = given.startsWith("@") || given.startsWith("<") ? given.substring(1) : given;
        String full = resolved(isExact ? path : knownFolder(path));
        if (!full.isEmpty() && full.length() <= Limits.PATH && !full.equals(UNKNOWN) && reads.size() < MAX_READS) {
            reads.add(full);
        }
    }

    void object(String objection) {
        if (objections.size() < ToolJudgement.MAX_DENIALS) {
            objections.add(objection);
        }
    }

    private static String knownFolder(String prefix) {
        return prefix.substring(0, prefix.lastIndexOf('/') + 1);
    }

    private String resolved(String path) {
        if (path.isEmpty() || path.startsWith("/") || path.equals("~") || path.startsWith("~/")) {
            return path;
        }
        if (folder.equals(UNKNOWN)) {
            return UNKNOWN;
        }
        return folder.isEmpty() ? path : folder + "/" + path;
    }
}
