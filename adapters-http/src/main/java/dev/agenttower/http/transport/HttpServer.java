package dev.agenttower.http.transport;

import static java.util.Objects.requireNonNull;

import dev.agenttower.unix.BindGuard;
import dev.agenttower.unix.PeerCredentials;
import dev.agenttower.unix.SocketFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP on a Unix socket with a bounded number of threads. It is bound, started and closed once each. Thread-safe.
 *
 * <p>The library's own server is not used, only its connections: its listener ends at the first accept that fails, and its threads have no
 * bound. A connection that is silent between two requests gives way as soon as another one waits for a worker.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final long SPARE_SECONDS = 30;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long WATCH_MILLIS = 100;

    private final HttpService service;
    private final HttpLimits limits;
    private final LongSupplier ticker;
    private final Consumer<Throwable> onFatal;
    private final SocketFile file;
    private final LargeBodies largeBodies;
    private final ThreadPoolExecutor workers;
    private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread acceptor = thread(this::acceptAll, "http-accept");
    private final Thread watch = thread(this::watchDeadlines, "http-deadlines");
    private volatile @Nullable Listener listener;

    /**
     * A server that does nothing yet.
     *
     * @param ticker measures deadlines, in nanoseconds from any origin
     * @param onFatal is told of a failure after which the server cannot go on; must return at once
     */
    public HttpServer(
            Path socket,
            HttpService service,
            HttpLimits limits,
            long ownUid,
            BindGuard guard,
            LongSupplier ticker,
            Consumer<Throwable> onFatal) {
        this.service = requireNonNull(service, "service");
        this.limits = requireNonNull(limits, "limits");
        this.ticker = requireNonNull(ticker, "ticker");
        this.onFatal = requireNonNull(onFatal, "onFatal");
        this.file = new SocketFile(socket, ownUid, guard);
        this.largeBodies = new LargeBodies(limits);
        AtomicInteger number = new AtomicInteger();
        this.workers = new ThreadPoolExecutor(
                limits.workers(),
                limits.workers(),
                SPARE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(limits.waiting()),
                work -> thread(work, "http-worker-" + number.incrementAndGet()));
        this.workers.allowCoreThreadTimeOut(true);
    }

    /**
     * Makes the socket with mode 0600.
     *
     * @throws IOException if something lies at its path, or it cannot be made private
     */
    public void bind() throws IOException {
        listener = Listener.on(file, limits.backlog());
    }

    /** Begins to answer. */
    public void start() {
        requireNonNull(listener, "not bound");
        acceptor.start();
        watch.start();
    }

    /** Removes the socket, answers what is in flight within a bounded time and ends. Closing again does nothing. */
    @Override
    public void close() {
        synchronized (closing) {
            if (closing.getCount() == 0) {
                return;
            }
            closing.countDown();
        }
        try {
            file.remove();
            Listener bound = listener;
            if (bound != null) {
                bound.close();
            }
        } catch (IOException e) {
            LOG.warn("cannot remove the HTTP socket: {}", e.toString());
        }
        open.forEach(Conversation::giveWay);
        workers.shutdown();
        try {
            if (!workers.awaitTermination(limits.closeGrace().toNanos(), TimeUnit.NANOSECONDS)) {
                open.forEach(Conversation::abandon);
                workers.shutdownNow();
                workers.awaitTermination(limits.closeGrace().toNanos(), TimeUnit.NANOSECONDS);
            }
            join(acceptor);
            join(watch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Those that no worker has are closed; what a worker does not let go of ends with the process.
            open.forEach(workers.isTerminated() ? Conversation::close : Conversation::abandon);
        }
    }

    private void acceptAll() {
        Listener bound = requireNonNull(listener, "not bound");
        try {
            while (!isClosing()) {
                try {
                    serve(bound.accept());
                } catch (IOException e) {
                    // Out of descriptors, or a client that left: neither is a reason to stop.
                    LOG.debug("accept: {}", e.toString());
                    LockSupport.parkNanos(isClosing() ? 0 : PAUSE_NANOS);
                }
            }
        } catch (RuntimeException | Error failure) { // outermost loop: whoever owns the server decides
            if (!isClosing()) {
                onFatal.accept(failure);
            }
        }
    }

    private void serve(AFUNIXSocket socket) throws IOException {
        Conversation conversation;
        try {
            conversation =
                    new Conversation(socket, service, limits, largeBodies, ticker, this::mayKeepOpen, open::remove);
            conversation.begin(service.connected(PeerCredentials.of(socket)));
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        open.add(conversation);
        try {
            workers.execute(() -> converse(conversation));
        } catch (RejectedExecutionException full) {
            conversation.turnAway();
            return;
        }
        if (!workers.getQueue().isEmpty()) {
            longestIdle().ifPresent(Conversation::giveWay);
        }
    }

    private void converse(Conversation conversation) {
        try {
            conversation.run();
        } catch (RuntimeException | Error failure) { // outermost loop: only what no answer can be made of gets here
            onFatal.accept(failure);
        }
    }

    private Optional<Conversation> longestIdle() {
        return open.stream().filter(Conversation::isIdle).min(Comparator.comparingLong(Conversation::deadline));
    }

    private boolean mayKeepOpen() {
        return !isClosing() && workers.getQueue().isEmpty();
    }

    private void watchDeadlines() {
        try {
            while (!closing.await(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
                long now = ticker.getAsLong();
                open.forEach(one -> one.endIfOverdue(now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void join(Thread thread) throws InterruptedException {
        if (thread.isAlive()) {
            thread.join(limits.closeGrace().toMillis());
        }
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
