package dev.agenttower.bench.tmux;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Unpredictable tokens of sixteen hex digits, so that no pane can contain one. */
final class RandomTokens {
    private static final int BYTES = 8;

    private final SecureRandom random = new SecureRandom();

    /** A new token. */
    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
