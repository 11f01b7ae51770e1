package dev.agenttower.core.container;

/** Something being watched, until it is closed. Closing twice does nothing. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    /** Ends the watch and frees what it holds; no call begins afterwards. */
    @Override
    void close();
}
