package dev.agenttower.core.governance.human;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A salted hash of a passphrase that takes about a third of a second to compute, once the loop is compiled by the optimizing compiler.
 *
 * @param iterations the number of PBKDF2 iterations
 * @param salt sixteen random bytes, in hexadecimal
 * @param hash the hash, in hexadecimal
 */
public record PassphraseHash(int iterations, String salt, String hash) {
    private static final String ALGORITHM = "PBKDF2WithHmacSHA256";
    private static final int ITERATIONS = 600_000;
    private static final int FEWEST_ITERATIONS = 100_000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LONGEST = 1024;

    /**
     * Checks the values.
     *
     * @throws BrokenPassphraseException if one is out of range or malformed
     */
    public PassphraseHash {
        if (iterations < FEWEST_ITERATIONS
                || iterations > MOST_ITERATIONS
                || !isHex(salt, SALT_BYTES)
                || !isHex(hash, HASH_BYTES)) {
            throw new BrokenPassphraseException("the stored passphrase is malformed", null);
        }
    }

    /**
     * The hash of a new passphrase.
     *
     * @param random a cryptographically secure source
     * @throws IllegalArgumentException if the passphrase is empty or longer than 1,024 characters
     */
    public static PassphraseHash create(char[] passphrase, Random random) {
        if (passphrase.length == 0 || passphrase.length > LONGEST) {
            throw new IllegalArgumentException("a passphrase has 1 to " + LONGEST + " characters");
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        HexFormat hex = HexFormat.of();
        return new PassphraseHash(
                ITERATIONS, hex.formatHex(salt), hex.formatHex(derived(passphrase, salt, ITERATIONS)));
    }

    /**
     * Reads the map of {@link #fields()}.
     *
     * @throws BrokenPassphraseException if it is malformed
     */
    public static PassphraseHash of(Map<?, ? extends @Nullable Object> fields) {
        if (!ALGORITHM.equals(fields.get("algorithm"))
                || !(fields.get("iterations") instanceof Integer iterations)
                || !(fields.get("salt") instanceof String salt)
                || !(fields.get("hash") instanceof String hash)) {
            throw new BrokenPassphraseException("the stored passphrase is malformed", null);
        }
        return new PassphraseHash(iterations, salt, hash);
    }

    /** The fields to store, in order. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("algorithm", ALGORITHM);
        fields.put("iterations", iterations);
        fields.put("salt", salt);
        fields.put("hash", hash);
        return fields;
    }

    /** Whether this is the passphrase. Hashes are compared in constant time. */
    public boolean matches(char[] passphrase) {
        if (passphrase.length == 0 || passphrase.length > LONGEST) {
            return false;
        }
        HexFormat hex = HexFormat.of();
        return MessageDigest.isEqual(derived(passphrase, hex.parseHex(salt), iterations), hex.parseHex(hash));
    }

    /** Omits the salt and the hash. */
    @Override
    public String toString() {
        return "PassphraseHash[iterations=" + iterations + "]";
    }

    private static boolean isHex(String text, int bytes) {
        return text.length() == 2 * bytes && text.chars().allMatch(HexFormat::isHexDigit);
    }

    private static byte[] derived(char[] passphrase, byte[] salt, int iterations) {
        PBEKeySpec key = new PBEKeySpec(passphrase, salt, iterations, HASH_BYTES * Byte.SIZE);
        try {
            return SecretKeyFactory.getInstance(ALGORITHM).generateSecret(key).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        } finally {
            key.clearPassword();
        }
    }
}
