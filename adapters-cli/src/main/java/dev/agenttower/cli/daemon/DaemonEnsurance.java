package dev.agenttower.cli.daemon;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.lifecycle.DaemonStart;
import dev.agenttower.cli.lifecycle.DaemonStart.Outcome;
import dev.agenttower.core.settings.TowerPaths;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the daemon of the state directory unless it runs, and reports failures as messages for a person. */
final class DaemonEnsurance {
    private static final Duration BUDGET = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofMillis(15);

    private DaemonEnsurance() {}

    /** Returns when the daemon answers. */
    static Outcome.Ready run(CliContext context) {
        TowerPaths paths = context.paths();
        Outcome outcome = new DaemonStart(paths, program(context), context.environment(), BUDGET, PAUSE).run();
        if (outcome instanceof Outcome.Ready ready) {
            return ready;
        }
        if (outcome instanceof Outcome.UnsafeFolder unsafe) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: unsafe permissions on " + unsafe.message());
        }
        if (outcome instanceof Outcome.UnusableLock unusable) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: acquire lock: " + unusable.message());
        }
        if (outcome instanceof Outcome.Ended ended) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "error: " + ended.message());
        }
        throw new CommandFailure(
                ExitCode.UNREACHABLE,
                "error: daemon failed to become ready within " + BUDGET.toSeconds() + ".00s: see " + paths.daemonLog());
    }

    private static String program(CliContext context) {
        Map<String, String> environment = context.environment();
        @Nullable String named = environment.get("AGENTTOWERD");
        return named == null || named.isEmpty()
                ? context.programFolder().resolve("agenttowerd").toString()
                : named;
    }
}
