package dev.agenttower.core.route;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.queue.message.Excerpt;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * The text of the prompts of a route: literal text, in which a name in braces stands for a field of the event, and doubled braces for braces. Text
 * that stands for a field is never read as a template again. Immutable.
 */
final class Template {
    /** The longest template, in bytes of UTF-8. */
    static final int MAX_BYTES = 4096;

    private static final char DELETE = 0x7f;

    private final List<BiFunction<Event, Agent, String>> parts;

    private Template(List<BiFunction<Event, Agent, String>> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * Reads a template.
     *
     * @throws RefusedException {@code ROUTE_TEMPLATE_INVALID} if it is empty, longer than {@link #MAX_BYTES}, names an unknown field, or has a
     *     brace that neither belongs to a name nor is doubled, or a control character other than TAB and LF
     */
    static Template parse(String text) {
        if (text.isEmpty()) {
            throw invalid("is empty");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw invalid("is longer than " + MAX_BYTES + " bytes");
        }
        List<BiFunction<Event, Agent, String>> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if ((c < ' ' && c != '\t' && c != '\n') || c == DELETE) {
                throw invalid("has a control character at character " + at + "; only tabs and line feeds may be sent");
            } else if (c != '{' && c != '}') {
                literal.append(c);
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == c) {
                literal.append(c);
                at += 2;
            } else if (c == '}') {
                throw invalid("has a lone } at character " + at + "; write }} for a brace");
            } else {
                int end = text.indexOf('}', at);
                Field field = field(text, at, end);
                String before = literal.toString();
                literal.setLength(0);
                parts.add((event, source) -> before);
                parts.add(field::of);
                at = end + 1;
            }
        }
        String rest = literal.toString();
        parts.add((event, source) -> rest);
        return new Template(parts);
    }

    private static Field field(String text, int open, int close) {
        if (close < 0) {
            throw invalid("has a lone { at character " + open + "; write {{ for a brace");
        }
        String name = text.substring(open + 1, close);
        return Field.parse(name)
                .orElseThrow(() -> invalid("has the unknown field {" + name + "} at character " + open + "; there are "
                        + Field.NAMES + ", and {{ and }} stand for braces"));
    }

    private static RefusedException invalid(String reason) {
        return new RefusedException(ErrorCode.ROUTE_TEMPLATE_INVALID, "the template " + reason);
    }

    /** The text for an event. */
    String render(Event event, Agent source) {
        return parts.stream().map(part -> part.apply(event, source)).collect(Collectors.joining());
    }

    /** What a name stands for. */
    private enum Field {
        EVENT_ID,
        EVENT_TYPE,
        SOURCE_AGENT_ID,
        SOURCE_LABEL,
        SOURCE_ROLE,
        SOURCE_CAPABILITY,
        EVENT_EXCERPT,
        OBSERVED_AT;

        private static final String NAMES =
                Arrays.stream(values()).map(field -> "{" + field.wire + "}").collect(Collectors.joining(", "));

        private final String wire = name().toLowerCase(Locale.ROOT);

        static Optional<Field> parse(String name) {
            return Arrays.stream(values())
                    .filter(field -> field.wire.equals(name))
                    .findFirst();
        }

        String of(Event event, Agent source) {
            return switch (this) {
                case EVENT_ID -> Long.toString(event.id());
                case EVENT_TYPE -> event.type();
                case SOURCE_AGENT_ID -> event.agentId();
                case SOURCE_LABEL -> source.label();
                case SOURCE_ROLE -> source.role().wire();
                case SOURCE_CAPABILITY -> source.capability().wire();
                case EVENT_EXCERPT -> Excerpt.of(event.excerpt());
                case OBSERVED_AT -> event.observedAt();
            };
        }
    }
}
