package dev.agenttower.unix.connection;

import dev.agenttower.unix.connection.ConnectionState.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves requests in their lanes, and gives each connection back to the loop that listens to it. A worker keeps a connection whose client sends its next
 * request at once. Thread-safe.
 */
final class RequestService {
    private static final Logger LOG = LoggerFactory.getLogger(RequestService.class);
    /** Requests of one connection that are served before others get their turn. */
    private static final int BATCH = 64;

    private static final int FIRST_BYTES = 4 << 10;

    private final Workers quick;
    private final Workers patient;
    private final Waiters waiters;
    private final Consumer<Connection> giveBack;
    private final Consumer<Throwable> onFatal;

    /**
     * A service that serves nothing yet.
     *
     * @param name begins the names of its threads
     * @param giveBack takes a connection that no worker has any more, to go on by its phase
     * @param onCome takes a connection whose wait is over
     * @param onFatal receives a failure that breaks the rules of protocols
     */
    RequestService(
            String name,
            ConnectionLimits limits,
            LongSupplier ticker,
            Consumer<Connection> giveBack,
            Consumer<Connection> onCome,
            Consumer<Throwable> onFatal) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory threads = work -> daemon(work, name + "-worker-" + number.incrementAndGet());
        this.quick = new Workers(limits.workers(), limits.queue(), threads);
        this.patient = new Workers(limits.patientWorkers(), limits.patientQueue(), threads);
        this.waiters = new Waiters(limits.waiting(), ticker, work -> daemon(work, name + "-waiter"), onCome);
        this.giveBack = giveBack;
        this.onFatal = onFatal;
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Has a request served: at once, on this thread, if it is instant.
     *
     * @return false if as many requests wait for a worker as may
     */
    boolean take(Connection connection, Lane lane, Next.Work work) throws IOException {
        if (lane == Lane.INSTANT) {
            connection.working();
            serve(connection, work, lane);
            return true;
        }
        connection.queue();
        return workers(lane).offer(new Workers.Turn(connection, () -> serve(connection, work, lane)));
    }

    private Workers workers(Lane lane) {
        return lane == Lane.PATIENT ? patient : quick;
    }

    /** Checks soon whether waiting connections have got what they wait for. */
    void wake() {
        waiters.wake();
    }

    /** Whether requests wait for a worker. */
    boolean isAnyoneWaiting() {
        return quick.isAnyoneWaiting() || patient.isAnyoneWaiting();
    }

    /** Drops the requests that were refused while they waited for a worker. */
    void forgetRefused() {
        quick.forgetRefused();
        patient.forgetRefused();
    }

    /** Interrupts the workers and waits a moment for their end; false if some go on. */
    boolean close(Duration patience) throws InterruptedException {
        waiters.close();
        boolean haveEnded = quick.close(patience);
        return patient.close(patience) && haveEnded;
    }

    private void serve(Connection connection, Next.Work first, Lane lane) {
        try {
            Next.Work work = first;
            for (int served = 1; work != null; served++) {
                Next next = work.run(connection);
                if (next instanceof Next.Wait wait) {
                    if (await(connection, wait)) {
                        return;
                    }
                    work = wait.work();
                    continue;
                }
                connection.setNext(next);
                if (!connection.flush()) {
                    connection.flushLater();
                    giveBack.accept(connection);
                    return;
                }
                if (connection.endsAfterAnswer()) {
                    if (connection.phase() == Phase.PARTING) {
                        giveBack.accept(connection);
                    }
                    return;
                }
                work = served < BATCH ? following(connection, lane) : null;
            }
            connection.listen();
            giveBack.accept(connection);
        } catch (IOException gone) {
            LOG.trace("a client left", gone);
            connection.close();
        } catch (OutOfMemoryError e) {
            LOG.error("no memory for an answer: {}", e.getMessage());
            connection.close();
        } catch (RuntimeException | Error failure) { // outermost loop: only what no answer can be made of gets here
            connection.close();
            onFatal.accept(failure);
        }
    }

    /** The next request of this connection, if this thread may serve it; null if the loop decides. */
    private Next.@Nullable Work following(Connection connection, Lane lane) throws IOException {
        Session session = connection.session();
        Lane next = session.lane(connection.inbox());
        if (next == null && lane != Lane.INSTANT && workers(lane).mayLinger()) {
            try {
                connection.linger(new byte[FIRST_BYTES]);
            } finally {
                workers(lane).lingered();
            }
            next = session.lane(connection.inbox());
        }
        return next == lane || next == Lane.INSTANT ? session::serve : null;
    }

    /** Lets a connection wait; false if as many wait as may, or the server closes. */
    private boolean await(Connection connection, Next.Wait wait) throws IOException {
        if (!connection.mayStayOpen() || !waiters.reserve()) {
            return false;
        }
        connection.setNext(wait);
        connection.await();
        giveBack.accept(connection);
        waiters.watch(connection, wait);
        return true;
    }
}
