package dev.agenttower.socket.server.transport;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.newsclub.net.unix.AFUNIXSelectorProvider;

/**
 * What the thread that reads the sockets waits for: new clients, connections that are watched, and being woken. Only {@link #wake()} may
 * be called by other threads.
 */
final class Selection implements Closeable {
    private final Selector selector;
    private final SelectionKey door;
    private final AtomicBoolean woken = new AtomicBoolean();
    private final List<Connection> ready = new ArrayList<>();
    private boolean clientsWait;

    Selection(Listener listener) throws IOException {
        selector = AFUNIXSelectorProvider.getInstance().openSelector();
        door = listener.register(selector);
    }

    /** Waits for at most so many nanoseconds, 0 being not at all and {@link Long#MAX_VALUE} for ever; then tells what is ready. */
    void await(long nanos) throws IOException {
        ready.clear();
        clientsWait = false;
        if (nanos == Long.MAX_VALUE) {
            selector.select();
        } else if (nanos <= 0) {
            selector.selectNow();
        } else {
            // Rounded up: a deadline that is not quite reached must not make the loop spin.
            selector.select(TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
        }
        woken.set(false);
        // A key whose peer has hung up is reported once and then counts as invalid, so nothing is asked of keys here.
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof Connection connection) {
                ready.add(connection);
            } else {
                clientsWait = true;
            }
        }
        selector.selectedKeys().clear();
    }

    /** The watched connections that had something for us at the end of the wait. */
    List<Connection> ready() {
        return ready;
    }

    /** Whether clients waited to be accepted at the end of the wait. */
    boolean clientsWait() {
        return clientsWait;
    }

    /** Lets the end of a wait tell of clients, or not. */
    void watchDoor(boolean watched) {
        door.interestOps(watched ? SelectionKey.OP_ACCEPT : 0);
    }

    /** Watches a connection for {@code operations}. */
    void watch(Connection connection, int operations) throws IOException {
        connection.watch(selector, operations);
    }

    /** Ends the present wait, or the next one at once. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
