package dev.agenttower.core.discovery;

import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.PaneTruncation;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.pane.BenchPanes;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.ObservedPane;
import dev.agenttower.core.pane.Pane;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.core.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of scanning one bench container, to be compared with the stored panes.
 *
 * @param asked whether the container was queried at all
 * @param reachable whether its tmux servers could be listed
 * @param sockets the number of queried tmux servers
 * @param panes the panes seen, cleaned, by key
 * @param verdicts for each listed socket, the verdict on its stored panes that were not seen
 * @param failures the failures, in the order of the listing
 * @param cuts the truncations on sockets that did not fail
 * @param engineTrouble why the container engine could not be queried, or null
 */
record BenchReading(
        ContainerId bench,
        boolean asked,
        boolean reachable,
        int sockets,
        Map<PaneKey, SeenPane> panes,
        Map<String, Unseen> verdicts,
        List<ScanProblem> failures,
        List<ScanProblem> cuts,
        @Nullable ContainerEngineException engineTrouble) {

    /** The verdict on a stored pane that was not seen. */
    enum Unseen {
        /** It is gone: an active pane becomes inactive, an inactive one is left alone. */
        GONE,
        /** It may be among the rows that could not be read: an active pane is kept, an inactive one is left alone. */
        PERHAPS,
        /** Its state is unknown: it is kept unchanged. */
        UNKNOWN,
        /** Its socket is gone: an active pane becomes inactive, and an inactive one is marked as scanned. */
        PLACE_GONE
    }

    /** The verdict on a stored pane of this container that was not seen. */
    Unseen verdict(PaneKey key) {
        return reachable ? verdicts.getOrDefault(key.socketPath(), Unseen.PLACE_GONE) : Unseen.UNKNOWN;
    }

    /** A container without a user to run tmux as. */
    static BenchReading withoutUser(ContainerId bench) {
        return unreachable(
                bench,
                false,
                new ScanProblem(bench, ErrorCode.BENCH_USER_UNRESOLVED, "no user is known to ask tmux as"),
                null);
    }

    /** A container that could not be queried because the engine is unavailable. */
    static BenchReading of(ContainerId bench, ContainerEngineException trouble) {
        return unreachable(bench, true, problem(bench, trouble.code(), trouble.getMessage(), null), trouble);
    }

    /** A container that answered. */
    static BenchReading of(BenchTarget target, BenchPanes answer, String at) {
        if (answer instanceof BenchPanes.Unreachable unreachable) {
            ContainerId bench = target.container();
            return unreachable(bench, true, problem(bench, unreachable.code(), unreachable.message(), null), null);
        }
        if (answer instanceof BenchPanes.Listed listed) {
            return new Assembly(target, at).read(listed);
        }
        throw new IllegalStateException("unknown answer " + answer);
    }

    private static BenchReading unreachable(
            ContainerId bench, boolean asked, ScanProblem problem, @Nullable ContainerEngineException trouble) {
        return new BenchReading(bench, asked, false, 0, Map.of(), Map.of(), List.of(problem), List.of(), trouble);
    }

    private static ScanProblem problem(ContainerId bench, ErrorCode code, String message, @Nullable String socketPath) {
        return new ScanProblem(bench, code, Text.singleLine(message, Text.MESSAGE_LIMIT), socketPath, List.of());
    }

    /** Builds a reading, socket by socket. */
    private static final class Assembly {
        private final BenchTarget target;
        private final String at;
        private final Map<PaneKey, SeenPane> panes = new LinkedHashMap<>();
        private final Map<String, Unseen> verdicts = new LinkedHashMap<>();
        private final List<ScanProblem> failures = new ArrayList<>();
        private final List<ScanProblem> cuts = new ArrayList<>();

        Assembly(BenchTarget target, String at) {
            this.target = target;
            this.at = at;
        }

        BenchReading read(BenchPanes.Listed listed) {
            for (BenchPanes.SocketPanes socket : listed.sockets()) {
                if (socket.outcome() instanceof BenchPanes.Seen seen) {
                    read(socket.path(), seen);
                } else if (socket.outcome() instanceof BenchPanes.Failed failed) {
                    fail(socket.path(), failed.code(), failed.message());
                }
            }
            boolean silent =
                    !verdicts.isEmpty() && Set.copyOf(verdicts.values()).equals(Set.of(Unseen.UNKNOWN));
            return new BenchReading(
                    target.container(), true, !silent, listed.sockets().size(), panes, verdicts, failures, cuts, null);
        }

        private void read(String path, BenchPanes.Seen seen) {
            int malformed = seen.malformedRows();
            if (malformed > 0 && seen.panes().isEmpty()) {
                fail(path, ErrorCode.OUTPUT_MALFORMED, malformed + " tmux list-panes rows malformed or unparseable");
                return;
            }
            verdicts.put(path, malformed > 0 ? Unseen.PERHAPS : Unseen.GONE);
            PaneText text = new PaneText(target, path);
            for (ObservedPane observed : seen.panes()) {
                Pane pane = text.stored(observed, at);
                panes.put(pane.key(), new SeenPane(pane, observed.identity(), observed.isPiped()));
            }
            List<PaneTruncation> truncations = text.truncations();
            if (malformed > 0) {
                int rows = malformed + seen.panes().size();
                note(failures, path, malformed + " of " + rows + " tmux list-panes rows malformed", truncations);
            } else if (!truncations.isEmpty()) {
                note(cuts, path, truncations.size() + " pane field(s) truncated", truncations);
            }
        }

        private void fail(String path, ErrorCode code, String message) {
            verdicts.put(path, Unseen.UNKNOWN);
            failures.add(problem(target.container(), code, message, path));
        }

        private void note(List<ScanProblem> notes, String path, String message, List<PaneTruncation> truncations) {
            notes.add(new ScanProblem(target.container(), ErrorCode.OUTPUT_MALFORMED, message, path, truncations));
        }
    }
}
