package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.inbox.Inbox;
import dev.agenttower.core.inbox.InboxItem;
import dev.agenttower.core.inbox.InboxPage;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.unix.connection.Lane;
import java.time.Duration;
import java.util.List;

/** {@code app.inbox.read}: what waits for a person. */
public final class AppInboxMethods {
    private static final int LONGEST_WAIT = (int) Inbox.LONGEST_WAIT.toSeconds();

    private final Inbox inbox;

    /** The method of an inbox. */
    public AppInboxMethods(Inbox inbox) {
        this.inbox = inbox;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(Method.app(InboxItem.LIST.name(), Lane.PATIENT, this::read));
    }

    private Result read(Call call) {
        AppParams params = new AppParams(call.params());
        String cursor = params.optionalText("cursor");
        int limit = params.optionalWithin(
                "limit", Inbox.USUAL_PAGE, 1, Inbox.MOST_ON_PAGE, "out of bounds [1," + Inbox.MOST_ON_PAGE + "]");
        int wait = params.optionalWithin("wait_seconds", 0, 0, LONGEST_WAIT, "out of bounds [0," + LONGEST_WAIT + "]");
        InboxPage page = inbox.page(cursor, limit);
        return page.isNews() || wait == 0
                ? Result.of(body(page))
                : Result.later(
                        Duration.ofSeconds(wait),
                        () -> inbox.hasNews(page.cursor()),
                        () -> Result.of(body(inbox.page(page.cursor(), limit))));
    }

    private static ObjectNode body(InboxPage page) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("cursor", page.cursor());
        body.put("reset", page.isReset());
        ArrayNode items = body.putArray("items");
        page.items().forEach(item -> items.add(ListMethod.row(InboxItem.LIST, item)));
        ArrayNode removed = body.putArray("removed");
        page.removed().forEach(removed::add);
        body.put("has_more", page.hasMore());
        body.put("total", page.total());
        return body;
    }
}
