package dev.agenttower.core.container;

/** A running watch or listener registration. Closing is idempotent. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    /** Ends the watch and frees its resources; no call begins afterwards. */
    @Override
    void close();
}
