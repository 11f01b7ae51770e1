package dev.agenttower.core.health;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.health.SubsystemState.Status;
import dev.agenttower.core.time.Timestamps;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.UnaryOperator;

/**
 * Reports the readiness of the tower, the dashboard and the recommended next action. Without side effects; thread-safe.
 *
 * <p>If the figures of the store cannot be read, they count as zero and the database as degraded.
 */
public final class Health {
    /** The most recent rows of each kind that a dashboard shows. */
    public static final int MAX_RECENT = 50;

    private static final String UNREADABLE = "the figures of the database cannot be read; see the log of the daemon";

    private final DashboardSource source;
    private final List<SubsystemProbe> probes;
    private final InstantSource clock;
    private final UnaryOperator<List<SubsystemState>> dashboardView;
    private final IntSupplier recentSkips;

    /**
     * Builds the use case.
     *
     * @param probes one for each subsystem, in any order; each is asked once here for the subsystem that it checks
     * @throws IllegalArgumentException if a subsystem has no probe or two
     */
    public Health(DashboardSource source, List<SubsystemProbe> probes, InstantSource clock) {
        this(source, probes, clock, UnaryOperator.identity(), () -> 0);
    }

    /**
     * Builds the use case with a transformation of the subsystem states for the dashboard, which {@link #readiness()} does not use.
     *
     * @param dashboardView transforms the probed states before hints and recommendation are derived from them; receives and returns all
     *     subsystems in order
     * @param recentSkips the number of events that routes skipped within the last five minutes
     * @throws IllegalArgumentException if a subsystem has no probe or two
     */
    public Health(
            DashboardSource source,
            List<SubsystemProbe> probes,
            InstantSource clock,
            UnaryOperator<List<SubsystemState>> dashboardView,
            IntSupplier recentSkips) {
        this.source = requireNonNull(source, "source");
        this.probes = inOrder(probes);
        this.clock = requireNonNull(clock, "clock");
        this.dashboardView = requireNonNull(dashboardView, "dashboardView");
        this.recentSkips = requireNonNull(recentSkips, "recentSkips");
    }

    private static List<SubsystemProbe> inOrder(List<SubsystemProbe> probes) {
        Map<Subsystem, SubsystemProbe> ordered = new EnumMap<>(Subsystem.class);
        for (SubsystemProbe probe : probes) {
            Subsystem subsystem = probe.probe().subsystem();
            if (ordered.put(subsystem, probe) != null) {
                throw new IllegalArgumentException("two probes for " + subsystem);
            }
        }
        for (Subsystem subsystem : Subsystem.values()) {
            if (!ordered.containsKey(subsystem)) {
                throw new IllegalArgumentException("no probe for " + subsystem);
            }
        }
        return List.copyOf(ordered.values());
    }

    /** Whether the tower is ready. */
    public Readiness readiness() {
        Optional<DashboardFigures> read = read(1);
        List<SubsystemState> subsystems = probed(read.isPresent());
        DashboardFigures figures = read.orElse(DashboardFigures.EMPTY);
        long benches = figures.containers().active();
        return new Readiness(aggregate(subsystems), subsystems, Advice.hints(subsystems, benches, figures));
    }

    /**
     * The dashboard, with at most {@code recent} recent rows of each kind.
     *
     * @throws IllegalArgumentException if {@code recent} is outside 1 to {@link #MAX_RECENT}
     */
    public Dashboard dashboard(int recent) {
        if (recent < 1 || recent > MAX_RECENT) {
            throw new IllegalArgumentException("recent " + recent + " is outside 1.." + MAX_RECENT);
        }
        Optional<DashboardFigures> read = read(recent);
        List<SubsystemState> subsystems = dashboardView.apply(probed(read.isPresent()));
        DashboardFigures figures = read.orElse(DashboardFigures.EMPTY);
        long benches = figures.containers().active() + figures.containers().inactive();
        return new Dashboard(
                figures,
                subsystems,
                Advice.hints(subsystems, benches, figures),
                Advice.recommendation(subsystems, figures),
                recentSkips.getAsInt(),
                Timestamps.millis(clock.instant()));
    }

    private Optional<DashboardFigures> read(int recent) {
        try {
            return Optional.of(source.read(recent));
        } catch (StorageException unreadable) {
            return Optional.empty();
        }
    }

    private List<SubsystemState> probed(boolean isStoreReadable) {
        List<SubsystemState> states = new ArrayList<>(probes.size());
        for (SubsystemProbe probe : probes) {
            SubsystemState state = probe.probe();
            boolean contradicted =
                    !isStoreReadable && state.subsystem() == Subsystem.SQLITE && state.status() == Status.OK;
            states.add(contradicted ? SubsystemState.degraded(Subsystem.SQLITE, UNREADABLE) : state);
        }
        return states;
    }

    private static Readiness.State aggregate(List<SubsystemState> subsystems) {
        if (subsystems.stream().allMatch(state -> state.status() == Status.OK)) {
            return Readiness.State.READY;
        }
        boolean nothingWorks = subsystems.stream().allMatch(state -> state.status() == Status.UNAVAILABLE);
        return nothingWorks ? Readiness.State.UNAVAILABLE : Readiness.State.DEGRADED;
    }
}
