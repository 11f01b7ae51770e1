package dev.agenttower.core.governance.request;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.ledger.Actors;
import dev.agenttower.core.governance.ledger.EventDraft;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.ReservedEvents;
import dev.agenttower.core.governance.ledger.note.ReportedWrites;
import dev.agenttower.core.text.Text;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Files cross-role requests, lists them, and updates their status. Thread-safe. */
public final class CrossRoleRequests {
    /** The maximum length of the document in characters. */
    private static final int MAX_LENGTH = 4 << 20;
    /** The number of characters of a feedback that its ledger event contains. */
    private static final int DESCRIBED = 80;

    /** Prefixes of the noted state of an entry: the title it was filed with, or the status it was set to. */
    private static final String TITLE = "title ";

    private static final String STATUS = "status ";

    private final RequestBook book;
    private final ReportedWrites writes;
    private final InstantSource clock;

    /**
     * The requests of one project.
     *
     * @param writes the writes to the document
     */
    public CrossRoleRequests(RequestBook book, ReportedWrites writes, InstantSource clock) {
        this.book = book;
        this.writes = writes;
        this.clock = clock;
    }

    /** Appends missing events of earlier writes, by this process or one that has ended. Call it before any other method and periodically. */
    public void recover() {
        if (writes.isInterrupted()) {
            book.exclusively(this::settled);
        }
    }

    /**
     * Files a request under the next number.
     *
     * @throws RefusedException FULL, if the document would exceed its maximum length
     */
    public RequestReceipt file(FileRequest request) {
        return book.exclusively(writing -> {
            RequestDocument document = settled(writing);
            String id = document.nextId();
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("req_id", id);
            data.put("to_role", request.toRole());
            data.put("title", request.title());
            EventDraft filed = EventDraft.of(
                            "req_filed",
                            request.fromAgent(),
                            request.fromRole(),
                            "request_filed",
                            3,
                            "Filed " + id + ": " + request.title() + " targeting " + request.toRole() + ".")
                    .withSpec("SPEC-037")
                    .withData(data);
            String longer = bounded(document.with(id, request, clock.instant()));
            return write(writing, longer, id, TITLE + request.title(), RequestStatus.OPEN, filed);
        });
    }

    /**
     * Files the requests that an agent has written into the document by itself: those that the current document lacks. Requests with the same
     * addressee, title and description are the same, whatever their numbers, so that a second call files nothing.
     *
     * @param written the whole document as the agent would have it
     * @return the filed requests, in order; empty if there is nothing new
     * @throws RefusedException INVALID, if a request lacks something or is too long, and then none is filed; FULL, as above
     */
    public List<RequestReceipt> fileWritten(String written, String role, String agent) {
        Set<Content> known = list(null).stream().map(Content::of).collect(Collectors.toSet());
        List<FileRequest> fresh = new RequestDocument(written)
                .requests().stream()
                        .filter(request -> !known.contains(Content.of(request)))
                        .map(request -> filing(request, role, agent))
                        .toList();
        return fresh.stream().map(this::file).toList();
    }

    private static FileRequest filing(CrossRequest request, String role, String agent) {
        return new FileRequest(
                role,
                agent,
                request.to(),
                request.title(),
                request.description(),
                request.priority() == null ? FileRequest.DEFAULT_PRIORITY : request.priority(),
                request.type() == null ? FileRequest.DEFAULT_TYPE : request.type(),
                request.relatedSpecs());
    }

    /** What makes a request the same as another one. */
    private record Content(String to, String title, String description) {
        static Content of(CrossRequest request) {
            return new Content(request.to(), request.title(), RequestText.normal(request.description()));
        }
    }

    /**
     * Files a human's feedback to all roles under the next number. Only for callers that passed the human gate.
     *
     * @throws RefusedException FULL, if the document would exceed its maximum length
     */
    public RequestReceipt file(Feedback feedback) {
        return book.exclusively(writing -> {
            RequestDocument document = settled(writing);
            String id = document.nextId();
            String beginning = Text.cut(RequestText.line(feedback.description()), DESCRIBED);
            EventDraft submitted = EventDraft.of(
                            "req_sub",
                            Actors.HUMAN,
                            Actors.COLLABORATOR,
                            "request_submitted",
                            3,
                            id + " (" + feedback.type() + ") by " + feedback.author() + ": " + beginning)
                    .withSpec("SPEC-025")
                    .withData(Map.of("req_id", id));
            String longer = bounded(document.with(id, feedback, clock.instant()));
            return write(writing, longer, id, TITLE + feedback.title(), RequestStatus.OPEN, submitted);
        });
    }

    private static String bounded(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new RefusedException(
                    ErrorCode.FULL, "requests.md exceeds " + MAX_LENGTH + " characters; archive what is done");
        }
        return text;
    }

    /** The document, after missing events are appended. */
    private RequestDocument settled(RequestBook.Writing writing) {
        RequestDocument document = new RequestDocument(writing.text());
        writes.settle(promise -> document.find(promise.subject())
                .filter(request -> promise.shown().equals(TITLE + request.title())
                        || promise.shown().equals(STATUS + request.status()))
                .isPresent());
        return document;
    }

    private RequestReceipt write(
            RequestBook.Writing writing, String text, String id, String shown, RequestStatus status, EventDraft event) {
        String before = writing.text();
        LedgerEvent written = writes.write(
                id,
                shown,
                event,
                () -> writing.save(text),
                () -> writing.save(before == null ? RequestDocument.FIRST_LINE : before));
        return new RequestReceipt(id, status, written.id());
    }

    /**
     * Changes the status of a request, on behalf of the role that filed it or an addressed one.
     *
     * @param status the name of the status, ignoring case
     * @throws RefusedException INVALID, if there is no such status; NOT_FOUND, if there is no such request or it has no status block; FORBIDDEN,
     *     if the role neither filed it nor is addressed, or the agent's name is reserved
     */
    public RequestReceipt update(String id, String agent, String role, String status) {
        Limits.name("agent", ReservedEvents.checked(agent));
        Limits.name("role", role);
        RequestStatus next = RequestStatus.parse(status)
                .orElseThrow(() -> RefusedException.invalid("status is not one of " + List.of(RequestStatus.values())));
        return book.exclusively(writing -> {
            if (writing.text() == null) {
                throw new RefusedException(ErrorCode.NOT_FOUND, "requests.md not found");
            }
            RequestDocument document = settled(writing);
            CrossRequest request = document.find(id).orElseThrow(() -> missing(id));
            String changed = document.withStatus(id, next).orElseThrow(() -> missing(id));
            if (!request.mayBeUpdatedBy(role)) {
                throw new RefusedException(
                        ErrorCode.FORBIDDEN, "Request " + id + " is addressed to " + request.to() + ", not " + role);
            }
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("req_id", id);
            data.put("status", next.name());
            EventDraft updated = EventDraft.of(
                            "req_upd",
                            agent,
                            role,
                            "request_status_updated",
                            3,
                            "Request " + id + " marked as " + next + " by " + role + ".")
                    .withSpec("SPEC-035")
                    .withData(data);
            return write(writing, changed, id, STATUS + next.name(), next, updated);
        });
    }

    /**
     * The requests, in the order of the document.
     *
     * @param role the role that filed them or is addressed by name; null is any
     */
    public List<CrossRequest> list(@Nullable String role) {
        String text = book.text();
        return text == null
                ? List.of()
                : new RequestDocument(text)
                        .requests().stream()
                                .filter(request -> role == null || request.concerns(role))
                                .toList();
    }

    /**
     * One request.
     *
     * @throws RefusedException NOT_FOUND, if no request has this id
     */
    public CrossRequest find(String id) {
        String text = book.text();
        return Optional.ofNullable(text)
                .flatMap(known -> new RequestDocument(known).find(id))
                .orElseThrow(() -> new RefusedException(ErrorCode.NOT_FOUND, "Request " + id + " not found"));
    }

    private static RefusedException missing(String id) {
        return new RefusedException(ErrorCode.NOT_FOUND, "Request " + id + " not found or status section missing");
    }
}
