package dev.agenttower.core.agent;

/**
 * A pattern of names: {@code *} stands for any characters, {@code ?} for one, all others for themselves. Matching takes at most the time of the
 * length of the pattern for each character.
 *
 * @param glob 1 to 128 characters
 */
public record NamePattern(String glob) {
    private static final int MAX_LENGTH = 128;

    /**
     * Checks the length.
     *
     * @throws IllegalArgumentException if it is empty or too long
     */
    public NamePattern {
        if (glob.isEmpty() || glob.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("must have 1 to " + MAX_LENGTH + " characters");
        }
    }

    /** Whether the whole name fits. */
    public boolean matches(String name) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < name.length()) {
            if (at < glob.length() && glob.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < glob.length() && (glob.charAt(at) == '?' || glob.charAt(at) == name.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < glob.length() && glob.charAt(at) == '*') {
            at++;
        }
        return at == glob.length();
    }
}
