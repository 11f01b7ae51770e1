package dev.agenttower.benchmarks;

import dev.agenttower.benchmarks.Samples.Summary;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/**
 * A number of clients that call repeatedly without a pause, each on its own thread.
 *
 * @param clients the number of clients
 * @param warmUp the duration of uncounted calls
 * @param span the duration of counted calls
 */
record Load(int clients, Duration warmUp, Duration span) {
    /** The repeated call of a client. */
    @FunctionalInterface
    interface Work extends AutoCloseable {
        /** Makes the {@code turn}th call. */
        void run(long turn) throws IOException;

        /** Nothing to release by default. */
        @Override
        default void close() throws IOException {}
    }

    /** Creates the work of the clients. */
    @FunctionalInterface
    interface Workers {
        /** The work of a client, by its number from 0. */
        Work of(int client) throws IOException;
    }

    /** Runs clients of an HTTP socket that expect one status. */
    Summary http(Path socket, boolean keepsConnection, int expected, List<byte[]> requests) {
        return run(number -> new Caller(
                new BareClient(socket, keepsConnection),
                turn -> requests.get((int) ((turn * clients + number) % requests.size())),
                expected));
    }

    private record Caller(BareClient client, LongFunction<byte[]> requests, int expected) implements Work {
        @Override
        public void run(long turn) throws IOException {
            int status = client.call(requests.apply(turn));
            if (status != expected) {
                throw new IOException("answered " + status + " instead of " + expected);
            }
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    /** Runs the clients and summarizes the durations. */
    Summary run(Workers workers) {
        AtomicInteger number = new AtomicInteger();
        ExecutorService threads =
                Executors.newFixedThreadPool(clients, work -> new Thread(work, "client-" + number.incrementAndGet()));
        try {
            long begin = System.nanoTime();
            List<Callable<Samples>> all = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                Work made = workers.of(client);
                all.add(() -> {
                    try (Work work = made) {
                        return measured(work, begin);
                    }
                });
            }
            Samples together = new Samples();
            for (Future<Samples> one : threads.invokeAll(all)) {
                together.addAll(one.get());
            }
            return together.summary(span.toNanos() / 1e9);
        } catch (IOException | ExecutionException e) {
            throw new IllegalStateException("a client failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while clients worked", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private Samples measured(Work work, long begin) throws IOException {
        Samples samples = new Samples();
        long from = begin + warmUp.toNanos();
        long to = from + span.toNanos();
        long turn = 0;
        for (long start = System.nanoTime(); start - to < 0; ) {
            work.run(turn++);
            long end = System.nanoTime();
            if (start - from >= 0) {
                samples.add(end - start);
            }
            start = end;
        }
        return samples;
    }
}
