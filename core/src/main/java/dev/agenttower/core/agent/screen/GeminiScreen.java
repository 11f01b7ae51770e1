package dev.agenttower.core.agent.screen;

import dev.agenttower.core.agent.state.AgentState;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gemini CLI draws its input box below a rule, and dialogs in a frame in its place, with the cursor at the left edge. */
record GeminiScreen(Screen screen) {
    private static final int MARK = 3;
    /** The lines between the rule and the box. */
    private static final int MODES = 4;

    private static final Pattern RULE = Pattern.compile("─{10,}.*");
    private static final Pattern WORKS = Pattern.compile("( ?[\\u2800-\\u28ff]|\\? for shortcuts).*\\(esc to cancel.*");
    private static final Pattern FRAMED = Pattern.compile("\\s*│\\s?(.*?)\\s*│");
    private static final Pattern CHOSEN = Pattern.compile("\\s*● \\d+\\. \\S.*");

    Optional<ScreenReading> reading() {
        int top = screen.row();
        while (top >= 0 && (screen.text(top).isEmpty() || screen.text(top).startsWith("   "))) {
            top--;
        }
        int rule = top;
        while (rule >= 0
                && rule >= top - MODES
                && !RULE.matcher(screen.text(rule)).matches()) {
            rule--;
        }
        boolean isBox =
                screen.column() >= MARK && screen.text(top).matches(" [>!*].*") && rule >= 0 && rule >= top - MODES;
        return isBox ? Optional.of(conversation(top, rule)) : dialog();
    }

    private ScreenReading conversation(int top, int rule) {
        int bottom = screen.row();
        while (screen.text(bottom + 1).startsWith("   ")) {
            bottom++;
        }
        String input = InputBox.of(screen, top, bottom, MARK).text();
        for (int row = rule - 1; row >= 0; row--) {
            String line = screen.text(row);
            if (WORKS.matcher(line).matches()) {
                return ScreenReading.of(AgentState.WORKING, "", line, input);
            }
            if (line.startsWith("✕ ")) {
                return ScreenReading.of(AgentState.ERROR, line.substring(2), line, input);
            }
            if (line.startsWith("ℹ Request cancelled.")) {
                return ScreenReading.of(AgentState.IDLE, "interrupted", "", input);
            }
            if (line.startsWith("✦") || line.startsWith(" > ")) {
                break;
            }
        }
        return ScreenReading.of(AgentState.IDLE, "", "", input);
    }

    private Optional<ScreenReading> dialog() {
        int bottom = screen.lines().size() - 1;
        while (bottom >= 0 && screen.text(bottom).isEmpty()) {
            bottom--;
        }
        if (bottom < 0 || !screen.text(bottom).strip().startsWith("╰")) {
            return Optional.empty();
        }
        boolean isChosen = false;
        boolean isPermission = false;
        String title = "";
        for (int row = bottom - 1; row >= 0; row--) {
            Matcher framed = FRAMED.matcher(screen.text(row));
            if (!framed.matches()) {
                break;
            }
            String line = framed.group(1);
            isChosen |= CHOSEN.matcher(line).matches();
            isPermission |= isChosen && line.strip().matches("(● )?\\d+\\. Allow .*");
            boolean isText = isChosen && !line.isBlank() && line.codePoints().anyMatch(Character::isLetter);
            title = isText ? line.strip() : title;
        }
        String asked = title.startsWith("? ") ? title.substring(2).strip().replaceAll("\\s{2,}", ": ") : title;
        return isChosen
                ? Optional.of(ScreenReading.of(
                        isPermission ? AgentState.WAITING_PERMISSION : AgentState.WAITING_INPUT, asked, "", null))
                : Optional.empty();
    }
}
