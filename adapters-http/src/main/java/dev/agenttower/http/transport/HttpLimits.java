package dev.agenttower.http.transport;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a server grants its clients. Sizes are bytes.
 *
 * @param bodyBytes the longest body of a request
 * @param workers the most requests that are served at a time, each by a thread of its own
 * @param waiting the most connections that wait for a worker; those beyond are told that the server is busy
 * @param listening the most connections on which the head of a request is awaited; beyond that the longest silent is told that the server is busy
 * @param headBytes the longest head of a request
 * @param backlog connections that the kernel holds until they are accepted
 * @param deadlines how long it waits
 */
public record HttpLimits(
        int bodyBytes, int workers, int waiting, int listening, int headBytes, int backlog, HttpDeadlines deadlines) {
    /** Checks that everything is positive. */
    public HttpLimits {
        positive("bodyBytes", bodyBytes);
        positive("workers", workers);
        positive("waiting", waiting);
        positive("listening", listening);
        positive("headBytes", headBytes);
        positive("backlog", backlog);
        requireNonNull(deadlines, "deadlines");
    }

    /** What the daemon grants. */
    public static HttpLimits defaults() {
        return new HttpLimits(4 << 20, 32, 512, 2048, 32 << 10, 1024, HttpDeadlines.defaults());
    }

    /** These limits with other deadlines for clients. */
    public HttpLimits withDeadlines(Duration read, Duration idle, Duration write) {
        return with(
                new HttpDeadlines(read, idle, deadlines.worker(), deadlines.patience(), write, deadlines.closeGrace()));
    }

    /** These limits with another deadline of those that wait for a worker. */
    public HttpLimits withWaitDeadline(Duration wait) {
        return with(new HttpDeadlines(
                deadlines.read(),
                deadlines.idle(),
                wait,
                deadlines.patience(),
                deadlines.write(),
                deadlines.closeGrace()));
    }

    /** These limits with another time that workers wait for the rest of a request. */
    public HttpLimits withPatience(Duration patience) {
        return with(new HttpDeadlines(
                deadlines.read(),
                deadlines.idle(),
                deadlines.worker(),
                patience,
                deadlines.write(),
                deadlines.closeGrace()));
    }

    /** These limits with other numbers of requests that are served and that wait. */
    public HttpLimits withWorkers(int atOnce, int waitingForThem) {
        return new HttpLimits(bodyBytes, atOnce, waitingForThem, listening, headBytes, backlog, deadlines);
    }

    /** These limits with another number of connections on which a request is awaited. */
    public HttpLimits withListening(int most) {
        return new HttpLimits(bodyBytes, workers, waiting, most, headBytes, backlog, deadlines);
    }

    private HttpLimits with(HttpDeadlines others) {
        return new HttpLimits(bodyBytes, workers, waiting, listening, headBytes, backlog, others);
    }

    private static void positive(String name, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ", must be positive");
        }
    }
}
