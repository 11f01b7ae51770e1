package dev.agenttower.socket.server.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections, reads lines and finishes slow answers, all on the one thread that runs it. A connection is handed to a worker only
 * with a whole line, so clients that are silent, slow or gone cost memory but no thread. {@link #returned} is bounded by the cap on
 * connections. Only {@link #requestStop()} may be called by other threads.
 */
final class Reactor implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Reactor.class);
    /** Lines of one connection that are served before others get their turn. */
    private static final int BATCH = 64;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Listener listener;
    private final Selection selection;
    private final Admission admission;
    private final Protocol protocol;
    private final Lanes lanes;
    private final ServerLimits limits;
    private final LongSupplier ticker;
    private final Consumer<Throwable> onFatal;
    private final Connections connections;
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<Connection> returned = new ConcurrentLinkedQueue<>();
    // What these sent is here already and would not be reported again.
    private final Set<Connection> unfinished = new LinkedHashSet<>();
    private final ByteBuffer scratch;
    private volatile boolean stopping;
    private volatile boolean ended;

    Reactor(
            Listener listener,
            Protocol protocol,
            Lanes lanes,
            ServerLimits limits,
            LongSupplier ticker,
            Consumer<Throwable> onFatal)
            throws IOException {
        this.listener = listener;
        this.protocol = protocol;
        this.lanes = lanes;
        this.limits = limits;
        this.ticker = ticker;
        this.onFatal = onFatal;
        this.connections = new Connections(limits);
        this.scratch = ByteBuffer.allocateDirect(limits.lineBytes() + 1);
        this.selection = new Selection(listener);
        this.admission = new Admission(listener, selection, protocol, limits.lineBytes(), ticker);
    }

    /** Makes the thread stop accepting, wait a bounded time for requests in flight, and end. */
    void requestStop() {
        stopping = true;
        selection.wake();
    }

    @Override
    public void run() {
        try {
            serve();
            finishInFlight();
        } catch (Throwable failure) {
            // Outermost loop: a daemon without this thread would be deaf, so its owner must end it.
            onFatal.accept(failure);
        } finally {
            closeAll();
        }
    }

    private void serve() throws IOException {
        while (!stopping) {
            try {
                serveNext();
            } catch (OutOfMemoryError e) { // the next round has what others let go of
                LOG.error("no memory to read the sockets: {}", e.getMessage());
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private void serveNext() throws IOException {
        long now = ticker.getAsLong();
        long patience = Math.min(connections.untilNextDeadline(now), admission.untilResumed(now));
        serveRound(unfinished.isEmpty() ? patience : 0);
        if (selection.clientsWait()) {
            admission.letIn(this::makeRoom, this::admit);
        }
    }

    private void finishInFlight() throws IOException {
        listener.close();
        connections
                .in(Connection.Phase.READING, Connection.Phase.IDLE, Connection.Phase.DRAINING)
                .forEach(this::close);
        long end = ticker.getAsLong() + limits.closeGrace().toNanos();
        for (long left = end - ticker.getAsLong(); open.get() > 0 && left > 0; left = end - ticker.getAsLong()) {
            serveRound(left);
        }
    }

    /** Serves what is ready within {@code nanos}. */
    private void serveRound(long nanos) throws IOException {
        selection.await(nanos);
        selection.ready().forEach(this::serveReady);
        for (Connection back = returned.poll(); back != null; back = returned.poll()) {
            continueAnswer(back);
        }
        List.copyOf(unfinished).forEach(this::serveLines);
        connections.overdue(ticker.getAsLong()).forEach(this::close);
    }

    private void admit(Connection connection) {
        boolean crowded = open.get() >= limits.connections() && !makeRoom();
        open.incrementAndGet();
        Reply refusal = crowded ? protocol.crowded() : connection.conversation().refusal();
        if (refusal != null) {
            send(connection, refusal);
        } else {
            serveLines(connection);
        }
    }

    private boolean makeRoom() {
        Connection dispensable = connections.mostDispensable();
        if (dispensable != null) {
            close(dispensable);
        }
        return dispensable != null;
    }

    private void serveReady(Connection connection) {
        switch (connection.phase()) {
            case READING, IDLE -> serveLines(connection);
            case WRITING -> continueAnswer(connection);
            case DRAINING -> drain(connection);
            case WORKING -> throw new IllegalStateException("a connection at work was watched");
        }
    }

    /** Serves the lines that are there, as far as they need no worker. */
    private void serveLines(Connection connection) {
        unfinished.remove(connection);
        try {
            for (int i = 0; i < BATCH; i++) {
                Frame frame = awaitFrame(connection);
                if (frame == null || !serve(connection, frame)) {
                    return;
                }
            }
            connections.await(connection, Connection.Phase.READING, ticker.getAsLong());
            unfinished.add(connection);
        } catch (IOException e) {
            send(connection, connection.conversation().unreadable());
        } catch (RuntimeException | Error broken) {
            // It may be in no phase yet, where the end of this thread would find it.
            close(connection);
            throw broken;
        }
    }

    /** The next frame; null if the connection was closed or watched for more. */
    private @Nullable Frame awaitFrame(Connection connection) throws IOException {
        for (Frame frame = connection.nextFrame(); ; frame = connection.nextFrame()) {
            if (frame != null
                    && frame.ending() == Frame.Ending.CUT
                    && frame.bytes().length == 0
                    && connection.rests()) {
                close(connection);
                return null;
            }
            if (frame != null) {
                return frame;
            }
            if (!connection.read(scratch)) {
                Connection.Phase phase = connection.rests() ? Connection.Phase.IDLE : Connection.Phase.READING;
                connections.await(connection, phase, ticker.getAsLong());
                selection.watch(connection, SelectionKey.OP_READ);
                return null;
            }
        }
    }

    /** Serves one frame; true if the next one may be looked for at once. */
    private boolean serve(Connection connection, Frame frame) {
        Step step = connection.conversation().take(frame);
        if (step.pace() == Pace.INSTANT) {
            return send(connection, step.work().get());
        }
        connections.leave(connection);
        connection.unwatch();
        connection.enter(Connection.Phase.WORKING, 0);
        if (lanes.offer(step.pace(), () -> work(connection, step))) {
            return false;
        }
        connection.enter(Connection.Phase.READING, 0);
        return send(connection, step.whenFull().get());
    }

    /** Runs on a worker. */
    private void work(Connection connection, Step step) {
        try {
            connection.answer(step.work().get());
            // A flag that the work left behind would make the channel close instead of write.
            boolean interrupted = Thread.interrupted();
            boolean sent = connection.flush();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            if (sent && connection.closesNext()) {
                forget(connection);
                return;
            }
        } catch (IOException gone) {
            forget(connection);
            return;
        } catch (OutOfMemoryError e) {
            LOG.error("no memory for an answer: {}", e.getMessage());
            forget(connection);
            return;
        } catch (Throwable failure) {
            // Outermost loop: only what no answer can be made of gets here.
            forget(connection);
            onFatal.accept(failure);
            return;
        }
        giveBack(connection);
    }

    private void giveBack(Connection connection) {
        returned.add(connection);
        if (ended) {
            abandonReturned();
        } else {
            selection.wake();
        }
    }

    private void abandonReturned() {
        for (Connection back = returned.poll(); back != null; back = returned.poll()) {
            forget(back);
        }
    }

    /** Sends an answer; true if the next line may be looked for at once. */
    private boolean send(Connection connection, Reply reply) {
        connection.answer(reply);
        return continueAnswer(connection);
    }

    private boolean continueAnswer(Connection connection) {
        try {
            if (!connection.flush()) {
                connections.await(connection, Connection.Phase.WRITING, ticker.getAsLong());
                selection.watch(connection, SelectionKey.OP_WRITE);
                return false;
            }
        } catch (IOException gone) {
            close(connection);
            return false;
        }
        boolean wasElsewhere =
                connection.phase() == Connection.Phase.WORKING || connection.phase() == Connection.Phase.WRITING;
        Reply.Then then = connection.finish();
        if (then == Reply.Then.CLOSE || stopping) {
            close(connection);
            return false;
        }
        if (then == Reply.Then.DRAIN) {
            drain(connection);
            return false;
        }
        connections.leave(connection);
        connection.enter(Connection.Phase.READING, 0);
        if (wasElsewhere) {
            serveLines(connection);
            return false;
        }
        return true;
    }

    private void drain(Connection connection) {
        try {
            if (connection.drain(scratch, limits.drainBytes())) {
                connections.await(connection, Connection.Phase.DRAINING, ticker.getAsLong());
                selection.watch(connection, SelectionKey.OP_READ);
                return;
            }
        } catch (IOException gone) {
            LOG.trace("a client left", gone);
        }
        close(connection);
    }

    private void close(Connection connection) {
        unfinished.remove(connection);
        connections.leave(connection);
        connection.unwatch();
        forget(connection);
    }

    private void forget(Connection connection) {
        if (connection.close()) {
            open.decrementAndGet();
        }
        if (stopping) {
            selection.wake();
        }
    }

    private void closeAll() {
        ended = true;
        connections.all().forEach(this::forget);
        abandonReturned();
        try {
            listener.close();
            selection.close();
        } catch (IOException e) {
            LOG.debug("closing the listener: {}", e.toString());
        }
    }
}
