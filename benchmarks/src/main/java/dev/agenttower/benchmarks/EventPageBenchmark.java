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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Reads a page of 50 events, the first and a later one, as a control panel does, one connection each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 4)
@Measurement(iterations = 2, time = 4)
public class EventPageBenchmark {
    private static final int LIMIT = 50;

    private static final String LIST = "app.event.list";

    /** The number of preceding pages. */
    @Param({"0", "150"})
    public int depth;

    /** The number of events. */
    @Param({"10000", "1000000"})
    public int events;

    // JMH calls start() before any benchmark.
    @SuppressWarnings("NullAway.Init")
    private BenchmarkDaemon daemon;

    @SuppressWarnings("NullAway.Init")
    private ObjectNode params;

    /** Created by JMH. */
    public EventPageBenchmark() {}

    /** Starts the daemon and finds the cursor of the page. */
    @Setup(Level.Trial)
    public void start() {
        daemon = BenchmarkDaemon.start(new Seed(50, 500, 200, events, 0));
        params = daemon.params().put("limit", LIMIT);
        for (int page = 0; page < depth; page++) {
            String next = daemon.call(LIST, params).path("cursor_next").asText();
            params.put("cursor_next", next);
        }
    }

    /** Stops the daemon. */
    @TearDown(Level.Trial)
    public void stop() {
        daemon.close();
    }

    /** Reads the page. */
    @Benchmark
    public ObjectNode page() {
        return daemon.call(LIST, params);
    }
}
