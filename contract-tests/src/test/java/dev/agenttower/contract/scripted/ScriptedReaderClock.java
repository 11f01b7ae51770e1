package dev.agenttower.contract.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.event.ReaderClock;
import dev.agenttower.core.time.IsoTimes;
import java.nio.file.Path;
import java.util.function.Function;

/** The clocks of the reader from a JSON file, which is read at each look at a clock. A broken script ends the reader. */
final class ScriptedReaderClock {
    private static final double NANOS = 1e9;

    private ScriptedReaderClock() {}

    static ReaderClock of(Path script) {
        return new ReaderClock(
                () -> read(
                        script,
                        now -> IsoTimes.parse(now.path("observed_at_iso").asText(""))
                                .orElseThrow(
                                        () -> new IllegalStateException("observed_at_iso is no time in " + script))),
                () -> read(script, now -> (long) (number(now.path("monotonic"), script) * NANOS)));
    }

    private static double number(JsonNode value, Path script) {
        if (!value.isNumber()) {
            throw new IllegalStateException("monotonic is no number in " + script);
        }
        return value.doubleValue();
    }

    private static <T> T read(Path script, Function<JsonNode, T> part) {
        try {
            return part.apply(new Script(script).read());
        } catch (RuntimeException e) {
            // The reader outlives any exception.
            throw new AssertionError("no time in " + script, e);
        }
    }
}
