package dev.agenttower.cli.terminal;

/**
 * Colours, or none. Applied after text is cut and padded, because the codes take no columns.
 *
 * @param isOn whether codes are written
 */
public record Style(boolean isOn) {
    /** No colours. */
    public static final Style PLAIN = new Style(false);

    /** A heading. */
    public String bold(String text) {
        return code("1", text);
    }

    /** A minor detail. */
    public String dim(String text) {
        return code("2", text);
    }

    /** A good state. */
    public String good(String text) {
        return code("32", text);
    }

    /** A warning. */
    public String warning(String text) {
        return code("33", text);
    }

    /** A command to type. */
    public String command(String text) {
        return code("1;36", text);
    }

    /** A failure, or a missing thing. */
    public String bad(String text) {
        return code("31", text);
    }

    /** The selected row. */
    public String selected(String text) {
        return code("7", text);
    }

    /** A location. */
    public String place(String text) {
        return code("36", text);
    }

    private String code(String code, String text) {
        return isOn ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
