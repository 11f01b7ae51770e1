package dev.agenttower.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The full-screen mode of the terminal; its state is restored afterwards, also after Ctrl-C and SIGTERM.
 *
 * <p>Of a frame, the lines are written that differ from the previous one, in one piece, to avoid flicker. Used by one thread;
 * {@link #resized} and {@link #wake} are for any.
 */
public final class FullScreen implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?2004h\u001b[2J";
    private static final String LEAVE = "\u001b[?2004l\u001b[?25h\u001b[?1049l";
    /** Undoes what a program that had the terminal leaves behind when it cannot clean up: screen, modes of mouse and keys, margins, colours. */
    private static final String RESET = LEAVE + "\u001b[?1000l\u001b[?1002l\u001b[?1003l\u001b[?1004l\u001b[?1006l"
            + "\u001b[?1l\u001b>\u001b7\u001b[r\u001b8\u001b(B\u001b[0m";

    private static final String END_OF_LINE = "\u001b[K";
    private static final String BELOW = "\u001b[J";
    private static final Pattern STYLES = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final int SECONDS_TO_DETACH = 2;

    private final PrintStream out;
    private final Keyboard keyboard;
    private final Supplier<ScreenSize> measure;
    private final Thread restorer = new Thread(this::restore, "agenttower-restore-terminal");
    private String settings = "";
    /** The lines on the screen, by the row that they begin in. */
    private Map<Integer, String> shown = Map.of();
    /** The row after them. */
    private int shownEnd;

    private boolean isRestored;
    private @Nullable Process guest;
    private volatile @Nullable ScreenSize size;

    /** A resized terminal has moved what it shows, even if its size is the old one again. */
    private volatile boolean isMoved;

    private FullScreen(InputStream in, PrintStream out, Supplier<ScreenSize> measure) {
        this.out = out;
        this.measure = measure;
        keyboard = Keyboard.of(in);
    }

    /**
     * Enters full-screen mode.
     *
     * @param measure asked for the size of the terminal at first, and after {@link #resized}
     */
    public static FullScreen open(InputStream in, PrintStream out, Supplier<ScreenSize> measure) {
        FullScreen screen = new FullScreen(in, out, measure);
        Runtime.getRuntime().addShutdownHook(screen.restorer);
        screen.enter();
        return screen;
    }

    private synchronized void enter() {
        if (!isRestored) {
            settings = Stty.saved();
            // Ctrl-Z would leave the shell with this screen.
            Stty.set("-icanon", "-echo", "min", "1", "time", "0", "susp", "undef");
            out.print(ENTER);
            out.flush();
            shown = Map.of();
        }
    }

    private void leave() {
        out.print(LEAVE);
        out.flush();
        Stty.set(settings);
    }

    /** The size of the terminal. */
    public ScreenSize size() {
        @Nullable ScreenSize known = size;
        if (known == null) {
            known = measure.get();
            size = known;
        }
        return known;
    }

    /** Tells that the size of the terminal has changed; a wait for a key ends. */
    public void resized() {
        size = null;
        isMoved = true;
        keyboard.resized();
    }

    /** How many rows a line takes, which may be longer than a row. */
    public static int rows(String line, int columns) {
        return Math.max((visibleWidth(line) + columns - 1) / columns, 1);
    }

    /** A line without the codes of its style. */
    public static String plain(String line) {
        return STYLES.matcher(line).replaceAll("");
    }

    private static int visibleWidth(String line) {
        return TerminalText.width(plain(line));
    }

    /** Shows lines, as many as there are rows, unless the terminal is restored. */
    public synchronized void draw(List<String> lines) {
        boolean isNew = isMoved || shown.isEmpty();
        isMoved = false;
        ScreenSize now = size();
        Map<Integer, String> frame = new HashMap<>();
        StringBuilder changes = new StringBuilder();
        int row = 0;
        for (String line : lines) {
            int rows = rows(line, now.columns());
            if (row + rows > now.rows()) {
                break;
            }
            frame.put(row, line);
            if (isNew || !line.equals(shown.get(row))) {
                // At the right margin the last character would be erased.
                boolean isFull = visibleWidth(line) > 0 && visibleWidth(line) % now.columns() == 0;
                changes.append(position(row)).append(END_OF_LINE).append(line).append(isFull ? "" : END_OF_LINE);
            }
            row += rows;
        }
        if (row < now.rows() && (isNew || row < shownEnd)) {
            changes.append(position(row)).append(BELOW);
        }
        if (changes.length() > 0 && !isRestored) {
            out.print(changes);
            out.flush();
        }
        shown = frame;
        shownEnd = row;
    }

    private static String position(int row) {
        return "\u001b[" + (row + 1) + ";1H";
    }

    /** Waits for a key. */
    public Key key(Duration patience) {
        return keyboard.next(patience);
    }

    /** Waits for a key; the wait ends without one after {@link #wake}. */
    public KeyPress press(Duration patience) {
        return keyboard.press(patience);
    }

    /** Ends a wait for a key, because there is something to show. */
    public void wake() {
        keyboard.wake();
    }

    /**
     * Lends the restored terminal to another program until it ends; then full-screen mode is entered again. Only to be called after a key, and
     * before the next one is asked for: nobody else reads the terminal then.
     *
     * @return the exit status
     * @throws IOException if the program cannot be started
     */
    public int lend(ProcessBuilder program) throws IOException {
        int status = -1;
        try {
            status = start(program).waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            returned(status == 0);
        }
        return status;
    }

    private synchronized Process start(ProcessBuilder program) throws IOException {
        if (isRestored) {
            throw new IOException("the terminal is restored already");
        }
        leave();
        Process started = program.inheritIO().start();
        guest = started;
        return started;
    }

    private synchronized void returned(boolean isClean) {
        guest = null;
        if (!isClean && !isRestored) {
            out.print(RESET);
        }
        enter();
        size = null;
    }

    private void restore() {
        @Nullable Process borrower;
        synchronized (this) {
            if (isRestored) {
                return;
            }
            isRestored = true;
            borrower = guest;
            if (borrower == null) {
                leave();
            }
        }
        if (borrower != null) {
            detach(borrower);
            out.print(RESET);
            out.flush();
            Stty.set(settings);
        }
    }

    /** Ends the program that has the terminal, which restores it. */
    private static void detach(Process borrower) {
        borrower.destroy();
        try {
            boolean unused = borrower.waitFor(SECONDS_TO_DETACH, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
