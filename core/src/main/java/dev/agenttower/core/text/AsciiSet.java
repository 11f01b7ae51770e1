package dev.agenttower.core.text;

/**
 * The ASCII characters that occur in a text.
 *
 * @param low a bit for each of U+0000 to U+003F
 * @param high a bit for each of U+0040 to U+007F
 */
record AsciiSet(long low, long high) {
    static AsciiSet of(String text) {
        long low = 0;
        long high = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            long bit = 1L << c; // of the lower six bits of c
            if (c < 0x40) {
                low |= bit;
            } else if (c < 0x80) {
                high |= bit;
            }
        }
        return new AsciiSet(low, high);
    }

    boolean containsAll(AsciiSet other) {
        return (other.low & ~low) == 0 && (other.high & ~high) == 0;
    }
}
