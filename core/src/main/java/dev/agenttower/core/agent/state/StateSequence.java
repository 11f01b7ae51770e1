package dev.agenttower.core.agent.state;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The escape sequence by which Codex 0.171.0 tells its terminal what it does, such as {@code OSC 7501;state=blocked:app=codex:kind=permission}. It
 * calls a start dialog idle.
 */
public final class StateSequence {
    private static final byte[] BEGIN = "\u001b]7501;".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST = 200;
    private static final byte ESCAPE = 0x1b;
    private static final byte BELL = 0x07;

    private StateSequence() {}

    /**
     * What the last whole sequence in an output tells; empty if there is none that tells something.
     *
     * @param output what was printed, from its position on; what is before the position was read earlier, and a sequence that ends there is not
     *     read again
     */
    public static Optional<Reading> last(ByteBuffer output) {
        for (int begin = output.limit() - BEGIN.length; begin >= 0; begin--) {
            if (isBegin(output, begin)) {
                int end = end(output, begin + BEGIN.length);
                if (end > 0) {
                    int last = output.get(end) == BELL ? end : end + 1;
                    return last < output.position()
                            ? Optional.empty()
                            : reading(text(output, begin + BEGIN.length, end));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isBegin(ByteBuffer output, int at) {
        for (int i = 0; i < BEGIN.length; i++) {
            if (output.get(at + i) != BEGIN[i]) {
                return false;
            }
        }
        return true;
    }

    /** Where a sequence ends; -1 if it does not end, or is too long. */
    private static int end(ByteBuffer output, int from) {
        for (int at = from; at < Math.min(output.limit(), from + MOST); at++) {
            boolean isEnd = output.get(at) == BELL
                    || (output.get(at) == ESCAPE && at + 1 < output.limit() && output.get(at + 1) == '\\');
            if (isEnd) {
                return at;
            }
        }
        return -1;
    }

    private static String text(ByteBuffer output, int from, int to) {
        byte[] bytes = new byte[to - from];
        output.duplicate().position(from).get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static Optional<Reading> reading(String text) {
        Map<String, String> fields = Arrays.stream(text.split(":"))
                .map(field -> field.split("=", 2))
                .filter(field -> field.length == 2)
                .collect(Collectors.toMap(field -> field[0], field -> field[1], (first, second) -> first));
        String kind = fields.getOrDefault("kind", "");
        return switch (fields.getOrDefault("state", "")) {
            case "idle", "done" -> state(AgentState.IDLE, text);
            case "working" -> state(AgentState.WORKING, text);
            case "error" -> state(AgentState.ERROR, text);
            case "blocked" ->
                state(kind.equals("permission") ? AgentState.WAITING_PERMISSION : AgentState.WAITING_INPUT, text);
            default -> Optional.empty();
        };
    }

    private static Optional<Reading> state(AgentState state, String text) {
        return Optional.of(new Reading(state, "", Evidence.CLIENT, text));
    }
}
