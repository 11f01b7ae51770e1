package dev.agenttower.http.transport;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.unix.BindGuard;
import dev.agenttower.unix.PeerCredentials;
import dev.agenttower.unix.SocketFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXSocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves HTTP on a Unix socket with a bounded number of threads. It is bound, started and closed once each. Thread-safe.
 *
 * <p>The library's own server is not used, only its connections: its listener ends at the first accept that fails, and its threads have no
 * bound. A connection has a worker only from the moment that the head of a request is there until the request is answered,
 * and a few milliseconds longer while workers are idle: two threads that hand each request over cost as much as the request.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final long SPARE_SECONDS = 30;
    private static final long WATCH_MILLIS = 100;

    private final HttpService service;
    private final HttpLimits limits;
    private final LongSupplier ticker;
    private final Consumer<Throwable> onFatal;
    private final SocketFile file;
    private final LargeBodies largeBodies;
    private final ThreadPoolExecutor workers;
    private final AtomicInteger lingering = new AtomicInteger();
    private final Set<Conversation> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread watch = thread(this::watchDeadlines, "http-deadlines");
    private volatile @Nullable Listener listener;
    private volatile @Nullable Reception reception;
    private volatile @Nullable Thread io;

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

    /**
     * Begins to answer.
     *
     * @throws IOException if the socket cannot be listened to
     */
    public void start() throws IOException {
        Reception next =
                new Reception(requireNonNull(listener, "not bound"), limits, this::welcome, this::handOver, onFatal);
        Thread thread = thread(next, "http-io");
        reception = next;
        io = thread;
        thread.start();
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
            Reception started = reception;
            Listener bound = listener;
            if (started != null) {
                started.stop();
            } else if (bound != null) {
                bound.close();
            }
        } catch (IOException e) {
            LOG.warn("cannot remove the HTTP socket: {}", e.toString());
        }
        open.forEach(Conversation::giveWay);
        workers.shutdown();
        try {
            if (!workers.awaitTermination(limits.deadlines().closeGrace().toNanos(), TimeUnit.NANOSECONDS)) {
                open.forEach(Conversation::abandon);
                workers.shutdownNow();
                workers.awaitTermination(limits.deadlines().closeGrace().toNanos(), TimeUnit.NANOSECONDS);
            }
            Thread started = io;
            if (started != null) {
                join(started);
            }
            join(watch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Those that no worker has are closed; what a worker does not let go of ends with the process.
            open.forEach(workers.isTerminated() ? Conversation::close : Conversation::abandon);
        }
    }

    private Optional<Conversation> welcome(AFUNIXSocketChannel channel) {
        try {
            PeerCredentials peer = PeerCredentials.of(channel);
            Conversation conversation = new Conversation(
                    channel,
                    service.connected(new Peer(peer.uid(), peer.pid())),
                    service,
                    limits,
                    largeBodies,
                    ticker,
                    () -> !isClosing(),
                    open::remove);
            open.add(conversation);
            return Optional.of(conversation);
        } catch (IOException gone) {
            LOG.trace("a client left", gone);
            close(channel);
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            close(channel);
            throw e;
        }
    }

    private static void close(AFUNIXSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.trace("closing a connection", e);
        }
    }

    private boolean handOver(Conversation conversation) {
        try {
            workers.execute(new Turn(conversation));
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    /** A conversation that has, or waits for, a worker. */
    private final class Turn implements Runnable {
        private final Conversation conversation;

        Turn(Conversation conversation) {
            this.conversation = conversation;
        }

        @Override
        public void run() {
            try {
                while (conversation.serve()) {
                    if (!isNextSoon()) {
                        reception().giveBack(conversation);
                        return;
                    }
                }
            } catch (OutOfMemoryError e) { // there was none even for an answer; the connection is closed
                LOG.error("no memory for a request: {}", e.getMessage());
            } catch (RuntimeException | Error failure) { // outermost loop: only what no answer can be made of gets here
                onFatal.accept(failure);
            }
        }

        /** Keeps the worker for a client that goes on at once, unless others need one. */
        private boolean isNextSoon() {
            try {
                return lingering.incrementAndGet() <= limits.workers() / 2
                        && workers.getQueue().isEmpty()
                        && conversation.awaitNext();
            } finally {
                lingering.decrementAndGet();
            }
        }
    }

    private Reception reception() {
        return requireNonNull(reception, "not started");
    }

    private void watchDeadlines() {
        try {
            while (!closing.await(WATCH_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    look(ticker.getAsLong());
                } catch (RuntimeException | OutOfMemoryError e) { // outermost loop: the next look comes soon
                    LOG.error("looking after connections: {}", e.toString());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(long now) {
        open.forEach(one -> one.endIfOverdue(now));
        workers.getQueue().removeIf(work -> work instanceof Turn turn && !turn.conversation.isWaiting());
        if (!workers.getQueue().isEmpty()) {
            open.stream()
                    .filter(one -> one.awaitedNanos(now)
                            > limits.deadlines().patience().toNanos())
                    .forEach(Conversation::yieldWorker);
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void join(Thread thread) throws InterruptedException {
        if (thread.isAlive()) {
            thread.join(limits.deadlines().closeGrace().toMillis());
        }
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
