package dev.agenttower.cli.console;

import dev.agenttower.cli.dashboard.BenchPane;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The screen of the pane that is shown, read anew by a thread of its own, {@code agenttower-console-screen}: twice a second while it changes,
 * and the more seldom the longer it does not, down to once in two seconds. No other pane is read.
 */
final class PaneFeed {
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Function<BenchPane, PaneScreen> read;
    private final Runnable changed;
    private final Semaphore wanted = new Semaphore(0);
    private volatile @Nullable BenchPane pane;
    private volatile PaneScreen screen = PaneScreen.NONE;

    private PaneFeed(Function<BenchPane, PaneScreen> read, Runnable changed) {
        this.read = read;
        this.changed = changed;
    }

    /** Starts to read; {@code changed} is called when the screen has changed. */
    static PaneFeed start(Function<BenchPane, PaneScreen> read, Runnable changed) {
        PaneFeed feed = new PaneFeed(read, changed);
        Thread reader = new Thread(feed::run, "agenttower-console-screen");
        reader.setDaemon(true);
        reader.start();
        return feed;
    }

    /** The screen that was read last. */
    PaneScreen screen() {
        return screen;
    }

    /** Says which pane is shown; null for none. */
    void show(@Nullable BenchPane shown) {
        BenchPane before = pane;
        pane = shown;
        if (shown != null && (before == null || !before.key().equals(shown.key()))) {
            wanted.release();
        }
    }

    private void run() {
        Duration pause = SHORTEST;
        try {
            while (true) {
                BenchPane shown = pane;
                if (shown == null) {
                    wanted.acquire();
                    continue;
                }
                PaneScreen now = read.apply(shown);
                boolean isSame = now.equals(screen);
                if (!isSame) {
                    screen = now;
                    changed.run();
                }
                pause = isSame && pause.compareTo(LONGEST) < 0 ? pause.plus(SHORTEST) : isSame ? LONGEST : SHORTEST;
                if (wanted.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    pause = SHORTEST;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
