package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Backoff;
import dev.agenttower.bench.engine.Deadline;
import dev.agenttower.bench.engine.EngineAnswerException;
import dev.agenttower.bench.engine.ExecCommand;
import dev.agenttower.bench.engine.Execs;
import dev.agenttower.bench.engine.LiveExec;
import dev.agenttower.bench.engine.WatchThread;
import dev.agenttower.bench.engine.Watches;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.Subscription;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.PaneChanges;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the panes of containers: each watched container runs one long-lived {@linkplain PaneWatchScript shell loop} that receives a line
 * at every tick. Each watch has one thread, {@code bench-watch-<name>}, which blocks until the loop prints a line.
 *
 * <p>The loop ends with its input: when the watch is closed, when the engine stops, and when this process dies. If it ends during the
 * watch, it is restarted, after half a second at first and later every five seconds. A container without a shell cannot be watched; it is
 * reported as changed every half minute.
 *
 * <p>Thread-safe.
 */
public final class DockerPaneChanges implements PaneChanges {
    private static final Logger LOG = LoggerFactory.getLogger(DockerPaneChanges.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration PAUSE_WITHOUT_SHELL = Duration.ofSeconds(30);

    private final Execs execs;
    private final Ticks ticks;
    private final Watches watches;

    /** Watches with programs started through {@code execs}. */
    public DockerPaneChanges(Execs execs, Ticks ticks, Watches watches) {
        this.execs = execs;
        this.ticks = ticks;
        this.watches = watches;
    }

    @Override
    public Subscription watch(BenchTarget target, Runnable changed) {
        return watches.start("bench-watch-" + target.name(), new Loop(target, changed)::follow);
    }

    /** One watch. */
    private final class Loop {
        private final BenchTarget target;
        private final Runnable changed;
        private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);

        Loop(BenchTarget target, Runnable changed) {
            this.target = target;
            this.changed = changed;
        }

        Duration follow(WatchThread watch) {
            var command = new ExecCommand(target.container(), target.user(), PaneWatchScript.command());
            try (LiveExec exec = execs.open(command, Deadline.in(START_LIMIT))) {
                if (watch.hold(exec)) {
                    return read(watch, exec);
                }
            } catch (EngineAnswerException refusal) {
                if (MissingShell.noShell(refusal.answer())) {
                    return withoutShell(watch);
                }
                LOG.debug("no watch of bench {}: {}", target.name(), refusal.getMessage());
            } catch (IOException | ContainerEngineException failure) {
                LOG.debug("watch of bench {} broke: {}", target.name(), failure.getMessage());
            }
            return backoff.next();
        }

        private Duration read(WatchThread watch, LiveExec exec) throws IOException {
            Subscription subscription = ticks.subscribe(look -> exec.send(PaneWatchScript.request(look)));
            try (subscription) {
                for (@Nullable List<String> lines = exec.readLines(); lines != null; lines = exec.readLines()) {
                    if (lines.stream().anyMatch(MissingShell::noShell)) {
                        return withoutShell(watch);
                    }
                    if (lines.stream().anyMatch(PaneWatchScript::isNews)) {
                        backoff.reset();
                        report(watch);
                    }
                }
            }
            return backoff.next();
        }

        private Duration withoutShell(WatchThread watch) {
            report(watch);
            return PAUSE_WITHOUT_SHELL;
        }

        private void report(WatchThread watch) {
            if (!watch.isClosed()) {
                changed.run();
            }
        }
    }
}
