package dev.agenttower.core.health;

import dev.agenttower.core.health.SubsystemState.Status;
import dev.agenttower.core.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Derives hints and the recommendation from the states of the subsystems and the figures. */
final class Advice {
    private static final int MAX_DETAIL = 512;

    private Advice() {}

    /** The hints that apply, in the order of display; {@code benches} counts those that matter to the asker. */
    static List<Hint> hints(List<SubsystemState> subsystems, long benches, DashboardFigures figures) {
        boolean engineIsWell = subsystems.stream()
                .allMatch(state -> state.subsystem() != Subsystem.DOCKER || state.status() == Status.OK);
        long agents = figures.agents().total();
        List<Hint> hints = new ArrayList<>();
        if (!engineIsWell) {
            hints.add(new Hint(
                    Hint.Code.DOCKER_UNAVAILABLE_HINT,
                    "The container engine does not answer as it should: check that it runs and that you may use it."));
        } else if (benches == 0) {
            hints.add(new Hint(
                    Hint.Code.START_BENCH_CONTAINER, "No bench is running: start a bench container, then scan again."));
        }
        if (benches > 0 && figures.panes().total() > 0 && agents == 0) {
            hints.add(new Hint(
                    Hint.Code.REGISTER_FIRST_AGENT, "Panes are known but none is an agent yet: adopt the first one."));
        }
        if (agents > 0 && figures.logAttachments().active() == 0) {
            hints.add(new Hint(
                    Hint.Code.ATTACH_LOGS, "No agent's log is attached: attach logs to see what your agents do."));
        }
        if (agents > 0 && figures.routes().enabled() == 0) {
            hints.add(new Hint(
                    Hint.Code.ENABLE_FIRST_ROUTE, "No route is enabled: add one to pass events between agents."));
        }
        return hints;
    }

    /** The first recommendation that applies. */
    static Recommendation recommendation(List<SubsystemState> subsystems, DashboardFigures figures) {
        Optional<SubsystemState> trouble =
                subsystems.stream().filter(state -> state.status() != Status.OK).findFirst();
        if (trouble.isPresent()) {
            return troubled(trouble.get());
        }
        if (figures.containers().active() + figures.containers().inactive() == 0) {
            return new Recommendation(
                    Recommendation.Code.NO_CONTAINERS,
                    "No bench is known yet",
                    "Start a bench container or a tmux server of your own on this host, then scan. A container counts as a bench"
                            + " when its name matches the rule in config.toml.",
                    null);
        }
        if (figures.panes().total() == 0) {
            return new Recommendation(
                    Recommendation.Code.NO_PANES_DISCOVERED,
                    "Benches are known, but no tmux pane in them",
                    "Start tmux in a bench as the bench's user, then scan for panes.",
                    target("container", figures.firstActiveContainer()));
        }
        if (figures.panes().unregistered() > 0 || figures.firstAdoptablePane() != null) {
            return unadopted(Math.max(figures.panes().unregistered(), 1), figures.firstAdoptablePane());
        }
        long blocked = figures.queueByState().getOrDefault("blocked", 0L);
        if (blocked > 0) {
            return new Recommendation(
                    Recommendation.Code.BLOCKED_QUEUE_DRAIN,
                    counted(blocked, "message is blocked", "messages are blocked"),
                    "Each waits for a decision: approve, delay or cancel it. The oldest comes first.",
                    target("message", figures.oldestBlockedMessage()));
        }
        if (figures.routes().enabled() + figures.routes().disabled() == 0) {
            return new Recommendation(
                    Recommendation.Code.NO_ROUTES_CONFIGURED,
                    "No route exists yet",
                    "Add a route so that an event of one agent becomes a prompt for another.",
                    null);
        }
        return new Recommendation(Recommendation.Code.ALL_CLEAR, "All is well: nothing needs you now", null, null);
    }

    private static Recommendation troubled(SubsystemState state) {
        String name = state.subsystem().wire();
        String detail = "Other figures may be out of date until it is well again: " + state.reason();
        return new Recommendation(
                Recommendation.Code.SUBSYSTEM_DEGRADED,
                "Subsystem " + name + " is " + state.status().wire(),
                Text.abbreviated(detail, MAX_DETAIL),
                new Target("subsystem", name));
    }

    private static Recommendation unadopted(long panes, @Nullable String first) {
        return new Recommendation(
                Recommendation.Code.UNADOPTED_PANES_PRESENT,
                counted(panes, "pane waits to be adopted", "panes wait to be adopted"),
                "Adopt a pane to give it a role and a label; only agents can be prompted, logged and routed.",
                target("pane", first));
    }

    private static String counted(long count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }

    private static @Nullable Target target(String kind, @Nullable String id) {
        return id == null ? null : new Target(kind, id);
    }
}
