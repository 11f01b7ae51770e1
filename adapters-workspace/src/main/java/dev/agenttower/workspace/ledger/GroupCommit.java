package dev.agenttower.workspace.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects work that arrives during a write, and writes it in one batch.
 *
 * <p>It has no thread: one of the waiting callers writes for all. At most {@code capacity} pieces wait; further callers block until there
 * is room. Thread-safe.
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
     * @param writer writes a batch; called by one thread at a time; its exception is thrown to every caller in the batch
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

    /** Queues a piece; true if no write is in progress, so that the caller must write. */
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

    /** Writes all waiting pieces, including the caller's, and wakes the first one of the next batch. */
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
                piece.signal(isWritten ? Turn.DONE : Turn.FAILED);
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
            next.signal(Turn.WRITES);
        }
    }

    private enum Turn {
        WAITS,
        WRITES,
        DONE,
        FAILED
    }

    /** Each piece parks its own thread, so that no thread is woken in vain. */
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

        void signal(Turn next) {
            turn = next;
            LockSupport.unpark(thread);
        }
    }
}
