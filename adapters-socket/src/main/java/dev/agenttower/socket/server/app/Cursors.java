package dev.agenttower.socket.server.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.page.Position;
import dev.agenttower.socket.server.wire.JsonText;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Cursors of lists: the end of a page, with its list, order and filters, as text that clients can neither read nor forge. Positions that
 * are too long for the text are stored here, the latest {@value #REMEMBERED} of them, and the cursor only refers to them. Cursors become
 * invalid with this object. Thread-safe.
 */
final class Cursors {
    /** The maximum length of a cursor. */
    static final int MAX_LENGTH = 512;

    private static final String FIELD = "cursor_next";
    private static final int REMEMBERED = 256;
    private static final int KEY_BYTES = 32;
    private static final int HASH_BYTES = 8;
    private static final int MAC_BYTES = 16;
    private static final int HEAD_BYTES = 1 + 2 * HASH_BYTES;
    private static final byte INLINE = 0;
    private static final byte BY_NAME = 1;

    private final JsonText json;
    private final SecretKeySpec key;
    private final Map<Long, Position> remembered = new LinkedHashMap<>(16, 0.75f, true);
    private long lastName;

    /**
     * Starts without cursors.
     *
     * @param random must be cryptographically strong
     */
    Cursors(JsonText json, RandomGenerator random) {
        this.json = json;
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /**
     * The query that a cursor belongs to.
     *
     * @param list the name of the list
     * @param ordering the order, as in the answer
     * @param filters the filters in a canonical form
     */
    record Binding(String list, String ordering, String filters) {}

    /** The cursor for a position. */
    String write(Binding binding, Position position) {
        byte[] inline = encode(position);
        String cursor = text(binding, INLINE, inline);
        return cursor.length() <= MAX_LENGTH ? cursor : text(binding, BY_NAME, remember(position));
    }

    /**
     * The position of a cursor.
     *
     * @throws RefusedException if the cursor was not created here, or for another list, order or filters
     */
    Position read(Binding binding, String cursor) {
        if (cursor.length() > MAX_LENGTH) {
            throw RefusedException.invalid(FIELD, "too long");
        }
        byte[] bytes = decode(cursor);
        byte[] content = Arrays.copyOf(bytes, bytes.length - MAC_BYTES);
        byte[] mac = Arrays.copyOfRange(bytes, content.length, bytes.length);
        if (!MessageDigest.isEqual(mac, mac(binding, content))) {
            throw malformed();
        }
        requireSame(content, 1, binding.ordering(), "order_by changed mid-pagination");
        requireSame(content, 1 + HASH_BYTES, binding.filters(), "filters changed mid-pagination");
        byte[] place = Arrays.copyOfRange(content, HEAD_BYTES, content.length);
        return content[0] == INLINE
                ? decodePosition(place)
                : recall(ByteBuffer.wrap(place).getLong());
    }

    private String text(Binding binding, byte kind, byte[] place) {
        byte[] content = ByteBuffer.allocate(HEAD_BYTES + place.length)
                .put(kind)
                .put(hash(binding.ordering()))
                .put(hash(binding.filters()))
                .put(place)
                .array();
        byte[] whole = ByteBuffer.allocate(content.length + MAC_BYTES)
                .put(content)
                .put(mac(binding, content))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    private static byte[] decode(String cursor) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
        // Several texts decode to the same bytes; only the issued one is valid.
        boolean canonical =
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(cursor);
        if (!canonical || bytes.length < HEAD_BYTES + MAC_BYTES) {
            throw malformed();
        }
        return bytes;
    }

    private static void requireSame(byte[] content, int from, String value, String otherwise) {
        if (!Arrays.equals(Arrays.copyOfRange(content, from, from + HASH_BYTES), hash(value))) {
            throw RefusedException.invalid(FIELD, otherwise);
        }
    }

    private byte[] encode(Position position) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (Object value : position.values()) {
            if (value instanceof String text) {
                values.add(text);
            } else {
                values.add(((Number) value).longValue());
            }
        }
        return json.line(values);
    }

    private Position decodePosition(byte[] place) {
        List<Object> values = new ArrayList<>();
        for (JsonNode value : json.value(new String(place, UTF_8))) {
            values.add(value.isTextual() ? value.textValue() : (Object) value.longValue());
        }
        return new Position(values);
    }

    private synchronized byte[] remember(Position position) {
        long name = ++lastName;
        remembered.put(name, position);
        if (remembered.size() > REMEMBERED) {
            remembered.remove(remembered.keySet().iterator().next());
        }
        return ByteBuffer.allocate(Long.BYTES).putLong(name).array();
    }

    private synchronized Position recall(long name) {
        Position position = remembered.get(name);
        if (position == null) {
            throw malformed();
        }
        return position;
    }

    private static RefusedException malformed() {
        return RefusedException.invalid(FIELD, "malformed");
    }

    private static byte[] hash(String value) {
        try {
            return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(value.getBytes(UTF_8)), HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] mac(Binding binding, byte[] content) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update(binding.list().getBytes(UTF_8));
            mac.update((byte) 0);
            return Arrays.copyOf(mac.doFinal(content), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
