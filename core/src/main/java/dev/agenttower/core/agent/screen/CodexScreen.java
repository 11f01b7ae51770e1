package dev.agenttower.core.agent.screen;

import dev.agenttower.core.agent.state.AgentState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Codex shows the cursor only in its input box; a dialog or a menu stands in the place of the box. */
record CodexScreen(Screen screen) {
    private static final int MARK = 2;
    private static final Pattern WORKS = Pattern.compile("\\S .*\\(\\d+\\w.*esc to interrupt\\).*");
    private static final Pattern OPTION = Pattern.compile("[› ] \\d+\\. \\S.*");
    private static final Pattern CHOSEN = Pattern.compile("› \\d+\\. \\S.*");
    private static final Pattern KEYS = Pattern.compile(".*\\b(enter|esc)\\b.*");
    private static final Pattern ASKS = Pattern.compile("(Would you like to|Allow|Do you want to) .*");
    private static final Pattern SUBJECT = Pattern.compile("(?:\\$|Destination:) (\\S.*)");

    Optional<ScreenReading> reading() {
        InputBox box = box();
        return box == null ? dialog() : Optional.of(conversation(box));
    }

    private @Nullable InputBox box() {
        int top = screen.row();
        while (top >= 0 && (screen.text(top).isEmpty() || screen.text(top).startsWith("  "))) {
            top--;
        }
        if (!screen.isCursorVisible()
                || screen.column() < MARK
                || !screen.text(top).startsWith("›")) {
            return null;
        }
        int bottom = screen.row();
        while (!screen.text(bottom + 1).isEmpty()) {
            bottom++;
        }
        return InputBox.of(screen, top, bottom, MARK);
    }

    /** The last thing that was said or done tells what comes next. */
    private ScreenReading conversation(InputBox box) {
        for (int row = box.top() - 1; row >= 0; row--) {
            String line = screen.text(row);
            if (WORKS.matcher(line).matches()) {
                return ScreenReading.of(AgentState.WORKING, "", line, box.text());
            }
            if (line.startsWith("■ Conversation interrupted")) {
                return ScreenReading.of(AgentState.IDLE, "interrupted", "", box.text());
            }
            if (line.startsWith("■ ")) {
                return ScreenReading.of(AgentState.ERROR, line.substring(2), line, box.text());
            }
            boolean isOver = line.startsWith("  Worked for ");
            boolean isNote = line.isEmpty() || line.startsWith(" ") || line.startsWith("• Messages to be submitted");
            if (isOver || !isNote) {
                break;
            }
        }
        return ScreenReading.of(AgentState.IDLE, "", "", box.text());
    }

    private Optional<ScreenReading> dialog() {
        int keys = screen.lines().size() - 1;
        while (keys >= 0 && screen.text(keys).isEmpty()) {
            keys--;
        }
        if (screen.isCursorVisible()
                || keys < 0
                || !KEYS.matcher(screen.text(keys)).matches()) {
            return Optional.empty();
        }
        int top = keys - 1;
        boolean isChosen = false;
        while (top >= 0 && (!isChosen || OPTION.matcher(screen.text(top)).matches())) {
            isChosen |= CHOSEN.matcher(screen.text(top)).matches();
            top--;
        }
        if (!isChosen) {
            return Optional.empty();
        }
        boolean isPermission = false;
        String title = "";
        String subject = "";
        while (top >= 0 && (screen.text(top).isEmpty() || screen.text(top).startsWith("  "))) {
            String line = screen.text(top).strip();
            if (OPTION.matcher(screen.text(top)).matches() || line.startsWith("Worked for ") || line.startsWith("› ")) {
                break;
            }
            title = line.isEmpty() ? title : line;
            Matcher about = SUBJECT.matcher(line);
            subject = about.matches() ? about.group(1) : subject;
            isPermission |= ASKS.matcher(line).matches();
            if (isPermission) {
                break;
            }
            top--;
        }
        return Optional.of(ScreenReading.of(
                isPermission ? AgentState.WAITING_PERMISSION : AgentState.WAITING_INPUT,
                subject.isEmpty() ? title : subject,
                "",
                null));
    }
}
