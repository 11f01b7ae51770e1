package dev.agenttower.core.agent.screen;

/**
 * The box into which prompts are typed.
 *
 * @param top its first line of text
 * @param text what is typed into it, empty if that is nothing
 */
record InputBox(int top, String text) {
    /** The box from one line to another, before whose text stands a mark of so many columns. A text that is only faint is a hint of the client. */
    static InputBox of(Screen screen, int top, int bottom, int mark) {
        boolean isAtBegin = screen.row() == top && screen.column() <= mark;
        StringBuilder text = new StringBuilder();
        StringBuilder strong = new StringBuilder();
        for (int row = top; row <= bottom && row < screen.lines().size(); row++) {
            Screen.Line line = screen.lines().get(row);
            text.append(after(line.text(), mark)).append('\n');
            strong.append(after(line.strong(), mark)).append('\n');
        }
        String typed = text.toString().strip();
        return new InputBox(top, isAtBegin && (strong.toString().isBlank() || isHint(typed)) ? "" : typed);
    }

    private static String after(String line, int mark) {
        return line.length() <= mark ? "" : line.substring(mark);
    }

    /** The hints of the clients, for terminals without colours. */
    private static boolean isHint(String text) {
        return text.equals("Press up to edit queued messages")
                || text.startsWith("Try \"")
                || text.equals("Ask Codex to do anything")
                || text.equals("Type your message or @path/to/file");
    }
}
