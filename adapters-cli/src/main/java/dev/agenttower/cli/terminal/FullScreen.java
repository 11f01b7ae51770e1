package dev.agenttower.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The full-screen mode of the terminal; its state is restored afterwards, also after Ctrl-C.
 *
 * <p>A frame is written in one piece over the previous one, and only if it differs, to avoid flicker. Keys are read only within {@link #key},
 * so that another program can have the terminal meanwhile.
 */
public final class FullScreen implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String END_OF_LINE = "\u001b[K";
    private static final String BELOW = "\u001b[J";
    /** A read that ends without a byte long before its second is over tells of a terminal that is gone. */
    private static final long EARLY_NANOS = Duration.ofMillis(300).toNanos();

    private final InputStream in;
    private final PrintStream out;
    private final String settings;
    private final AtomicBoolean isEntered = new AtomicBoolean();
    private final Thread restorer = new Thread(this::leave, "agenttower-restore-terminal");
    private String lastFrame = "";

    private FullScreen(InputStream in, PrintStream out) {
        this.in = in;
        this.out = out;
        this.settings = Stty.settings();
    }

    /** Enters full-screen mode. */
    public static FullScreen open(InputStream in, PrintStream out) {
        FullScreen screen = new FullScreen(in, out);
        Runtime.getRuntime().addShutdownHook(screen.restorer);
        screen.enter();
        return screen;
    }

    private void enter() {
        isEntered.set(true);
        // A read waits a second for a key at most. Ctrl-Z would leave the shell with this screen.
        Stty.set("-icanon", "-echo", "min", "0", "time", "10", "susp", "undef");
        out.print(ENTER);
        out.flush();
        lastFrame = "";
    }

    private void leave() {
        if (isEntered.compareAndSet(true, false)) {
            out.print(LEAVE);
            out.flush();
            if (settings.isEmpty()) {
                Stty.set("icanon", "echo", "min", "1", "time", "0", "susp", "^Z");
            } else {
                Stty.set(settings);
            }
        }
    }

    /** Shows at most {@code maxRows} lines. */
    public void draw(List<String> lines, int maxRows) {
        StringBuilder frame = new StringBuilder(4096).append(HOME);
        int shown = Math.min(lines.size(), maxRows);
        for (int i = 0; i < shown; i++) {
            frame.append(lines.get(i)).append(END_OF_LINE).append(i < shown - 1 ? "\r\n" : "");
        }
        String text = frame.append(BELOW).toString();
        if (!text.equals(lastFrame)) {
            out.print(text);
            out.flush();
            lastFrame = text;
        }
    }

    /** Waits up to a second for a key; {@link Key#NONE} if there is none, {@link Key#QUIT} also if the terminal is gone. */
    public Key key() {
        long began = System.nanoTime();
        try {
            int first = in.read();
            if (first >= 0) {
                return Key.of(first, in);
            }
            return System.nanoTime() - began < EARLY_NANOS ? Key.QUIT : Key.NONE;
        } catch (IOException closed) {
            return Key.QUIT;
        }
    }

    /** Leaves full-screen mode for the duration of {@code work}, which may use the terminal. */
    public void leaveFor(Runnable work) {
        leave();
        try {
            work.run();
        } finally {
            enter();
        }
    }

    /** Restores the terminal. */
    @Override
    public void close() {
        leave();
        try {
            Runtime.getRuntime().removeShutdownHook(restorer);
        } catch (IllegalStateException ignored) {
            // The JVM is shutting down, and the hook restores the terminal or finds it restored.
        }
    }
}
