package dev.agenttower.benchmarks;

import dev.agenttower.benchmarks.Samples.Summary;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes figures several times and prints the median of the rounds, preceded by the load of the machine.
 *
 * @param rounds the number of rounds
 * @param span the duration of one round of calls, after a warm-up of half that time
 */
record Figures(int rounds, Duration span, PrintStream out) {
    /** One round of a measurement. */
    @FunctionalInterface
    interface Round {
        /** Measures once. */
        Summary measure() throws IOException;
    }

    /** A preparation, or the measured action. */
    @FunctionalInterface
    interface Step {
        /** Runs the step. */
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

    /** Takes the figure of a step that runs {@code times} times in each round, after an uncounted round. */
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
