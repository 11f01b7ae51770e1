package dev.agenttower.core.event;

/**
 * Cuts excerpts.
 *
 * @param cap the most bytes of UTF-8, the marker included
 * @param marker ends an excerpt that is cut
 */
record Excerpts(int cap, String marker) {
    String of(String text) {
        // No character takes more than three bytes, or four as a pair of two.
        if (text.length() * 3L <= cap || fits(text, cap) == text.length()) {
            return text;
        }
        int room = cap - length(marker);
        return room <= 0 ? marker.substring(0, fits(marker, cap)) : text.substring(0, fits(text, room)) + marker;
    }

    /** The longest prefix of whole characters that takes at most {@code bytes}. */
    private static int fits(String text, int bytes) {
        int taken = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            taken += length(c);
            if (taken > bytes) {
                return at;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    private static int length(String text) {
        return text.codePoints().map(Excerpts::length).sum();
    }

    private static int length(int c) {
        return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }
}
