package dev.agenttower.http.transport;

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
 * @param readDeadline from the accept, or the first byte of a later request, to the end of the request
 * @param idleDeadline silence between two requests of a connection
 * @param waitDeadline from the end of a head until a worker takes it up; then the server is busy
 * @param patience how long a worker waits for the rest of a request while others wait for a worker
 * @param writeDeadline from the first byte of an answer to the last
 * @param closeGrace how long a closing server waits for requests in flight
 */
public record HttpLimits(
        int bodyBytes,
        int workers,
        int waiting,
        int listening,
        int headBytes,
        int backlog,
        Duration readDeadline,
        Duration idleDeadline,
        Duration waitDeadline,
        Duration patience,
        Duration writeDeadline,
        Duration closeGrace) {
    /** Checks that everything is positive. */
    public HttpLimits {
        positive("bodyBytes", bodyBytes);
        positive("workers", workers);
        positive("waiting", waiting);
        positive("listening", listening);
        positive("headBytes", headBytes);
        positive("backlog", backlog);
        positive("readDeadline", readDeadline.toNanos());
        positive("idleDeadline", idleDeadline.toNanos());
        positive("waitDeadline", waitDeadline.toNanos());
        positive("patience", patience.toNanos());
        positive("writeDeadline", writeDeadline.toNanos());
        positive("closeGrace", closeGrace.toNanos());
    }

    /** What the daemon grants. */
    public static HttpLimits defaults() {
        return new HttpLimits(
                4 << 20,
                32,
                512,
                2048,
                32 << 10,
                1024,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(15),
                Duration.ofSeconds(2));
    }

    /** These limits with other deadlines. */
    public HttpLimits withDeadlines(Duration read, Duration idle, Duration write) {
        return new HttpLimits(
                bodyBytes,
                workers,
                waiting,
                listening,
                headBytes,
                backlog,
                read,
                idle,
                waitDeadline,
                patience,
                write,
                closeGrace);
    }

    /** These limits with other numbers of requests that are served and that wait. */
    public HttpLimits withWorkers(int atOnce, int waitingForThem) {
        return new HttpLimits(
                bodyBytes,
                atOnce,
                waitingForThem,
                listening,
                headBytes,
                backlog,
                readDeadline,
                idleDeadline,
                waitDeadline,
                patience,
                writeDeadline,
                closeGrace);
    }

    /** These limits with another number of connections on which a request is awaited. */
    public HttpLimits withListening(int most) {
        return new HttpLimits(
                bodyBytes,
                workers,
                waiting,
                most,
                headBytes,
                backlog,
                readDeadline,
                idleDeadline,
                waitDeadline,
                patience,
                writeDeadline,
                closeGrace);
    }

    /** These limits with another deadline of those that wait for a worker. */
    public HttpLimits withWaitDeadline(Duration wait) {
        return new HttpLimits(
                bodyBytes,
                workers,
                waiting,
                listening,
                headBytes,
                backlog,
                readDeadline,
                idleDeadline,
                wait,
                patience,
                writeDeadline,
                closeGrace);
    }

    /** These limits with another time that workers wait for the rest of a request. */
    public HttpLimits withPatience(Duration forTheRest) {
        return new HttpLimits(
                bodyBytes,
                workers,
                waiting,
                listening,
                headBytes,
                backlog,
                readDeadline,
                idleDeadline,
                waitDeadline,
                forTheRest,
                writeDeadline,
                closeGrace);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ", must be positive");
        }
    }
}
