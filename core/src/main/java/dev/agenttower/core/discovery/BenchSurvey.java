package dev.agenttower.core.discovery;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.container.BenchContainer;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.HostBench;
import dev.agenttower.core.pane.BenchTarget;
import dev.agenttower.core.pane.BenchUser;
import dev.agenttower.core.pane.PaneSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Queries tmux in several bench containers in parallel. */
final class BenchSurvey {
    private final PaneSource source;
    private final Optional<HostBench> host;
    private final BenchUser users;
    private final Executor executor;

    BenchSurvey(PaneSource source, Optional<HostBench> host, BenchUser users, Executor executor) {
        this.source = requireNonNull(source, "source");
        this.host = requireNonNull(host, "host");
        this.users = users;
        this.executor = requireNonNull(executor, "executor");
    }

    /** Queries all containers and waits for them, each with its own deadline; the report keeps their order. */
    SurveyReport take(List<BenchContainer> benches, String at) {
        List<CompletableFuture<BenchReading>> readings =
                benches.stream().map(bench -> begin(bench, at)).toList();
        return new SurveyReport(readings.stream().map(BenchSurvey::await).toList(), host.map(HostBench::id));
    }

    private CompletableFuture<BenchReading> begin(BenchContainer bench, String at) {
        return users.target(bench)
                .map(target -> begin(target, at))
                .orElseGet(() -> CompletableFuture.completedFuture(BenchReading.withoutUser(bench.id())));
    }

    private CompletableFuture<BenchReading> begin(BenchTarget target, String at) {
        try {
            return CompletableFuture.supplyAsync(() -> ask(target, at), executor);
        } catch (RejectedExecutionException full) {
            // More benches than the executor takes: asking this one here slows the scan down, where failing would end
            // it.
            return CompletableFuture.completedFuture(ask(target, at));
        }
    }

    private BenchReading ask(BenchTarget target, String at) {
        try {
            return BenchReading.of(target, source.list(target), at);
        } catch (ContainerEngineException trouble) {
            return BenchReading.of(target.container(), trouble);
        }
    }

    private static BenchReading await(CompletableFuture<BenchReading> reading) {
        try {
            return reading.join();
        } catch (CompletionException failure) {
            // The caller gets the exception of the source itself.
            if (failure.getCause() instanceof RuntimeException bug) {
                throw bug;
            }
            throw failure;
        }
    }
}
