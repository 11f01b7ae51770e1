package dev.agenttower.cli.command;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values of an option with a closed set of values. */
public final class AllowedValues {
    private final String option;
    private final List<String> values;

    public AllowedValues(String option, Stream<String> values) {
        this.option = option;
        this.values = values.toList();
    }

    /**
     * Rejects other values here, because the daemon's refusal does not list the set.
     *
     * @throws RefusedException {@code VALUE_OUT_OF_SET}, naming the set, unless {@code given} is null or in it
     */
    public void require(@Nullable String given) {
        if (given != null && !values.contains(given)) {
            throw new RefusedException(
                    ErrorCode.VALUE_OUT_OF_SET,
                    option + " \"" + Text.abbreviated(given, 80) + "\" is unknown; use one of "
                            + String.join(", ", values));
        }
    }
}
