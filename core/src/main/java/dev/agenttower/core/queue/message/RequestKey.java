package dev.agenttower.core.queue.message;

/**
 * The key by which a client marks repetitions of one request.
 *
 * @param scope the client, such as the id of the sending agent
 * @param key the client's own key, at most {@link #MAX_LENGTH} characters
 */
public record RequestKey(String scope, String key) {
    /** The most characters of a client's key. */
    public static final int MAX_LENGTH = 256;
    /** The keys that are remembered for one scope; the oldest is dropped first. */
    public static final int REMEMBERED = 256;
}
