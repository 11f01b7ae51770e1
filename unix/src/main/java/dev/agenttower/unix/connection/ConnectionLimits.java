package dev.agenttower.unix.connection;

import java.time.Duration;

/**
 * The limits that a server enforces.
 *
 * @param connections the maximum number of open connections; beyond it, the connection with the longest silence is closed
 * @param backlog the number of connections that the kernel holds until they are accepted
 * @param heldBytes the maximum memory for incomplete requests and for answers that clients read slowly
 * @param workers the maximum number of threads of {@link Lane#QUICK}
 * @param queue the maximum number of requests that wait for one of them
 * @param patientWorkers the maximum number of threads of {@link Lane#PATIENT}
 * @param patientQueue the maximum number of requests that wait for one of them
 * @param waiting the maximum number of connections that wait for an event, which takes no thread
 * @param drainBytes the number of bytes to discard after a refused request
 */
public record ConnectionLimits(
        int connections,
        int backlog,
        int heldBytes,
        int workers,
        int queue,
        int patientWorkers,
        int patientQueue,
        int waiting,
        int drainBytes,
        Deadlines deadlines) {
    /** Checks that everything is positive. */
    public ConnectionLimits {
        positive("connections", connections);
        positive("backlog", backlog);
        positive("heldBytes", heldBytes);
        positive("workers", workers);
        positive("queue", queue);
        positive("patientWorkers", patientWorkers);
        positive("patientQueue", patientQueue);
        positive("waiting", waiting);
        positive("drainBytes", drainBytes);
    }

    /**
     * The time limits of a server.
     *
     * @param read from the accept, or the first byte of a later request, to the end of the request
     * @param idle between two requests
     * @param worker from the end of a request, or of its head, until a worker starts it
     * @param patience for a worker that waits for its client while other requests wait for a worker
     * @param write for one part of an answer
     * @param answer for the client to read a whole answer while other requests wait for a worker
     * @param drain for discarding data after a refused request
     * @param closeGrace for requests in progress when the server closes
     */
    public record Deadlines(
            Duration read,
            Duration idle,
            Duration worker,
            Duration patience,
            Duration write,
            Duration answer,
            Duration drain,
            Duration closeGrace) {
        /** Checks that everything is positive. */
        public Deadlines {
            positive("read", read.toNanos());
            positive("idle", idle.toNanos());
            positive("worker", worker.toNanos());
            positive("patience", patience.toNanos());
            positive("write", write.toNanos());
            positive("answer", answer.toNanos());
            positive("drain", drain.toNanos());
            positive("closeGrace", closeGrace.toNanos());
        }
    }

    /** These limits with another number of connections. */
    public ConnectionLimits withConnections(int most) {
        return new ConnectionLimits(
                most, backlog, heldBytes, workers, queue, patientWorkers, patientQueue, waiting, drainBytes, deadlines);
    }

    /** These limits with other numbers of workers, and of requests that wait for workers. */
    public ConnectionLimits withWorkers(int quick, int quickQueue, int patient, int queueOfPatient) {
        return new ConnectionLimits(
                connections,
                backlog,
                heldBytes,
                quick,
                quickQueue,
                patient,
                queueOfPatient,
                waiting,
                drainBytes,
                deadlines);
    }

    /** These limits with another number of waiting connections. */
    public ConnectionLimits withWaiting(int most) {
        return new ConnectionLimits(
                connections,
                backlog,
                heldBytes,
                workers,
                queue,
                patientWorkers,
                patientQueue,
                most,
                drainBytes,
                deadlines);
    }

    /** These limits with other deadlines. */
    public ConnectionLimits withDeadlines(Deadlines others) {
        return new ConnectionLimits(
                connections,
                backlog,
                heldBytes,
                workers,
                queue,
                patientWorkers,
                patientQueue,
                waiting,
                drainBytes,
                others);
    }

    /** These limits with other deadlines for clients. */
    public ConnectionLimits withDeadlines(Duration read, Duration idle, Duration write) {
        return withDeadlines(new Deadlines(
                read,
                idle,
                deadlines.worker(),
                deadlines.patience(),
                write,
                deadlines.answer(),
                deadlines.drain(),
                deadlines.closeGrace()));
    }

    private static void positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is " + value + ", must be positive");
        }
    }
}
