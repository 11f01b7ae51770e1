package dev.agenttower.http.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.newsclub.net.unix.AFUNIXSelectorProvider;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets clients in and listens to them until a whole head is there, all on the one thread that runs it, so that clients that are silent, slow or idle
 * cost memory but no worker. {@link #giveBack} and {@link #stop} may be called by other threads.
 */
final class Reception implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    /** Clients let in before those that are in get their turn. */
    private static final int BATCH = 64;

    private static final int SCRATCH = 16 << 10;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** What may be held of heads that are not whole yet. */
    private static final long MOST_HELD = 8 << 20;

    private final Listener listener;
    private final Selector selector;
    private final HttpLimits limits;
    private final Function<AFUNIXSocketChannel, Optional<Conversation>> welcome;
    private final Predicate<Conversation> handOver;
    private final Consumer<Throwable> onFatal;
    private final Set<Conversation> listening = new LinkedHashSet<>();
    private final Queue<Conversation> returned = new ConcurrentLinkedQueue<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
    private volatile boolean isStopping;

    /**
     * A reception that does nothing yet.
     *
     * @param welcome makes a conversation of a client, unless the client is gone
     * @param handOver gives a conversation with a whole head to a worker; false if none can take it
     * @param onFatal is told of a failure that ended the thread
     */
    Reception(
            Listener listener,
            HttpLimits limits,
            Function<AFUNIXSocketChannel, Optional<Conversation>> welcome,
            Predicate<Conversation> handOver,
            Consumer<Throwable> onFatal)
            throws IOException {
        this.listener = listener;
        this.limits = limits;
        this.welcome = welcome;
        this.handOver = handOver;
        this.onFatal = onFatal;
        this.selector = AFUNIXSelectorProvider.getInstance().openSelector();
        listener.register(selector);
    }

    /** Listens again to one that was served. */
    void giveBack(Conversation conversation) {
        returned.add(conversation);
        selector.wakeup();
    }

    /** Lets nobody in any more, and ends the thread. */
    void stop() {
        isStopping = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!isStopping) {
                try {
                    round();
                } catch (OutOfMemoryError e) { // the next round has what others let go of
                    LOG.error("no memory to listen: {}", e.getMessage());
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (IOException | RuntimeException | Error failure) { // outermost loop: whoever owns the server decides
            if (!isStopping) {
                onFatal.accept(failure);
            }
        } finally {
            close();
        }
    }

    private void round() throws IOException {
        selector.select();
        List<Conversation> ready = new ArrayList<>();
        boolean clientsWait = false;
        // A key whose peer has hung up is reported once and then counts as invalid, so nothing is asked of keys here.
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof Conversation conversation) {
                ready.add(conversation);
            } else {
                clientsWait = true;
            }
        }
        selector.selectedKeys().clear();
        ready.forEach(this::listen);
        for (Conversation back = returned.poll(); back != null; back = returned.poll()) {
            listen(back);
        }
        if (clientsWait) {
            letIn();
        }
    }

    private void letIn() throws IOException {
        for (int i = 0; i < BATCH; i++) {
            AFUNIXSocketChannel channel;
            try {
                channel = listener.accept();
            } catch (IOException e) {
                if (!listener.isOpen()) {
                    throw e;
                }
                // Out of descriptors, or a client that left: neither is a reason to stop.
                LOG.debug("accept: {}", e.toString());
                makeRoom();
                LockSupport.parkNanos(PAUSE_NANOS);
                return;
            }
            if (channel == null) {
                return;
            }
            welcome.apply(channel).ifPresent(this::listen);
        }
    }

    private void listen(Conversation conversation) {
        listening.remove(conversation);
        try {
            if (!conversation.listen(selector, scratch)) {
                listening.add(conversation);
                if (listening.size() > limits.listening() || heldBytes() > MOST_HELD) {
                    makeRoom();
                }
                return;
            }
        } catch (IOException gone) {
            LOG.trace("a client left", gone);
            conversation.close();
            return;
        } catch (RuntimeException | Error broken) {
            conversation.close();
            throw broken;
        }
        if (!handOver.test(conversation)) {
            conversation.turnAway();
        }
    }

    private long heldBytes() {
        return listening.stream().mapToLong(Conversation::heldBytes).sum();
    }

    /** Turns the one away that is silent for longest, first among those that never had a request. */
    private void makeRoom() {
        listening.stream()
                .min(Comparator.comparing(Conversation::isNew).reversed().thenComparing(Conversation::deadline))
                .ifPresent(this::dismiss);
    }

    private void dismiss(Conversation conversation) {
        listening.remove(conversation);
        try {
            conversation.stopListening();
            conversation.turnAway();
        } catch (IOException gone) {
            LOG.trace("a client left", gone);
        }
        conversation.close();
    }

    private void close() {
        try {
            listener.close();
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing the listener: {}", e.toString());
        }
        listening.forEach(Conversation::close);
    }
}
