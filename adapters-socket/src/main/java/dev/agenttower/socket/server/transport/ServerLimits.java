package dev.agenttower.socket.server.transport;

import java.time.Duration;

/**
 * What a server grants its clients. Sizes are bytes.
 *
 * @param lineBytes the longest request line, with its LF
 * @param drainBytes what is still read and thrown away after an oversized line, so that its sender gets to read the answer
 * @param connections the most open connections
 * @param backlog connections that the kernel holds until they are accepted
 * @param quickThreads the most threads for methods that do not wait
 * @param quickQueue requests that wait for one of them
 * @param waitingThreads the most threads for methods that may wait
 * @param waitingQueue requests that wait for one of them
 * @param readDeadline from the accept, or the first byte of a later line, to the end of the line
 * @param idleDeadline silence on a connection that is kept alive
 * @param writeDeadline from the first byte of an answer to the last
 * @param drainDeadline how long {@code drainBytes} are read for
 * @param closeGrace how long a closing server waits for requests in flight
 */
public record ServerLimits(
        int lineBytes,
        int drainBytes,
        int connections,
        int backlog,
        int quickThreads,
        int quickQueue,
        int waitingThreads,
        int waitingQueue,
        Duration readDeadline,
        Duration idleDeadline,
        Duration writeDeadline,
        Duration drainDeadline,
        Duration closeGrace) {
    /** The longest request line, with its LF. */
    public static final int LINE_BYTES = 65_536;

    /** Checks that everything is positive. */
    public ServerLimits {
        positive("lineBytes", lineBytes);
        positive("drainBytes", drainBytes);
        positive("connections", connections);
        positive("backlog", backlog);
        positive("quickThreads", quickThreads);
        positive("quickQueue", quickQueue);
        positive("waitingThreads", waitingThreads);
        positive("waitingQueue", waitingQueue);
        positive("readDeadline", readDeadline.toNanos());
        positive("idleDeadline", idleDeadline.toNanos());
        positive("writeDeadline", writeDeadline.toNanos());
        positive("drainDeadline", drainDeadline.toNanos());
        positive("closeGrace", closeGrace.toNanos());
    }

    /** What the daemon grants. */
    public static ServerLimits defaults() {
        return new ServerLimits(
                LINE_BYTES,
                1 << 20,
                1024,
                4096,
                4,
                512,
                16,
                128,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2));
    }

    /** These limits with another cap on connections. */
    public ServerLimits withConnections(int most) {
        return new ServerLimits(
                lineBytes,
                drainBytes,
                most,
                backlog,
                quickThreads,
                quickQueue,
                waitingThreads,
                waitingQueue,
                readDeadline,
                idleDeadline,
                writeDeadline,
                drainDeadline,
                closeGrace);
    }

    /** These limits with other deadlines. */
    public ServerLimits withDeadlines(Duration read, Duration idle, Duration write) {
        return new ServerLimits(
                lineBytes,
                drainBytes,
                connections,
                backlog,
                quickThreads,
                quickQueue,
                waitingThreads,
                waitingQueue,
                read,
                idle,
                write,
                drainDeadline,
                closeGrace);
    }

    /** These limits with other lanes. */
    public ServerLimits withLanes(int quick, int quickWaiting, int slow, int slowWaiting) {
        return new ServerLimits(
                lineBytes,
                drainBytes,
                connections,
                backlog,
                quick,
                quickWaiting,
                slow,
                slowWaiting,
                readDeadline,
                idleDeadline,
                writeDeadline,
                drainDeadline,
                closeGrace);
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ", must be positive");
        }
    }
}
