package dev.agenttower.core.agent.screen;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.agent.AgentId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Decides when to look at screens, by what their panes print: soon after a pane has fallen silent, as one does that shows a dialog, and once more a
 * little later. A pane that goes on printing, as that of a client at work does, is looked at every few seconds. Where nothing is printed, nobody
 * looks. Thread-safe.
 */
public final class ScreenLooks {
    /** A pane that printed nothing for so long is silent. */
    public static final Duration SILENCE = Duration.ofMillis(150);

    /** The least time between two looks at a pane. */
    public static final Duration PAUSE = Duration.ofMillis(300);

    /** The most time between two looks at a pane that goes on printing. */
    public static final Duration BUSY = Duration.ofSeconds(5);

    /** When the last look follows: what came together with signs of hooks counts by then. */
    public static final Duration AFTERWARDS = Duration.ofMillis(1200);

    private final ScheduledExecutorService timer;
    private final LongSupplier ticker;
    private final Consumer<AgentId> look;
    private final Map<AgentId, Printing> panes = new HashMap<>();

    /**
     * Looks by the output of panes.
     *
     * @param timer runs the looks
     * @param ticker real time, in nanoseconds from any origin
     * @param look looks at the screen of an agent; called on the timer
     */
    public ScreenLooks(ScheduledExecutorService timer, LongSupplier ticker, Consumer<AgentId> look) {
        this.timer = requireNonNull(timer, "timer");
        this.ticker = requireNonNull(ticker, "ticker");
        this.look = requireNonNull(look, "look");
    }

    private static final class Printing {
        private long printedAt;
        private long lookedAt;
        private int plan;
        private boolean isPlanned;
        private boolean isAfterwards;
    }

    /** The pane of an agent printed something, or may have. */
    public void printed(AgentId agent) {
        long now = ticker.getAsLong();
        synchronized (panes) {
            Printing pane = panes.computeIfAbsent(agent, id -> {
                Printing unseen = new Printing();
                unseen.lookedAt = now - PAUSE.toNanos();
                return unseen;
            });
            pane.printedAt = now;
            if (pane.isAfterwards || !pane.isPlanned) {
                plan(agent, pane, false, SILENCE.toNanos());
            }
        }
    }

    /** Forgets all agents but these. */
    public void keep(Collection<AgentId> present) {
        synchronized (panes) {
            panes.keySet().retainAll(present);
        }
    }

    /** Replaces the plan of a pane. */
    private void plan(AgentId agent, Printing pane, boolean isAfterwards, long nanos) {
        int plan = ++pane.plan;
        pane.isPlanned = true;
        pane.isAfterwards = isAfterwards;
        try {
            ScheduledFuture<?> unused = timer.schedule(() -> due(agent, pane, plan), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException ending) {
            pane.isPlanned = false;
        }
    }

    private void due(AgentId agent, Printing pane, int plan) {
        synchronized (panes) {
            if (panes.get(agent) != pane || pane.plan != plan) {
                return;
            }
            long now = ticker.getAsLong();
            long silent = now - pane.printedAt;
            long unseen = now - pane.lookedAt;
            boolean isSilent = silent >= SILENCE.toNanos();
            if (!pane.isAfterwards && (unseen < PAUSE.toNanos() || (!isSilent && unseen < BUSY.toNanos()))) {
                plan(agent, pane, false, Math.max(SILENCE.toNanos() - silent, PAUSE.toNanos() - unseen));
                return;
            }
            pane.lookedAt = now;
            if (pane.isAfterwards) {
                pane.isPlanned = false;
                pane.isAfterwards = false;
            } else if (isSilent) {
                plan(agent, pane, true, AFTERWARDS.toNanos());
            } else {
                plan(agent, pane, false, SILENCE.toNanos());
            }
        }
        look.accept(agent);
    }
}
