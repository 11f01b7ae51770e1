package dev.agenttower.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a terminal that delivers each byte at once.
 *
 * <p>A daemon thread, {@code agenttower-keys}, reads a byte only when one is asked for: after a key, and until the next one is asked for,
 * another program may read the terminal. {@link #next} is for one thread, {@link #resized} for any.
 */
final class Keyboard {
    /** Terminals send the bytes of one key together, but a network may part them. */
    private static final Duration REST_OF_KEY = Duration.ofMillis(50);

    private static final int CLOSED = -1;
    private static final int NOTHING = -2;
    private static final int RESIZED = -3;
    private static final int ESCAPE = 0x1b;
    private static final int CTRL_C = 3;

    private final InputStream in;
    private final Semaphore wanted = new Semaphore(0);
    private final BlockingQueue<Integer> bytes = new ArrayBlockingQueue<>(8);
    private boolean isAwaited;

    private Keyboard(InputStream in) {
        this.in = in;
    }

    /** The keyboard behind a stream. */
    static Keyboard of(InputStream in) {
        Keyboard keyboard = new Keyboard(in);
        Thread reader = new Thread(keyboard::read, "agenttower-keys");
        reader.setDaemon(true);
        reader.start();
        return keyboard;
    }

    private void read() {
        try {
            int read = 0;
            while (read != CLOSED) {
                wanted.acquire();
                read = readByte();
                bytes.put(read);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int readByte() {
        try {
            return in.read();
        } catch (IOException e) {
            // The terminal is closed: no more keys.
            return CLOSED;
        }
    }

    /** The next key, or {@link Key#NONE} when the time is up, or {@link Key#RESIZED}. An interrupted thread gets {@link Key#QUIT}. */
    Key next(Duration patience) {
        int first = nextByte(patience);
        return switch (first) {
            case NOTHING -> Key.NONE;
            case RESIZED -> Key.RESIZED;
            case CLOSED, CTRL_C, 'q', 'Q' -> Key.QUIT;
            case '\r', '\n' -> Key.ENTER;
            case 'j' -> Key.DOWN;
            case 'k' -> Key.UP;
            case ' ' -> Key.PAGE_DOWN;
            case 'g' -> Key.START;
            case 'G' -> Key.END;
            case ESCAPE -> afterEscape();
            default -> Key.OTHER;
        };
    }

    private Key afterEscape() {
        int next = restOfKey();
        if (next == NOTHING || next == CLOSED) {
            return Key.QUIT;
        }
        return next == '[' || next == 'O' ? sequence() : Key.OTHER;
    }

    /** The key of a control sequence: parameters, of which the first may name the key, and a final byte. */
    private Key sequence() {
        int number = 0;
        int next = restOfKey();
        for (; next >= 0x20 && next < 0x40; next = restOfKey()) {
            number = next >= '0' && next <= '9' ? Math.min(number * 10 + next - '0', 1000) : 1000;
        }
        return switch (next) {
            case 'A' -> Key.UP;
            case 'B' -> Key.DOWN;
            case 'H' -> Key.START;
            case 'F' -> Key.END;
            case '~' -> numbered(number);
            default -> Key.OTHER;
        };
    }

    private static Key numbered(int number) {
        return switch (number) {
            case 1, 7 -> Key.START;
            case 4, 8 -> Key.END;
            case 5 -> Key.PAGE_UP;
            case 6 -> Key.PAGE_DOWN;
            default -> Key.OTHER;
        };
    }

    private int restOfKey() {
        int next = nextByte(REST_OF_KEY);
        // The size is asked anew after each key.
        return next == RESIZED ? nextByte(REST_OF_KEY) : next;
    }

    private int nextByte(Duration patience) {
        if (!isAwaited) {
            isAwaited = true;
            wanted.release();
        }
        try {
            @Nullable Integer next = bytes.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return NOTHING;
            }
            // After the end of input nothing is read any more.
            isAwaited = next == RESIZED || next == CLOSED;
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CLOSED;
        }
    }

    /** Lets a wait end with {@link Key#RESIZED}. */
    void resized() {
        // If the queue is full, a wait ends anyway.
        boolean unused = bytes.offer(RESIZED);
    }
}
