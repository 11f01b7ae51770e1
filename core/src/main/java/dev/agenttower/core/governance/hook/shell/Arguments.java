package dev.agenttower.core.governance.hook.shell;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a command, split as {@code getopt} does.
 *
 * @param options the options with their values; the empty word where there is none
 * @param operands the other arguments
 */
record Arguments(Map<String, ShellWord> options, List<ShellWord> operands) {
    private static final ShellWord NONE = ShellWord.exact("");

    /**
     * Splits arguments.
     *
     * @param valued the options with a value, such as {@code -t} and {@code --target}; {@code -i?} has one only in the same word
     */
    static Arguments of(List<ShellWord> words, List<String> valued) {
        Map<String, ShellWord> options = new LinkedHashMap<>();
        List<ShellWord> operands = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            ShellWord word = words.get(i);
            if (word.is("--")) {
                operands.addAll(words.subList(i + 1, words.size()));
                break;
            }
            if (!word.isOption()) {
                operands.add(word);
            } else if (word.text().startsWith("--")) {
                i += addLong(word, i + 1 < words.size() ? words.get(i + 1) : null, valued, options);
            } else {
                i += addCluster(word, i + 1 < words.size() ? words.get(i + 1) : null, valued, options);
            }
        }
        return new Arguments(options, operands);
    }

    private static int addLong(
            ShellWord word, @Nullable ShellWord next, List<String> valued, Map<String, ShellWord> options) {
        int equals = word.text().indexOf('=');
        if (equals >= 0) {
            options.putIfAbsent(word.text().substring(0, equals), word.from(equals + 1));
            return 0;
        }
        boolean takesNext = next != null && valued.contains(word.text());
        options.putIfAbsent(word.text(), takesNext ? next : NONE);
        return takesNext ? 1 : 0;
    }

    private static int addCluster(
            ShellWord word, @Nullable ShellWord next, List<String> valued, Map<String, ShellWord> options) {
        String letters = word.text();
        for (int i = 1; i < letters.length() && i < 64; i++) {
            String option = "-" + letters.charAt(i);
            if (valued.contains(option)) {
                boolean isAttached = i + 1 < letters.length();
                options.putIfAbsent(option, isAttached ? word.from(i + 1) : next == null ? NONE : next);
                return isAttached ? 0 : 1;
            }
            if (valued.contains(option + "?")) {
                options.putIfAbsent(option, word.from(i + 1));
                return 0;
            }
            options.putIfAbsent(option, NONE);
        }
        return 0;
    }

    /** Whether one of these options is given. */
    boolean has(String... names) {
        return value(names) != null;
    }

    /** The value of the first of these options that is given; null for none. */
    @Nullable ShellWord value(String... names) {
        for (String name : names) {
            ShellWord value = options.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** The operands but the first {@code count}. */
    List<ShellWord> operandsFrom(int count) {
        return operands.subList(Math.min(count, operands.size()), operands.size());
    }

    /** The last operand; null for none. */
    @Nullable ShellWord last() {
        return operands.isEmpty() ? null : operands.get(operands.size() - 1);
    }
}
