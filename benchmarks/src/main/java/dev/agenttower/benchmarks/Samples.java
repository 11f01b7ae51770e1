package dev.agenttower.benchmarks;

import java.util.Arrays;
import java.util.List;

/** The durations of many calls. Used by one thread at a time. */
final class Samples {
    private long[] nanos = new long[1 << 12];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = duration;
    }

    void addAll(Samples other) {
        for (int i = 0; i < other.count; i++) {
            add(other.nanos[i]);
        }
    }

    /** Their summary, for calls made within the given seconds. */
    Summary summary(double seconds) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return new Summary(
                count,
                millis(sorted[0]),
                millis(sorted[count / 2]),
                millis(sorted[(int) (count * 0.99)]),
                millis(sorted[count - 1]),
                count / seconds,
                0);
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    /**
     * The durations of a number of calls, in milliseconds.
     *
     * @param perSecond the number of calls per second
     * @param cpuMicros the daemon's CPU time for each call, in microseconds; 0 if not measured
     */
    record Summary(int count, double min, double median, double p99, double max, double perSecond, double cpuMicros) {
        Summary withCpu(double micros) {
            return new Summary(count, min, median, p99, max, perSecond, micros);
        }

        /** The medians of several rounds. */
        static Summary ofRounds(List<Summary> rounds) {
            return new Summary(
                    rounds.stream().mapToInt(Summary::count).sum(),
                    median(rounds.stream().mapToDouble(Summary::min).toArray()),
                    median(rounds.stream().mapToDouble(Summary::median).toArray()),
                    median(rounds.stream().mapToDouble(Summary::p99).toArray()),
                    median(rounds.stream().mapToDouble(Summary::max).toArray()),
                    median(rounds.stream().mapToDouble(Summary::perSecond).toArray()),
                    median(rounds.stream().mapToDouble(Summary::cpuMicros).toArray()));
        }

        private static double median(double[] values) {
            Arrays.sort(values);
            return values[values.length / 2];
        }

        @Override
        public String toString() {
            return String.format(
                            "n %d  min %.3f  median %.3f  p99 %.3f  max %.3f ms  %.0f/s",
                            count, min, median, p99, max, perSecond)
                    + (cpuMicros > 0 ? String.format("  CPU %.0f us", cpuMicros) : "");
        }
    }
}
