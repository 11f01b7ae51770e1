package dev.agenttower.cli.form;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The options that a command line gave to a command. */
public final class Arguments {
    private final Map<String, List<String>> values = new HashMap<>();

    Arguments() {}

    void add(String option, String value) {
        values.computeIfAbsent(option, name -> new ArrayList<>(1)).add(value);
    }

    /** Whether an option was given. */
    public boolean has(String option) {
        return values.containsKey(option);
    }

    /** Whether {@code --json} was given. */
    public boolean json() {
        return has(OptionForm.JSON.name());
    }

    /** The last value of an option, or null if it was not given. */
    public @Nullable String value(String option) {
        @Nullable List<String> given = values.get(option);
        return given == null ? null : given.get(given.size() - 1);
    }

    /** The value of an option that its form requires. */
    public String required(String option) {
        @Nullable String value = value(option);
        if (value == null) {
            throw new IllegalStateException(option + " is not a required option");
        }
        return value;
    }

    /** All values of an option, in order; empty if it was not given. */
    public List<String> values(String option) {
        return List.copyOf(values.getOrDefault(option, List.of()));
    }
}
