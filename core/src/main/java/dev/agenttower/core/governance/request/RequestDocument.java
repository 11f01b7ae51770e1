package dev.agenttower.core.governance.request;

import dev.agenttower.core.governance.Stamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The document of requests as a text: sections between rules of dashes, each with the heading, the fields, the description and the status of
 * one request.
 *
 * <p>People edit it by hand, so whatever is not understood is left as it is.
 */
final class RequestDocument {
    private static final Pattern HEADING = Pattern.compile("## (REQ-\\d+): ?(.*)");
    private static final Pattern NUMBER = Pattern.compile("(?m)^\\s*## REQ-(\\d{1,9})(?!\\d)");
    private static final Pattern BOLD = Pattern.compile("\\*\\*([A-Z _]+)\\*\\*");
    private static final Pattern LEADING_ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final String FIRST_LINE = "# Cross-Role Requests\n";

    private final String text;

    RequestDocument(@Nullable String text) {
        this.text = text == null ? FIRST_LINE : text;
    }

    /** The id of the next request: one more than the highest, with at least three digits. */
    String nextId() {
        long highest = 0;
        for (Matcher number = NUMBER.matcher(text); number.find(); ) {
            highest = Math.max(highest, Long.parseLong(number.group(1)));
        }
        return String.format("REQ-%03d", highest + 1);
    }

    /** The document with one more request at its end. */
    String with(String id, FileRequest request, Instant now) {
        String specs = request.relatedSpecs().isEmpty()
                ? ""
                : "**Related Specs:** " + String.join(", ", request.relatedSpecs()) + "\n";
        return text
                + "\n\n---\n\n## " + id + ": " + RequestText.escaped(request.title())
                + "\n\n**From:** " + request.fromRole() + " (" + request.fromAgent() + ")"
                + "\n**To:** @" + request.toRole()
                + "\n**Date:** " + Stamps.minutes(now) + " UTC"
                + "\n**Type:** " + request.type()
                + "\n**Priority:** " + request.priority() + "\n"
                + specs
                + "\n### Description\n\n" + RequestText.escaped(request.description())
                + "\n\n### Status\n\n**OPEN**\n";
    }

    /** The document with what a human asks of every role at its end. */
    String with(String id, Feedback feedback, Instant now) {
        return text
                + "\n\n---\n\n## " + id + ": " + feedback.title()
                + "\n\n**From:** " + feedback.author()
                + "\n**Date:** " + Stamps.minutes(now) + " UTC"
                + "\n**Type:** " + feedback.type().toUpperCase(Locale.ROOT)
                + "\n**Priority:** MEDIUM\n"
                + "\n### Description\n\n" + RequestText.escaped(feedback.description())
                + "\n\n### Status\n\n**OPEN** -- Submitted via ADT Panel.\n";
    }

    /** The requests, in order. */
    List<CrossRequest> requests() {
        return sections().stream()
                .flatMap(section -> section.request().stream())
                .toList();
    }

    /** The request with an id. */
    Optional<CrossRequest> find(String id) {
        return requests().stream().filter(request -> request.id().equals(id)).findFirst();
    }

    /** The document with another status for a request, or nothing if that request has no status block. */
    Optional<String> withStatus(String id, RequestStatus status) {
        for (Section section : sections()) {
            if (section.id().equals(Optional.of(id))) {
                return section.statusPlace()
                        .map(place -> text.substring(0, place.start) + status.name() + text.substring(place.end));
            }
        }
        return Optional.empty();
    }

    private List<Section> sections() {
        List<Section> sections = new ArrayList<>();
        List<Line> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            String content = text.substring(start, end);
            if (content.endsWith("\r")) {
                content = content.substring(0, content.length() - 1);
            }
            if (!content.isEmpty() && content.chars().allMatch(c -> c == '-')) {
                sections.add(new Section(lines));
                lines = new ArrayList<>();
            } else {
                lines.add(new Line(content, start));
            }
            start = end + 1;
        }
        sections.add(new Section(lines));
        return sections;
    }

    private record Line(String content, int start) {}

    private record Place(int start, int end) {}

    /** The lines between two rules. */
    private record Section(List<Line> lines) {
        Optional<String> id() {
            return heading().map(heading -> heading.group(1));
        }

        Optional<CrossRequest> request() {
            return heading().map(heading -> {
                String author = field("From").orElse("UNKNOWN");
                Matcher role = LEADING_ROLE.matcher(author);
                String to = field("To").orElse("ALL");
                return new CrossRequest(
                        heading.group(1),
                        RequestText.unescaped(heading.group(2).strip()),
                        status(),
                        author,
                        role.lookingAt() && !author.equals("UNKNOWN") ? role.group() : "",
                        to.startsWith("@") ? to.substring(1) : to,
                        field("Date").orElse("UNKNOWN"),
                        field("Type").orElse(null),
                        field("Priority").orElse(null),
                        specs(),
                        description());
            });
        }

        private List<String> specs() {
            return Arrays.stream(field("Related Specs").orElse("").split(",", -1))
                    .map(String::strip)
                    .filter(spec -> !spec.isEmpty())
                    .toList();
        }

        /** Where the status stands between its stars. */
        Optional<Place> statusPlace() {
            int index = indexOf("### Status", 0);
            if (index < 0) {
                return Optional.empty();
            }
            for (Line line : lines.subList(index + 1, lines.size())) {
                Matcher bold = BOLD.matcher(line.content());
                if (bold.lookingAt()) {
                    return Optional.of(new Place(line.start() + bold.start(1), line.start() + bold.end(1)));
                }
                if (!line.content().isBlank()) {
                    return Optional.empty();
                }
            }
            return Optional.empty();
        }

        private Optional<Matcher> heading() {
            return lines.stream()
                    .map(line -> HEADING.matcher(line.content()))
                    .filter(Matcher::matches)
                    .findFirst();
        }

        private String status() {
            int index = indexOf("### Status", 0);
            if (index >= 0) {
                for (Line line : lines.subList(index + 1, lines.size())) {
                    Matcher bold = BOLD.matcher(line.content());
                    if (bold.find()) {
                        return bold.group(1);
                    }
                }
            }
            return fieldIn("Status", lines).orElse("UNKNOWN");
        }

        /** Fields stand before the first heading of the third level; what stands after it is free text. */
        private Optional<String> field(String name) {
            int end = indexOf("###", 0);
            return fieldIn(name, end < 0 ? lines : lines.subList(0, end));
        }

        private static Optional<String> fieldIn(String name, List<Line> some) {
            String prefix = "**" + name + ":**";
            return some.stream()
                    .map(Line::content)
                    .filter(content -> content.startsWith(prefix))
                    .map(content -> content.substring(prefix.length()).strip())
                    .findFirst();
        }

        private String description() {
            int from = indexOf("### Description", 0);
            int start = from >= 0 ? from + 1 : indexOf("## REQ-", 0) + 1;
            int end = indexOf("###", start);
            StringBuilder text = new StringBuilder();
            for (Line line : lines.subList(start, end < 0 ? lines.size() : end)) {
                if (from >= 0 || !line.content().startsWith("**")) {
                    text.append(line.content()).append('\n');
                }
            }
            return RequestText.unescaped(text.toString().strip());
        }

        private int indexOf(String prefix, int from) {
            for (int i = from; i < lines.size(); i++) {
                if (lines.get(i).content().startsWith(prefix)) {
                    return i;
                }
            }
            return -1;
        }
    }
}
