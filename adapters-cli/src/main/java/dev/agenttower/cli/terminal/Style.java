package dev.agenttower.cli.terminal;

/**
 * Colours, or none. Applied after text was cut and padded, because the codes take no columns.
 *
 * @param isOn whether codes are written at all
 */
public record Style(boolean isOn) {
    /** No colours. */
    public static final Style PLAIN = new Style(false);

    /** A heading. */
    public String bold(String text) {
        return code("1", text);
    }

    /** Of less interest. */
    public String dim(String text) {
        return code("2", text);
    }

    /** Well. */
    public String good(String text) {
        return code("32", text);
    }

    /** To be looked at. */
    public String warning(String text) {
        return code("33", text);
    }

    /** To be typed. */
    public String command(String text) {
        return code("1;36", text);
    }

    private String code(String code, String text) {
        return isOn ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
