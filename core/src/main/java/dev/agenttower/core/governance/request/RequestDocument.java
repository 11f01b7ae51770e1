package dev.agenttower.core.governance.request;

import dev.agenttower.core.governance.RecordTimestamps;
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
 * The document of requests as a text: sections between rules of dashes, each with the heading, the fields, the description and the status of one
 * request.
 *
 * <p>People edit it by hand, so unknown content is kept unchanged. Not thread-safe.
 */
final class RequestDocument {
    private static final String HEADING_START = "## REQ-";
    private static final Pattern HEADING = Pattern.compile("## (REQ-\\d+): ?(.*)");
    private static final int MOST_DIGITS = 9;
    private static final Pattern BOLD = Pattern.compile("\\*\\*([A-Z _]+)\\*\\*");
    private static final Pattern LEADING_ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    static final String FIRST_LINE = "# Cross-Role Requests\n";

    private final String text;
    private @Nullable List<Section> sections;

    RequestDocument(@Nullable String text) {
        this.text = text == null ? FIRST_LINE : text;
    }

    /** The id of the next request: one more than the highest, with at least three digits. */
    String nextId() {
        long highest = 0;
        for (int at = text.indexOf(HEADING_START); at >= 0; at = text.indexOf(HEADING_START, at + 1)) {
            if (isFirstOfItsLine(at)) {
                highest = Math.max(highest, numberAt(at + HEADING_START.length()));
            }
        }
        return String.format("REQ-%03d", highest + 1);
    }

    private boolean isFirstOfItsLine(int index) {
        for (int i = index - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029) {
                return true;
            }
            if (c != ' ' && c != '\t' && c != 0x0b && c != '\f') {
                return false;
            }
        }
        return true;
    }

    /** The number at an index; 0 where there are no digits, or more than nine. */
    private long numberAt(int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end == start || end - start > MOST_DIGITS ? 0 : Long.parseLong(text.substring(start, end));
    }

    /** The document with a request appended. */
    String with(String id, FileRequest request, Instant now) {
        String specs = request.relatedSpecs().isEmpty()
                ? ""
                : "**Related Specs:** " + String.join(", ", request.relatedSpecs()) + "\n";
        return text
                + "\n\n---\n\n## " + id + ": " + RequestText.escaped(request.title())
                + "\n\n**From:** " + request.fromRole() + " (" + request.fromAgent() + ")"
                + "\n**To:** @" + request.toRole()
                + "\n**Date:** " + RecordTimestamps.minutes(now) + " UTC"
                + "\n**Type:** " + request.type()
                + "\n**Priority:** " + request.priority() + "\n"
                + specs
                + "\n### Description\n\n" + RequestText.escaped(request.description())
                + "\n\n### Status\n\n**OPEN**\n";
    }

    /** The document with a feedback appended. */
    String with(String id, Feedback feedback, Instant now) {
        return text
                + "\n\n---\n\n## " + id + ": " + feedback.title()
                + "\n\n**From:** " + feedback.author()
                + "\n**Date:** " + RecordTimestamps.minutes(now) + " UTC"
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
        return sections().stream()
                .filter(section -> section.id().equals(Optional.of(id)))
                .flatMap(section -> section.request().stream())
                .findFirst();
    }

    /** The document with the status of a request changed; empty if the request does not exist or has no status block. */
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
        List<Section> known = sections;
        if (known == null) {
            known = split();
            sections = known;
        }
        return known;
    }

    private List<Section> split() {
        List<Section> split = new ArrayList<>();
        int begin = 0;
        for (int start = 0; start < text.length(); ) {
            int end = endOfLine(start);
            if (isRule(start, end)) {
                split.add(new Section(begin, start));
                begin = end + 1;
            }
            start = end + 1;
        }
        split.add(new Section(Math.min(begin, text.length()), text.length()));
        return split;
    }

    private int endOfLine(int start) {
        int end = text.indexOf('\n', start);
        return end < 0 ? text.length() : end;
    }

    private boolean isRule(int start, int end) {
        int last = end > start && text.charAt(end - 1) == '\r' ? end - 1 : end;
        for (int i = start; i < last; i++) {
            if (text.charAt(i) != '-') {
                return false;
            }
        }
        return last > start;
    }

    private Line line(int start) {
        String content = text.substring(start, endOfLine(start));
        return new Line(content.endsWith("\r") ? content.substring(0, content.length() - 1) : content, start);
    }

    private record Line(String content, int start) {}

    private record Place(int start, int end) {}

    /** The text between two rules, parsed on demand: a document may hold thousands of sections, of which mostly one is needed. */
    private final class Section {
        private final int start;
        private final int end;

        Section(int start, int end) {
            this.start = start;
            this.end = end;
        }

        Optional<String> id() {
            return heading().map(heading -> heading.group(1));
        }

        Optional<CrossRequest> request() {
            return heading().map(heading -> new Entry(lines()).request(heading));
        }

        Optional<Place> statusPlace() {
            return new Entry(lines()).statusPlace();
        }

        private Optional<Matcher> heading() {
            for (int at = start; at < end; at = endOfLine(at) + 1) {
                if (text.startsWith(HEADING_START, at)) {
                    Matcher heading = HEADING.matcher(line(at).content());
                    if (heading.matches()) {
                        return Optional.of(heading);
                    }
                }
            }
            return Optional.empty();
        }

        private List<Line> lines() {
            List<Line> lines = new ArrayList<>();
            for (int at = start; at < end; at = endOfLine(at) + 1) {
                lines.add(line(at));
            }
            return lines;
        }
    }

    /** The lines of one section. */
    private record Entry(List<Line> lines) {
        CrossRequest request(Matcher heading) {
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
        }

        private List<String> specs() {
            return Arrays.stream(field("Related Specs").orElse("").split(",", -1))
                    .map(String::strip)
                    .filter(spec -> !spec.isEmpty())
                    .toList();
        }

        /** The position of the status between its asterisks. */
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

        /** Fields precede the first third-level heading; the text after it is free. */
        private Optional<String> field(String name) {
            int end = indexOf("###", 0);
            return fieldIn(name, end < 0 ? lines : lines.subList(0, end));
        }

        private static Optional<String> fieldIn(String name, List<Line> some) {
            String prefix = "**" + name + ":**";
            for (Line line : some) {
                if (line.content().startsWith(prefix)) {
                    return Optional.of(line.content().substring(prefix.length()).strip());
                }
            }
            return Optional.empty();
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
