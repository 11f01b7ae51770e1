package dev.agenttower.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The full-screen mode of the terminal; its state is restored afterwards, also after Ctrl-C.
 *
 * <p>A daemon thread, {@code agenttower-keys}, waits for {@code q}. A frame is written in one piece over the previous one, and only if it
 * differs, to avoid flicker.
 */
public final class FullScreen implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String END_OF_LINE = "\u001b[K";
    private static final String BELOW = "\u001b[J";

    private final PrintStream out;
    private final CountDownLatch quit = new CountDownLatch(1);
    private final AtomicBoolean restored = new AtomicBoolean();
    private final Thread restorer = new Thread(this::restore, "agenttower-restore-terminal");
    private String lastFrame = "";

    private FullScreen(PrintStream out) {
        this.out = out;
    }

    /** Enters full-screen mode. */
    public static FullScreen open(InputStream in, PrintStream out) {
        FullScreen screen = new FullScreen(out);
        Runtime.getRuntime().addShutdownHook(screen.restorer);
        Stty.set("-icanon", "-echo");
        out.print(ENTER);
        out.flush();
        Thread keys = new Thread(() -> screen.awaitQ(in), "agenttower-keys");
        keys.setDaemon(true);
        keys.start();
        return screen;
    }

    private void awaitQ(InputStream in) {
        try {
            int key = in.read();
            while (key >= 0 && key != 'q' && key != 'Q') {
                key = in.read();
            }
        } catch (IOException ignored) {
            // The terminal is closed: no more keys.
        }
        quit.countDown();
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

    /** Waits; true once {@code q} is pressed or the terminal is closed. */
    public boolean isQuitWithin(Duration period) {
        try {
            return quit.await(period.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void restore() {
        if (restored.compareAndSet(false, true)) {
            out.print(LEAVE);
            out.flush();
            Stty.set("icanon", "echo");
        }
    }

    /** Restores the terminal. */
    @Override
    public void close() {
        restore();
        try {
            Runtime.getRuntime().removeShutdownHook(restorer);
        } catch (IllegalStateException ignored) {
            // The JVM is shutting down, and the hook restores the terminal or finds it restored.
        }
    }
}
