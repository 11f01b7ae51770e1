package dev.agenttower.benchmarks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Whole requests as a control panel makes them, one connection each: 50 containers, 500 panes, 200 agents, 10,000 events and 1,000
 * messages.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 3, time = 5)
public class SocketBenchmark {
    // JMH calls start() before any benchmark.
    @SuppressWarnings("NullAway.Init")
    private BenchmarkDaemon daemon;

    @SuppressWarnings("NullAway.Init")
    private ObjectNode params;

    /** Created by JMH. */
    public SocketBenchmark() {}

    /** Starts the daemon. */
    @Setup(Level.Trial)
    public void start() {
        daemon = BenchmarkDaemon.start(new Seed(50, 500, 200, 10_000, 1_000));
        params = daemon.params();
    }

    /** Stops the daemon. */
    @TearDown(Level.Trial)
    public void stop() {
        daemon.close();
    }

    /** The smallest request. */
    @Benchmark
    public ObjectNode preflight() {
        return daemon.call("app.preflight", params);
    }

    /** The dashboard with its default of recent rows. */
    @Benchmark
    public ObjectNode dashboard() {
        return daemon.call("app.dashboard", params);
    }
}
