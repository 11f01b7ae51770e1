package dev.agenttower.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of governance, of the built daemon in its own process and of the classes behind it:
 * {@code GovernanceFigures [-r ROUNDS] [-s SECONDS] [-n EVENTS] [NAME...]}.
 */
public final class GovernanceFigures {
    private static final Map<String, Figure> ALL = all();

    private GovernanceFigures() {}

    /** Takes the named figures, or all. */
    public static void main(String[] arguments) throws IOException {
        int rounds = 3;
        int seconds = 6;
        long events = 1_000_000;
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty() && rest.peek().startsWith("-")) {
            switch (rest.pop()) {
                case "-r" -> rounds = Integer.parseInt(rest.pop());
                case "-s" -> seconds = Integer.parseInt(rest.pop());
                case "-n" -> events = Long.parseLong(rest.pop());
                default -> throw new IllegalArgumentException("options are -r ROUNDS, -s SECONDS, -n EVENTS");
            }
        }
        Figures figures = new Figures(rounds, Duration.ofSeconds(seconds), System.out);
        for (String name : rest.isEmpty() ? ALL.keySet() : rest) {
            Figure figure = ALL.get(name);
            if (figure == null) {
                throw new IllegalArgumentException("no '" + name + "' among " + ALL.keySet());
            }
            String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
            figures.print(name, "(load before: " + load + ")");
            figure.take(figures, events);
        }
    }

    private static Map<String, Figure> all() {
        Map<String, Figure> all = new LinkedHashMap<>();
        all.put("decisions", (figures, events) -> DecisionFigures.take(figures));
        all.put("appends", (figures, events) -> AppendFigures.take(figures));
        all.put("ledger", LedgerFigures::take);
        all.put("changes", (figures, events) -> ChangeFigures.take(figures));
        all.put("requests", (figures, events) -> RequestFigures.take(figures));
        all.put("commands", (figures, events) -> CommandFigures.take(figures));
        all.put("followers", (figures, events) -> FollowerFigures.take(figures));
        return all;
    }

    @FunctionalInterface
    private interface Figure {
        void take(Figures figures, long events) throws IOException;
    }
}
