package dev.agenttower.core.agent.screen;

import dev.agenttower.core.agent.state.AgentState;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Claude Code draws its input box between two rules, and a dialog in its place. Its cursor stands in the box, or at the option that Enter would
 * choose.
 */
record ClaudeScreen(Screen screen) {
    private static final int MARK = 2;
    private static final Pattern RULE = Pattern.compile("─{10,}.*");
    private static final Pattern PREVIEW = Pattern.compile("\\s*╌{10,}");
    private static final Pattern OPTION = Pattern.compile("\\s*❯ \\S.*");
    private static final Pattern KEYS = Pattern.compile(".*\\b(Enter|Esc|Tab) to \\w+.*");
    private static final Pattern ASKS = Pattern.compile("\\s*Do you want to .*\\?");
    private static final Pattern WORKS = Pattern.compile(
            "[·✢✣✤✥✦✧✳✴✶✷✸✹✺✻✼✽✾*∗+] (\\S.*…( .*)?|.* · (retrying in .*)|Waiting for \\d+ background .*)");

    Optional<ScreenReading> reading() {
        InputBox box = box();
        return box == null ? dialog() : Optional.of(conversation(box));
    }

    private @Nullable InputBox box() {
        int top = screen.row();
        while (top >= 0 && !isRule(top)) {
            top--;
        }
        int bottom = screen.row();
        while (bottom < screen.lines().size() && !isRule(bottom)) {
            bottom++;
        }
        String first = screen.text(top + 1);
        boolean isBox = top >= 0
                && top < screen.row()
                && bottom < screen.lines().size()
                && (first.startsWith("❯") || first.startsWith("!"))
                && screen.column() >= MARK;
        return isBox ? InputBox.of(screen, top + 1, bottom - 1, MARK) : null;
    }

    private boolean isRule(int row) {
        return RULE.matcher(screen.text(row)).matches();
    }

    /** The last thing that was said or done tells what comes next. */
    private ScreenReading conversation(InputBox box) {
        String last = "";
        for (int row = box.top() - 2; row >= 0; row--) {
            String line = screen.text(row);
            if (WORKS.matcher(line).matches()) {
                return ScreenReading.of(
                        AgentState.WORKING,
                        line.contains(" · retrying in ") ? line.substring(2) : "",
                        line,
                        box.text());
            }
            if (line.startsWith("● API Error")) {
                return ScreenReading.of(AgentState.ERROR, line.substring(2), line, box.text());
            }
            // What is right of the box belongs to the box.
            boolean isAside = line.startsWith(" ".repeat(10));
            if (last.isEmpty() && !isAside) {
                last = line.strip();
            }
            if (!line.isEmpty() && !Character.isWhitespace(line.charAt(0))) {
                break;
            }
        }
        if (isFooter("esc to interrupt")) {
            return ScreenReading.of(AgentState.WORKING, "", "", box.text());
        }
        return ScreenReading.of(
                AgentState.IDLE, last.startsWith("⎿  Interrupted ·") ? "interrupted" : "", "", box.text());
    }

    private boolean isFooter(String hint) {
        for (int row = screen.lines().size() - 1; row > screen.row() && !isRule(row); row--) {
            if (screen.text(row).contains(hint)) {
                return true;
            }
        }
        return false;
    }

    private Optional<ScreenReading> dialog() {
        int keys = lastLine();
        boolean isDialog = keys >= 0
                && KEYS.matcher(screen.text(keys)).matches()
                && screen.row() < keys
                && OPTION.matcher(screen.text(screen.row())).matches();
        if (!isDialog) {
            return Optional.empty();
        }
        int top = screen.row();
        while (top > 0 && !isRule(top) && !screen.text(top).strip().startsWith("▔▔")) {
            top--;
        }
        String title = "";
        String preview = "";
        boolean isPermission = screen.text(keys).contains("Tab to amend");
        for (int row = top + 1; row < screen.row(); row++) {
            String line = screen.text(row).strip();
            isPermission |= ASKS.matcher(line).matches();
            // The question follows its heading.
            if (title.isEmpty() || (title.startsWith("☐") && !line.isEmpty())) {
                title = line;
            }
            if (preview.isEmpty() && PREVIEW.matcher(screen.text(row - 1)).matches()) {
                preview = line;
            }
        }
        return Optional.of(ScreenReading.of(
                isPermission ? AgentState.WAITING_PERMISSION : AgentState.WAITING_INPUT,
                preview.isEmpty() ? title : title + ": " + preview,
                "",
                null));
    }

    private int lastLine() {
        int row = screen.lines().size() - 1;
        while (row >= 0 && screen.text(row).isEmpty()) {
            row--;
        }
        return row;
    }
}
