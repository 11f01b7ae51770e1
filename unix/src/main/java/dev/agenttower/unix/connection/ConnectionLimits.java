package dev.agenttower.unix.connection;

import java.time.Duration;

/**
 * The limits that a server enforces.
 *
 * @param connections the most open connections; beyond that the one that has been silent for longest gives way
 * @param backlog connections that the kernel holds until they are accepted
 * @param heldBytes the most memory for requests that are not whole yet and for answers that clients take slowly
 * @param workers the most threads of {@link Lane#QUICK}
 * @param queue the most requests that wait for one of them
 * @param patientWorkers the most threads of {@link Lane#PATIENT}
 * @param patientQueue the most requests that wait for one of them
 * @param waiting the most connections that wait for something to come, which takes no thread
 * @param drainBytes how much is read and thrown away after a request that was refused
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
     * How long a server waits.
     *
     * @param read from the accept, or the first byte of a later request, to the end of the request
     * @param idle silence between two requests
     * @param worker from the end of a request, or of its head, until a worker takes it up
     * @param patience how long a worker waits for its client while other requests wait for a worker
     * @param write for one piece of an answer
     * @param answer how long a client may take a whole answer while other requests wait for a worker
     * @param drain how long what follows a refused request is read
     * @param closeGrace how long a closing server waits for requests in flight
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

    /** These limits with other numbers of workers, and of requests that wait for them. */
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

    /** These limits with another number of connections that wait for something to come. */
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

    /** These limits with other deadlines of clients. */
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
