package dev.agenttower.cli.terminal;

import dev.agenttower.cli.terminal.KeyPress.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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
 * another program may read the terminal. {@link #press} is for one thread, {@link #resized} and {@link #wake} for any.
 */
final class Keyboard {
    /** Terminals send the bytes of one key together, but a network or a busy machine may part them. */
    private static final Duration REST_OF_KEY = Duration.ofMillis(100);

    /** What is pasted has an end, and what comes before it must not be taken for keys. */
    private static final Duration REST_OF_PASTE = Duration.ofSeconds(5);

    private static final int CLOSED = -1;
    private static final int NOTHING = -2;
    private static final int RESIZED = -3;
    private static final int WOKEN = -4;
    private static final int ESCAPE = 0x1b;
    private static final int DELETE = 0x7f;
    private static final int BACKSPACE = 8;
    private static final int PASTE_BEGINS = 200;
    private static final String PASTE_ENDS = "\u001b[201~";
    private static final int LONGEST_PASTE = 1 << 16;

    private final InputStream in;
    private final Semaphore wanted = new Semaphore(0);
    private final BlockingQueue<Integer> bytes = new ArrayBlockingQueue<>(8);
    private boolean isAwaited;
    private boolean isClosed;

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

    /** What the next key asks for in a view that only moves; see {@link #press}. */
    Key next(Duration patience) {
        return Key.of(press(patience));
    }

    /**
     * The next key. Kind {@code NONE} when the time is up or {@link #wake} was called, {@code RESIZED} after {@link #resized}. An interrupted
     * thread gets {@code CLOSED}.
     */
    KeyPress press(Duration patience) {
        int first = nextByte(patience);
        return switch (first) {
            case NOTHING, WOKEN -> KeyPress.of(Kind.NONE);
            case RESIZED -> KeyPress.of(Kind.RESIZED);
            case CLOSED -> KeyPress.of(Kind.CLOSED);
            case '\r', '\n' -> KeyPress.of(Kind.ENTER);
            case DELETE, BACKSPACE -> KeyPress.of(Kind.BACKSPACE);
            case ESCAPE -> afterEscape();
            default ->
                first < ' '
                        ? new KeyPress(Kind.CONTROL, Character.toString(first + 'a' - 1))
                        : new KeyPress(Kind.CHARACTER, character(first));
        };
    }

    /** The character whose UTF-8 begins with a byte. */
    private String character(int first) {
        int more = first < 0xC0 ? 0 : first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
        byte[] encoded = new byte[more + 1];
        encoded[0] = (byte) first;
        for (int i = 1; i <= more; i++) {
            encoded[i] = (byte) restOfKey();
        }
        return new String(encoded, StandardCharsets.UTF_8);
    }

    private KeyPress afterEscape() {
        int next = restOfKey();
        if (next == NOTHING || next == CLOSED) {
            return KeyPress.of(Kind.ESCAPE);
        }
        return next == '[' || next == 'O' ? sequence() : KeyPress.of(Kind.OTHER);
    }

    /** The key of a control sequence: parameters, of which the first may name the key, and a final byte. */
    private KeyPress sequence() {
        int number = 0;
        int next = restOfKey();
        for (; next >= 0x20 && next < 0x40; next = restOfKey()) {
            number = next >= '0' && next <= '9' ? Math.min(number * 10 + next - '0', 1000) : 1000;
        }
        return switch (next) {
            case 'A' -> KeyPress.of(Kind.UP);
            case 'B' -> KeyPress.of(Kind.DOWN);
            case 'H' -> KeyPress.of(Kind.START);
            case 'F' -> KeyPress.of(Kind.END);
            case '~' -> numbered(number);
            default -> KeyPress.of(Kind.OTHER);
        };
    }

    private KeyPress numbered(int number) {
        return switch (number) {
            case 1, 7 -> KeyPress.of(Kind.START);
            case 4, 8 -> KeyPress.of(Kind.END);
            case 5 -> KeyPress.of(Kind.PAGE_UP);
            case 6 -> KeyPress.of(Kind.PAGE_DOWN);
            case PASTE_BEGINS -> paste();
            default -> KeyPress.of(Kind.OTHER);
        };
    }

    /** What was pasted, as text: none of it is a key. What is too long is read and left out. */
    private KeyPress paste() {
        ByteArrayOutputStream pasted = new ByteArrayOutputStream();
        StringBuilder last = new StringBuilder();
        while (!PASTE_ENDS.contentEquals(last)) {
            int next = rest(REST_OF_PASTE);
            if (next == NOTHING || next == CLOSED) {
                break;
            }
            if (pasted.size() < LONGEST_PASTE) {
                pasted.write(next);
            }
            last.append((char) next);
            last.delete(0, Math.max(last.length() - PASTE_ENDS.length(), 0));
        }
        String text = pasted.toString(StandardCharsets.UTF_8);
        return new KeyPress(
                Kind.PASTE, text.endsWith(PASTE_ENDS) ? text.substring(0, text.length() - PASTE_ENDS.length()) : text);
    }

    private int restOfKey() {
        return rest(REST_OF_KEY);
    }

    private int rest(Duration patience) {
        int next = nextByte(patience);
        // After each key the size is asked anew, and what is shown is drawn anew.
        while (next == RESIZED || next == WOKEN) {
            next = nextByte(patience);
        }
        return next;
    }

    private int nextByte(Duration patience) {
        if (isClosed) {
            return CLOSED;
        }
        if (!isAwaited) {
            isAwaited = true;
            wanted.release();
        }
        try {
            @Nullable Integer next = bytes.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                return NOTHING;
            }
            isAwaited = next == RESIZED || next == WOKEN;
            isClosed = next == CLOSED;
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

    /** Ends a wait for a key. */
    void wake() {
        // If the queue is full, a wait ends anyway.
        boolean unused = bytes.offer(WOKEN);
    }
}
