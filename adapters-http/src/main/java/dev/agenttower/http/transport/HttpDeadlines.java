package dev.agenttower.http.transport;

import java.time.Duration;

/**
 * How long a server waits.
 *
 * @param read from the accept, or the first byte of a later request, to the end of the request
 * @param idle silence between two requests of a connection
 * @param worker from the end of a head until a worker takes it up; then the server is busy
 * @param patience how long a worker waits for the rest of a request while others wait for a worker
 * @param write from the first byte of an answer to the last
 * @param closeGrace how long a closing server waits for requests in flight
 */
public record HttpDeadlines(
        Duration read, Duration idle, Duration worker, Duration patience, Duration write, Duration closeGrace) {
    /** Checks that everything is positive. */
    public HttpDeadlines {
        positive("read", read);
        positive("idle", idle);
        positive("worker", worker);
        positive("patience", patience);
        positive("write", write);
        positive("closeGrace", closeGrace);
    }

    /** What the daemon grants. */
    public static HttpDeadlines defaults() {
        return new HttpDeadlines(
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                Duration.ofSeconds(15),
                Duration.ofSeconds(2));
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(name + " is " + value + ", must be positive");
        }
    }
}
