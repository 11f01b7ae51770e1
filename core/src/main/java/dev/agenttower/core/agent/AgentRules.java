package dev.agenttower.core.agent;

import static java.util.stream.Collectors.joining;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;

/**
 * The rules for single values of an agent, shared by all entry points. Each method returns the value in its stored form or refuses it; the
 * details of a refusal name the {@code field}.
 */
public final class AgentRules {
    /** The longest label, in code points. */
    public static final int MAX_LABEL = 64;
    /** The longest project path, in code points. */
    public static final int MAX_PROJECT_PATH = 4096;

    /** The name of the person on the host, which names no agent. */
    static final String OPERATOR = "host-operator";

    private static final int MAX_PANEL_LABEL = 256;
    private static final int QUOTED = 64;

    private AgentRules() {}

    /**
     * A role by its name.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code VALUE_OUT_OF_SET}
     */
    public static Role role(String value) {
        return Role.parse(value).orElseThrow(() -> outOfSet("role", value, names(Role.values(), Role::wire)));
    }

    /**
     * A capability by its name.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code VALUE_OUT_OF_SET}
     */
    public static Capability capability(String value) {
        return Capability.parse(value)
                .orElseThrow(() -> outOfSet("capability", value, names(Capability.values(), Capability::wire)));
    }

    /**
     * A label as one line: TAB and LF become blanks, other control characters are removed. Never truncated.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code FIELD_TOO_LONG}, or {@code VALUE_OUT_OF_SET} for the form of an agent id and
     *     for {@code host-operator}, which name somebody else
     */
    public static String label(String value) {
        String label = Text.singleLine(value);
        requireAtMost(MAX_LABEL, label, "label");
        if (namesSomebodyElse(label)) {
            throw new RefusedException(
                    ErrorCode.VALUE_OUT_OF_SET,
                    "label " + quoted(label) + " would be taken for "
                            + (label.equals(OPERATOR) ? "the person on the host" : "the id of an agent")
                            + "; choose another one",
                    Map.of("field", "label"));
        }
        return label;
    }

    /** Whether a label would be taken for the id of an agent, or for the person on the host. */
    static boolean namesSomebodyElse(String label) {
        return AgentId.isWellFormed(label) || label.equals(OPERATOR);
    }

    /**
     * A label from a control panel, without surrounding blanks.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code VALIDATION_FAILED} for a line break within it or more than 256 code points
     */
    static String trimmedLabel(String value) {
        String label = value.strip();
        if (label.indexOf('\n') >= 0 || label.indexOf('\r') >= 0) {
            throw RefusedException.invalid("label", "embedded newline");
        }
        if (Text.length(label) > MAX_PANEL_LABEL) {
            throw RefusedException.invalid("label", "too long");
        }
        return label;
    }

    /**
     * A project path, without control characters; empty clears it. It need not exist and is not normalised.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code PROJECT_PATH_INVALID} or {@code FIELD_TOO_LONG}
     */
    public static String projectPath(String value) {
        if (value.isEmpty()) {
            return value;
        }
        if (value.indexOf('\0') >= 0) {
            throw invalidPath("contains a NUL character");
        }
        String path = withoutControls(value);
        requireAtMost(MAX_PROJECT_PATH, path, "project_path");
        if (!path.startsWith("/")) {
            throw invalidPath("is not absolute");
        }
        // Checked after control characters are removed, which could otherwise hide a parent step.
        if (Arrays.asList(path.split("/", -1)).contains("..")) {
            throw invalidPath("contains a \"..\" segment");
        }
        return path;
    }

    /**
     * Refuses a label that is the label of another active agent, because labels name active agents.
     *
     * @throws dev.agenttower.core.failure.RefusedException {@code VALUE_OUT_OF_SET}
     */
    static void requireFreeLabel(AgentStore.Writes writes, Agent labeled) {
        if (labeled.label().isEmpty()) {
            return;
        }
        writes.activeWithLabel(labeled.label()).stream()
                .filter(other -> !other.equals(labeled.id()))
                .findFirst()
                .ifPresent(other -> {
                    throw new RefusedException(
                            ErrorCode.VALUE_OUT_OF_SET,
                            "label " + quoted(labeled.label()) + " is the label of the active agent " + other
                                    + "; choose another one, or change that one first with set-label",
                            Map.of("field", "label"));
                });
    }

    private static void requireAtMost(int max, String value, String field) {
        int length = Text.length(value);
        if (length > max) {
            throw new RefusedException(
                    ErrorCode.FIELD_TOO_LONG,
                    field + " has " + length + " characters, at most " + max + " are allowed; shorten it",
                    Map.of("field", field));
        }
    }

    private static String withoutControls(String value) {
        StringBuilder clean = new StringBuilder(value.length());
        value.codePoints().filter(c -> c >= 0x20 && c != 0x7f).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static RefusedException invalidPath(String reason) {
        return new RefusedException(
                ErrorCode.PROJECT_PATH_INVALID,
                "project_path " + reason + "; give an absolute path without \"..\", or an empty one to clear it",
                Map.of("field", "project_path"));
    }

    private static RefusedException outOfSet(String field, String value, String names) {
        return new RefusedException(
                ErrorCode.VALUE_OUT_OF_SET,
                field + " " + quoted(value) + " is unknown; use one of " + names,
                Map.of("field", field));
    }

    private static String quoted(String value) {
        return '"' + Text.abbreviated(value, QUOTED) + '"';
    }

    private static <E> String names(E[] values, Function<E, String> name) {
        return Arrays.stream(values).map(name).collect(joining(", "));
    }
}
