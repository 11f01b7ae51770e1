package dev.agenttower.workspace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
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
    private final Condition changed = lock.newCondition();
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
        Piece<T> piece = new Piece<>(work);
        List<Piece<T>> batch = join(piece);
        if (!batch.isEmpty()) {
            lead(batch);
        }
        if (piece.failure != null) {
            throw piece.failure;
        }
    }

    /** Waits until another has written the piece, or this thread is to write a batch with it. */
    private List<Piece<T>> join(Piece<T> piece) {
        lock.lock();
        try {
            while (waiting.size() >= capacity) {
                changed.awaitUninterruptibly();
            }
            waiting.add(piece);
            while (isWriting && !piece.isDone) {
                changed.awaitUninterruptibly();
            }
            if (piece.isDone) {
                return List.of();
            }
            isWriting = true;
            List<Piece<T>> batch = waiting;
            waiting = new ArrayList<>();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void lead(List<Piece<T>> batch) {
        RuntimeException failure = null;
        boolean isWritten = false;
        try {
            writer.accept(batch.stream().map(piece -> piece.work).toList());
            isWritten = true;
        } catch (RuntimeException e) {
            failure = e;
        } finally {
            lock.lock();
            try {
                isWriting = false;
                for (Piece<T> piece : batch) {
                    piece.isDone = true;
                    piece.failure = isWritten || failure != null ? failure : new IllegalStateException("not written");
                }
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private static final class Piece<T> {
        private final T work;
        private boolean isDone;
        private @Nullable RuntimeException failure;

        Piece(T work) {
            this.work = work;
        }
    }
}
