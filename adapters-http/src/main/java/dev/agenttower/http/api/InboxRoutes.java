package dev.agenttower.http.api;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.inbox.Inbox;
import dev.agenttower.core.inbox.InboxItem;
import dev.agenttower.core.inbox.InboxPage;
import dev.agenttower.http.route.Answer;
import dev.agenttower.http.route.Call;
import dev.agenttower.http.route.Outcome;
import dev.agenttower.http.route.Route;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What waits for a person: {@code /api/governance/inbox}. */
public final class InboxRoutes {
    private final Inbox inbox;

    /** Routes over an inbox. */
    public InboxRoutes(Inbox inbox) {
        this.inbox = inbox;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.of("GET", "/api/governance/inbox", this::changes));
    }

    private Outcome changes(Call call) {
        String cursor = call.query("cursor");
        int limit = number(call, "limit", Inbox.USUAL_PAGE, 1, Inbox.MOST_ON_PAGE);
        int wait = number(call, "wait", 0, 0, (int) Inbox.LONGEST_WAIT.toSeconds());
        InboxPage page = inbox.page(cursor, limit);
        return page.isNews() || wait == 0
                ? answer(page)
                : new Outcome.Later(
                        Duration.ofSeconds(wait),
                        () -> inbox.hasNews(page.cursor()),
                        () -> answer(inbox.page(page.cursor(), limit)));
    }

    private static int number(Call call, String name, int byDefault, int min, int max) {
        String given = call.query(name);
        if (given == null || given.isEmpty()) {
            return byDefault;
        }
        int number = given.matches("[0-9]{1,9}") ? Integer.parseInt(given) : -1;
        if (number < min || number > max) {
            throw RefusedException.invalid(name + " must be between " + min + " and " + max);
        }
        return number;
    }

    private static Answer answer(InboxPage page) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("cursor", page.cursor());
        view.put("reset", page.isReset());
        view.put("items", page.items().stream().map(InboxRoutes::view).toList());
        view.put("removed", page.removed());
        view.put("has_more", page.hasMore());
        view.put("total", page.total());
        return Answer.ok(view);
    }

    private static Map<String, @Nullable Object> view(InboxItem item) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        InboxItem.LIST.columns().forEach(column -> view.put(column.name(), column.of(item)));
        return view;
    }
}
