package dev.agenttower.benchmarks;

import dev.agenttower.benchmarks.Samples.Summary;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes figures several times and prints the median of the rounds, with the load of the machine before them.
 *
 * @param rounds how many times
 * @param span how long one round of calls takes, after a warm-up of half that time
 */
record Figures(int rounds, Duration span, PrintStream out) {
    /** One round of a measurement. */
    @FunctionalInterface
    interface Round {
        /** Measures once. */
        Summary measure() throws IOException;
    }

    /** Something to be done before it is measured, or as the thing to measure. */
    @FunctionalInterface
    interface Step {
        /** Does it. */
        void run() throws IOException;
    }

    /** Clients that call for the span of a round. */
    Load load(int clients) {
        return new Load(clients, span.dividedBy(2), span);
    }

    /** Takes a figure. */
    void take(String what, Round round) throws IOException {
        List<Summary> all = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            all.add(round.measure());
        }
        print(what, Summary.ofRounds(all).toString());
    }

    /** Takes a figure of something that is done {@code times} times in each round, after a round that does not count. */
    void repeat(String what, int times, Step step) throws IOException {
        repeated(times, step);
        take(what, () -> repeated(times, step));
    }

    /** Prints a line. */
    void print(String what, String figure) {
        out.printf("%-64s %s%n", what, figure);
        out.flush();
    }

    static Summary repeated(int times, Step step) throws IOException {
        Samples samples = new Samples();
        long begin = System.nanoTime();
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            step.run();
            samples.add(System.nanoTime() - start);
        }
        return samples.summary((System.nanoTime() - begin) / 1e9);
    }
}
