package dev.agenttower.bench.tmux;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Words that no pane can hold by chance and none can foresee: sixteen hex digits. */
final class RandomTokens {
    private static final int BYTES = 8;

    private final SecureRandom random = new SecureRandom();

    /** A new word. */
    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
