package dev.agenttower.workspace.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets work that arrives while other work is being written wait and be written together with what else has arrived by then.
 *
 * <p>There is no thread of its own: of those who wait, one writes for all. At most {@code capacity} pieces wait; who comes later waits for
 * room. Thread-safe.
 *
 * @param <T> a piece of work, which carries its own outcome
 */
final class GroupCommit<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final int capacity;
    private final Consumer<List<T>> writer;
    private List<Piece<T>> waiting = new ArrayList<>();
    private boolean isWriting;

    /**
     * A commit that hands batches to a writer.
     *
     * @param writer writes a batch, by one thread at a time; what it throws, each one who waits for the batch gets
     */
    GroupCommit(int capacity, Consumer<List<T>> writer) {
        this.capacity = capacity;
        this.writer = writer;
    }

    /** Returns when the work is written. */
    void write(T work) {
        Piece<T> piece = new Piece<>(work, Thread.currentThread());
        if (isFirst(piece) || piece.awaitTurn() == Turn.WRITES) {
            lead();
        }
        if (piece.turn == Turn.FAILED) {
            throw piece.failure != null ? piece.failure : new IllegalStateException("not written");
        }
    }

    /** Queues a piece; tells whether nobody is writing, so that its thread is to write. */
    private boolean isFirst(Piece<T> piece) {
        lock.lock();
        try {
            while (waiting.size() >= capacity) {
                room.awaitUninterruptibly();
            }
            waiting.add(piece);
            boolean isFirst = !isWriting;
            isWriting = true;
            return isFirst;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, the own piece among it, and lets the first of those who came meanwhile go on. */
    private void lead() {
        List<Piece<T>> batch = takeWaiting();
        @Nullable RuntimeException failure = null;
        boolean isWritten = false;
        try {
            writer.accept(batch.stream().map(piece -> piece.work).toList());
            isWritten = true;
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            passOn();
            for (Piece<T> piece : batch) {
                piece.failure = failure;
                piece.tell(isWritten ? Turn.DONE : Turn.FAILED);
            }
        }
    }

    private List<Piece<T>> takeWaiting() {
        lock.lock();
        try {
            List<Piece<T>> batch = waiting;
            waiting = new ArrayList<>();
            room.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void passOn() {
        Piece<T> next;
        lock.lock();
        try {
            isWriting = !waiting.isEmpty();
            next = isWriting ? waiting.get(0) : null;
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.tell(Turn.WRITES);
        }
    }

    private enum Turn {
        WAITS,
        WRITES,
        DONE,
        FAILED
    }

    /** Each waits for itself, so that nobody is woken for nothing. */
    private static final class Piece<T> {
        private final T work;
        private final Thread thread;
        private volatile Turn turn = Turn.WAITS;
        private @Nullable RuntimeException failure;

        Piece(T work, Thread thread) {
            this.work = work;
            this.thread = thread;
        }

        Turn awaitTurn() {
            boolean isInterrupted = false;
            while (turn == Turn.WAITS) {
                LockSupport.park(this);
                isInterrupted |= Thread.interrupted();
            }
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
            return turn;
        }

        void tell(Turn next) {
            turn = next;
            LockSupport.unpark(thread);
        }
    }
}
