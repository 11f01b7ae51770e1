package dev.agenttower.unix.connection;

import dev.agenttower.unix.BoundSocket;
import dev.agenttower.unix.PeerCredentials;
import dev.agenttower.unix.connection.ConnectionLimits.Deadlines;
import dev.agenttower.unix.connection.ConnectionState.Phase;
import dev.agenttower.unix.connection.Session.Rejection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSelectorProvider;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop of a server: one thread accepts connections, receives their requests, and sends the rest of answers that clients read
 * slowly. A connection has a worker only while its request is served, so silent, slow, idle or waiting clients take memory but no thread.
 * Other threads may call {@link #stop()} and {@link #endWorkers}.
 */
final class ConnectionLoop implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionLoop.class);
    /** The number of accepted connections before open connections are served. */
    private static final int BATCH = 64;

    private static final int SCRATCH = 64 << 10;
    /** What a client may send of its next request while it waits. */
    private static final int MOST_EARLY = 8 << 10;

    private static final long CHECK_MILLIS = 100;
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(CHECK_MILLIS);
    private static final long PAUSE_MILLIS = 50;

    private final BoundSocket listener;
    private final Protocol protocol;
    private final ConnectionLimits limits;
    private final Deadlines deadlines;
    private final LongSupplier ticker;
    private final Consumer<Throwable> onFatal;
    private final RequestService service;
    private final Selector selector;
    private final SelectionKey acceptKey;
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();
    /** Returned by workers, or by this thread for its next round. */
    private final Queue<Connection> returned = new ConcurrentLinkedQueue<>();
    /** Waiting connections whose event has occurred. */
    private final Queue<Connection> resumed = new ConcurrentLinkedQueue<>();

    private final WatchedConnections watched = new WatchedConnections();

    private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH);
    private final List<Connection> ready = new ArrayList<>();
    private long lastCheck = System.nanoTime();
    private long acceptsAgainAt;
    private boolean isPaused;
    private volatile boolean isStopping;
    private volatile boolean isFailed;
    private volatile boolean hasEnded;
    private @Nullable Thread own;

    ConnectionLoop(
            String name,
            BoundSocket listener,
            Protocol protocol,
            ConnectionLimits limits,
            LongSupplier ticker,
            Consumer<Throwable> onFatal)
            throws IOException {
        this.listener = listener;
        this.protocol = protocol;
        this.limits = limits;
        this.deadlines = limits.deadlines();
        this.ticker = ticker;
        this.onFatal = onFatal;
        this.service = new RequestService(name, limits, ticker, this::giveBack, this::onCome, this::fail);
        this.selector = AFUNIXSelectorProvider.getInstance().openSelector();
        this.acceptKey = listener.register(selector);
    }

    // Called by other threads.

    /** Stops accepting, lets the thread wait a bounded time for requests in progress, and ends it. */
    void stop() {
        isStopping = true;
        open.forEach(Connection::setLast);
        wake();
    }

    /** Checks soon whether waiting connections have got what they wait for. */
    void wakeWaiting() {
        service.wake();
    }

    /** Interrupts the workers, waits for their end up to the time limit and closes the remaining connections; false if some workers still run. */
    boolean endWorkers(Duration patience) throws InterruptedException {
        boolean haveEnded = service.close(patience);
        // A worker that still runs may hold a descriptor, which is then closed with the process.
        open.forEach(haveEnded ? Connection::close : Connection::abandon);
        return haveEnded;
    }

    private void forget(Connection connection) {
        open.remove(connection);
        if (isStopping) {
            wake();
        }
    }

    private void wake() {
        if (Thread.currentThread() != own && isWoken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    private void fail(Throwable failure) {
        if (!isStopping) {
            isFailed = true;
            onFatal.accept(failure);
        }
        stop();
    }

    // The loop.

    @Override
    public void run() {
        own = Thread.currentThread();
        try {
            while (!isStopping) {
                round(!open.isEmpty() || isPaused);
            }
            finishInFlight();
        } catch (IOException | RuntimeException | Error failure) {
            // The outermost loop: without this thread the daemon serves nothing, so its owner must end it.
            fail(failure);
        } finally {
            closeAll();
        }
    }

    private void round(boolean isPeriodic) throws IOException {
        try {
            boolean clientsWait = select(isPeriodic);
            ready.forEach(this::serveReady);
            if (clientsWait && !isStopping) {
                accept();
            }
            for (Connection next = resumed.poll(); next != null; next = resumed.poll()) {
                resume(next);
            }
            Connection last = null;
            for (int left = returned.size(); left > 0 && (last = returned.poll()) != null; left--) {
                serveReady(last);
            }
            checkDeadlines();
        } catch (OutOfMemoryError e) { // the next round may have freed memory
            LOG.error("no memory to listen: {}", e.getMessage());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
    }

    /** Waits until a channel is ready; true if there are clients to accept. */
    private boolean select(boolean isPeriodic) throws IOException {
        if (!returned.isEmpty()) {
            selector.selectNow();
        } else if (isPeriodic) {
            selector.select(isPaused ? PAUSE_MILLIS : CHECK_MILLIS);
        } else {
            selector.select();
        }
        isWoken.set(false);
        if (isPaused && System.nanoTime() - acceptsAgainAt >= 0) {
            isPaused = false;
            acceptKey.interestOps(SelectionKey.OP_ACCEPT);
        }
        ready.clear();
        boolean clientsWait = false;
        // A key whose peer has hung up is reported once and then is invalid, so keys are not queried here.
        for (SelectionKey key : selector.selectedKeys()) {
            if (key.attachment() instanceof Connection connection) {
                ready.add(connection);
            } else {
                clientsWait = true;
            }
        }
        selector.selectedKeys().clear();
        return clientsWait;
    }

    private void serveReady(Connection connection) {
        try {
            switch (connection.phase()) {
                case LISTENING -> listen(connection);
                case FLUSHING -> flush(connection);
                case PARTING -> part(connection);
                case WAITING -> receiveEarly(connection);
                default -> {
                    // Handed over or ended since the selector reported it.
                }
            }
        } catch (IOException gone) {
            LOG.trace("a client left", gone);
            close(connection);
        } catch (RuntimeException | Error broken) {
            close(connection);
            throw broken;
        }
    }

    private void accept() throws IOException {
        for (int i = 0; i < BATCH; i++) {
            AFUNIXSocketChannel channel;
            try {
                channel = listener.accept();
            } catch (IOException e) {
                if (!listener.isOpen()) {
                    throw e;
                }
                // No free descriptors, or the client has disconnected: neither is a reason to stop.
                LOG.warn("cannot accept a connection: {}", e.toString());
                makeRoom();
                isPaused = true;
                acceptsAgainAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
                acceptKey.interestOps(0);
                return;
            }
            if (channel == null) {
                return;
            }
            admit(channel);
        }
    }

    private void admit(AFUNIXSocketChannel channel) {
        Connection connection;
        try {
            Session session = protocol.begin(PeerCredentials.of(channel));
            connection = new Connection(channel, session, deadlines, ticker, this::forget);
        } catch (IOException gone) {
            LOG.trace("a client left", gone);
            close(channel);
            return;
        } catch (RuntimeException | Error broken) {
            close(channel);
            throw broken;
        }
        open.add(connection);
        if (!connection.session().isAdmitted()) {
            refuse(connection, Rejection.NOT_ADMITTED);
        } else if (open.size() > limits.connections() && !makeRoom()) {
            refuse(connection, Rejection.NO_ROOM);
        } else {
            serveReady(connection);
        }
    }

    private static void close(AFUNIXSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.trace("closing a connection", e);
        }
    }

    /** Ends the most dispensable connection, if any. */
    private boolean makeRoom() {
        Optional<Connection> dispensable = watched.mostDispensable();
        dispensable.ifPresent(this::dismiss);
        return dispensable.isPresent();
    }

    private void dismiss(Connection connection) {
        if (connection.phase() == Phase.LISTENING) {
            refuse(connection, Rejection.SILENT);
        }
        close(connection);
    }

    private void watch(Connection connection, int operations) throws IOException {
        connection.watch(selector, operations);
        watched.add(connection);
        for (Optional<Connection> largest = watched.largestBeyond(limits.heldBytes());
                largest.isPresent();
                largest = watched.largestBeyond(limits.heldBytes())) {
            dismiss(largest.get());
        }
    }

    /** Removes a connection from the selector, so that it can be handed over. */
    private void take(Connection connection) {
        watched.remove(connection);
        connection.unwatch();
    }

    private void close(Connection connection) {
        take(connection);
        connection.close();
    }

    private void listen(Connection connection) throws IOException {
        while (true) {
            Lane lane = connection.session().lane(connection.inbox());
            if (lane != null) {
                take(connection);
                dispatch(connection, lane, connection.session()::serve);
                return;
            }
            if (connection.inbox().isEnded() || isStopping) {
                close(connection);
                return;
            }
            if (!connection.receive(scratch)) {
                watch(connection, SelectionKey.OP_READ);
                return;
            }
        }
    }

    private void dispatch(Connection connection, Lane lane, Next.Work work) throws IOException {
        if (!service.take(connection, lane, work)) {
            refuse(connection, Rejection.NO_WORKER);
        }
    }

    private void refuse(Connection connection, Rejection reason) {
        take(connection);
        try {
            connection.working();
            connection.setNext(connection.session().refuse(reason, connection));
            flush(connection);
        } catch (IOException gone) {
            LOG.trace("a client left", gone);
            close(connection);
        }
    }

    /** Sends as much as the client reads now, and continues with the connection once all is sent. */
    private void flush(Connection connection) throws IOException {
        if (!connection.flush()) {
            if (connection.phase() != Phase.FLUSHING) {
                connection.flushLater();
            }
            watch(connection, SelectionKey.OP_WRITE);
            return;
        }
        take(connection);
        if (connection.endsAfterAnswer()) {
            if (connection.phase() == Phase.PARTING) {
                part(connection);
            }
        } else {
            connection.listen();
            returned.add(connection);
        }
    }

    private void part(Connection connection) throws IOException {
        if (connection.drain(scratch, limits.drainBytes())) {
            watch(connection, SelectionKey.OP_READ);
        } else {
            close(connection);
        }
    }

    /** A waiting client may disconnect, or send its next request early. */
    private void receiveEarly(Connection connection) throws IOException {
        while (connection.receive(scratch)) {
            if (connection.inbox().isEnded() || connection.inbox().length() > MOST_EARLY) {
                close(connection);
                return;
            }
        }
        connection.watch(selector, SelectionKey.OP_READ);
    }

    private void resume(Connection connection) {
        if (connection.phase() == Phase.WAITING && connection.next() instanceof Next.Wait wait) {
            take(connection);
            try {
                dispatch(connection, Lane.QUICK, wait.work());
            } catch (IOException gone) {
                close(connection);
            }
        }
    }

    /** Checks the deadlines, ten times a second. */
    private void checkDeadlines() {
        if (System.nanoTime() - lastCheck < CHECK_NANOS) {
            return;
        }
        lastCheck = System.nanoTime();
        long now = ticker.getAsLong();
        boolean areOthersWaiting = service.isAnyoneWaiting();
        for (Connection connection : open) {
            switch (connection.phase()) {
                case LISTENING, FLUSHING, PARTING -> {
                    if (connection.state().isOverdue(now)) {
                        close(connection);
                    }
                }
                case QUEUED -> {
                    if (connection.state().isOverdue(now) && connection.state().move(Phase.QUEUED, Phase.WORKING)) {
                        refuse(connection, Rejection.NO_WORKER);
                    }
                }
                case READING -> checkWorker(connection, now, areOthersWaiting);
                case YIELDING, WRITING -> {
                    if (connection.state().isOverdue(now)
                            || (areOthersWaiting
                                    && connection.state().sinceNanos(now)
                                            > deadlines.answer().toNanos())) {
                        connection.endReadingOrWriting();
                    }
                }
                default -> {
                    // No deadline for the client applies.
                }
            }
        }
        service.forgetRefused();
    }

    private void checkWorker(Connection connection, long now, boolean areOthersWaiting) {
        if (connection.state().isOverdue(now)) {
            connection.endReadingOrWriting();
        } else if (areOthersWaiting
                && connection.state().sinceNanos(now) > deadlines.patience().toNanos()) {
            connection.yieldWorker();
        }
    }

    private void finishInFlight() throws IOException {
        listener.close();
        open.forEach(Connection::setLast);
        for (Connection connection : open) {
            switch (connection.phase()) {
                case LISTENING, PARTING -> close(connection);
                case WAITING -> resumed.add(connection);
                default -> {
                    // Answered first.
                }
            }
        }
        long end = System.nanoTime() + (isFailed ? 0 : deadlines.closeGrace().toNanos());
        while (!open.isEmpty() && System.nanoTime() - end < 0) {
            round(true);
        }
    }

    private void closeAll() {
        hasEnded = true;
        try {
            listener.close();
            for (Connection connection : open) {
                switch (connection.phase()) {
                    case LISTENING, FLUSHING, PARTING, WAITING -> close(connection);
                    default -> connection.abandon();
                }
            }
            selector.close();
        } catch (IOException e) {
            LOG.debug("closing the listener: {}", e.toString());
        }
    }

    // On a worker, or on the thread of the loop.

    private void giveBack(Connection connection) {
        returned.add(connection);
        if (hasEnded) {
            connection.close();
        } else {
            wake();
        }
    }

    private void onCome(Connection connection) {
        resumed.add(connection);
        wake();
    }
}
