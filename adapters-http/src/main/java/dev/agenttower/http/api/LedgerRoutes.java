package dev.agenttower.http.api;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.HeapBudget;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.ledger.EventSubmission;
import dev.agenttower.core.governance.ledger.Integrity;
import dev.agenttower.core.governance.ledger.Ledger;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.governance.ledger.LedgerEvent;
import dev.agenttower.core.governance.ledger.LedgerFilter;
import dev.agenttower.core.governance.ledger.LedgerPage;
import dev.agenttower.core.governance.ledger.LedgerQuery;
import dev.agenttower.core.governance.registry.GovernedProject;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.Outcome;
import dev.agenttower.http.route.Refusals;
import dev.agenttower.http.route.Route;
import dev.agenttower.http.route.StreamedView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The ledger: {@code /api/ads}. */
public final class LedgerRoutes {
    private static final int USUAL_PAGE = 100;
    private static final int LONGEST_NUMBER = 18;
    private static final int LONGEST_WAIT = 30;
    private static final long HEAP_FOR_EACH_EVENT = 4 << 10;

    private final Selection selection;
    private final HumansOnly humans;
    private final Callers callers;

    /** Routes over these projects. */
    public LedgerRoutes(Selection selection, HumansOnly humans, Callers callers) {
        this.selection = selection;
        this.humans = humans;
        this.callers = callers;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.of("GET", "/api/ads/events", selection.inProject(this::events)),
                Route.of("GET", "/api/ads/integrity", selection.inProject(this::integrity)),
                Route.of(
                        "POST",
                        "/api/ads/heal",
                        humans.before("Only humans can heal the ledger", selection.inProjectOfBody(this::heal))),
                Route.of("POST", "/api/ads/log", selection.inProjectOfBody(this::submit))
                        .refusing(LedgerRoutes::refused));
    }

    private Outcome events(Call call, GovernedProject project) {
        LedgerFilter filter = new LedgerFilter(
                filter(call, "agent"), filter(call, "role"), filter(call, "action_type"), filter(call, "spec_ref"));
        Long limit = number(call, "limit");
        if (limit != null && (limit < 1 || limit > LedgerQuery.MAX_LIMIT)) {
            throw RefusedException.invalid("limit must be between 1 and " + LedgerQuery.MAX_LIMIT);
        }
        String cursor = call.query("cursor");
        if (cursor != null) {
            return page(call, project, filter, cursor, limit == null ? USUAL_PAGE : limit.intValue());
        }
        Long offset = number(call, "offset");
        if (offset != null && offset < 0) {
            throw RefusedException.invalid("offset must be non-negative");
        }
        end(project); // an unreadable ledger must fail before the answer begins
        return Answer.ok(array(project, filter, offset == null ? 0 : offset, limit == null ? Long.MAX_VALUE : limit));
    }

    private static StreamedView array(GovernedProject project, LedgerFilter filter, long offset, long limit) {
        return visitor -> {
            long[] seen = {0};
            project.ledger().scan(event -> {
                if (!filter.matches(event) || seen[0]++ < offset) {
                    return true;
                }
                return visitor.test(event.view()) && seen[0] - offset < limit;
            });
        };
    }

    private static Outcome page(Call call, GovernedProject project, LedgerFilter filter, String cursor, int limit) {
        boolean isEnd = cursor.equals("end");
        String direction = call.query("direction");
        if (direction != null && !direction.equals("forward") && !direction.equals("backward")) {
            throw RefusedException.invalid("direction is neither forward nor backward");
        }
        boolean isBackward = direction == null ? isEnd : direction.equals("backward");
        LedgerCursor place = isEnd ? end(project) : place(cursor);
        long wait = wait(call, isBackward);
        HeapBudget.CHANGES.claimInScope(HEAP_FOR_EACH_EVENT * limit);
        LedgerPage page = project.ledger()
                .page(isBackward ? LedgerQuery.before(filter, place, limit) : LedgerQuery.after(filter, place, limit));
        return wait > 0 && page.events().isEmpty()
                ? later(project.ledger(), filter, page, limit, Duration.ofSeconds(wait))
                : answer(page, page.before());
    }

    private static Answer answer(LedgerPage page, LedgerCursor before) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("events", page.events().stream().map(LedgerEvent::view).toList());
        view.put("before", before.text());
        view.put("after", page.after().text());
        view.put("has_more", page.hasMore());
        return Answer.ok(view);
    }

    /** Waits for events after an empty page. */
    private static Outcome later(Ledger ledger, LedgerFilter filter, LedgerPage nothing, int limit, Duration patience) {
        AtomicReference<LedgerCursor> end = new AtomicReference<>(nothing.after());
        return new Outcome.Later(
                patience,
                () -> {
                    LedgerCursor known = requireNonNull(end.get());
                    if (ledger.extent() == known.offset()) {
                        return false;
                    }
                    LedgerPage first = ledger.page(LedgerQuery.after(filter, known, 1));
                    if (first.events().isEmpty()) {
                        end.set(first.after());
                        return false;
                    }
                    return true;
                },
                () -> {
                    HeapBudget.CHANGES.claimInScope(HEAP_FOR_EACH_EVENT * limit);
                    LedgerPage page = ledger.page(LedgerQuery.after(filter, requireNonNull(end.get()), limit));
                    return answer(page, nothing.before());
                });
    }

    private static long wait(Call call, boolean isBackward) {
        Long wait = number(call, "wait");
        if (wait == null) {
            return 0;
        }
        if (wait < 0 || wait > LONGEST_WAIT) {
            throw RefusedException.invalid("wait must be between 0 and " + LONGEST_WAIT);
        }
        if (isBackward) {
            throw RefusedException.invalid("wait is for what comes after a cursor");
        }
        return wait;
    }

    private static LedgerCursor end(GovernedProject project) {
        return project.ledger().page(LedgerQuery.newest(LedgerFilter.all(), 1)).after();
    }

    private static LedgerCursor place(String cursor) {
        return cursor.equals("start")
                ? LedgerCursor.START
                : LedgerCursor.parse(cursor).orElseThrow(() -> RefusedException.invalid("cursor is malformed"));
    }

    private Answer integrity(Call call, GovernedProject project) {
        Integrity integrity = project.ledger().verify();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("valid", integrity.valid());
        view.put("errors", integrity.errors());
        if ("1".equals(call.query("detail"))) {
            view.put("events", integrity.events());
            view.put("faults", integrity.faults());
            view.put("first_bad_line", integrity.firstBadLine());
        }
        return Answer.ok(view);
    }

    private Answer heal(Call call, GovernedProject project) {
        String reason = call.text("reason");
        if (reason == null || reason.isBlank()) {
            throw RefusedException.invalid("reason is required");
        }
        String eventId = project.healing()
                .heal(Limits.check("reason", reason, Limits.LINE))
                .id();
        return Answer.ok(Map.of("status", "success", "event_id", eventId));
    }

    private Answer submit(Call call, GovernedProject project) {
        if (!call.hasBody()) {
            throw new RefusedException(ErrorCode.INVALID, "Request body must be JSON", Map.of("code", "INVALID_BODY"));
        }
        Map<String, @Nullable Object> event = call.body().keySet().containsAll(EventSubmission.REQUIRED)
                ? callers.body(call, project, "agent", "role")
                : call.body();
        String eventId = project.eventSubmission().submit(event);
        return Answer.ok(Map.of("status", "success", "event_id", eventId));
    }

    private static Answer refused(RefusedException refusal) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>(refusal.details());
        view.put("status", "error");
        view.putIfAbsent(
                "code",
                refusal.code() == ErrorCode.INVALID
                        ? "INVALID_EVENT"
                        : refusal.code().name());
        view.put("message", refusal.getMessage());
        return new Answer(Refusals.status(refusal.code()), view);
    }

    private static @Nullable String filter(Call call, String name) {
        String value = call.query(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** A whole number; any other text is ignored. */
    private static @Nullable Long number(Call call, String name) {
        return Optional.ofNullable(call.query(name))
                .map(String::strip)
                .filter(text -> text.length() <= LONGEST_NUMBER && text.matches("[+-]?[0-9]+"))
                .map(Long::valueOf)
                .orElse(null);
    }
}
