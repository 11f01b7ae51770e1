package dev.agenttower.core.text;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** New ids of stored rows: a prefix and twelve lower-case hex digits, or a UUID. */
public final class FreshIds {
    private static final int BYTES = 6;
    private static final int ATTEMPTS = 5;

    private static final long VERSION_4 = 0x4000L;
    private static final long VERSION_MASK = 0xf000L;
    private static final long VARIANT = 0x8000000000000000L;
    private static final long VARIANT_MASK = 0xc000000000000000L;

    private FreshIds() {}

    /** A UUID of version 4 in lower case. */
    public static String uuid(RandomGenerator random) {
        long high = (random.nextLong() & ~VERSION_MASK) | VERSION_4;
        long low = (random.nextLong() & ~VARIANT_MASK) | VARIANT;
        return new UUID(high, low).toString();
    }

    /**
     * An id that is not taken.
     *
     * @param kind names the rows in the refusal, such as {@code agent}
     * @throws RefusedException {@code INTERNAL_ERROR} if five ids in a row are taken
     */
    public static String next(String prefix, String kind, RandomGenerator random, Predicate<String> isTaken) {
        byte[] bytes = new byte[BYTES];
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            random.nextBytes(bytes);
            String id = prefix + HexFormat.of().formatHex(bytes);
            if (!isTaken.test(id)) {
                return id;
            }
        }
        throw new RefusedException(
                ErrorCode.INTERNAL_ERROR, ATTEMPTS + " new " + kind + " ids in a row were taken already; try again");
    }
}
