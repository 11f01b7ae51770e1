package dev.agenttower.panel;

import dev.agenttower.client.inbox.InboxFollower;
import dev.agenttower.core.inbox.InboxItem.Kind;
import dev.agenttower.panel.page.Pages;
import io.javalin.http.sse.SseClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells open pages what changed, by server-sent events: {@code pending}, whose data is the mark beside the navigation. Thread-safe. */
final class Updates {
    private static final int LIMIT = 32;

    private final InboxFollower waiting;
    private final Pages pages;
    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();

    Updates(InboxFollower waiting, Pages pages) {
        this.waiting = waiting;
        this.pages = pages;
        waiting.listen(isNews -> clients.forEach(isNews ? this::tell : Updates::keepAlive));
    }

    void accept(SseClient client) {
        if (clients.size() >= LIMIT) {
            client.close();
            return;
        }
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        clients.add(client);
        tell(client);
    }

    /** A page that was closed is noticed only when something is sent to it. */
    private static void keepAlive(SseClient client) {
        client.sendComment("");
    }

    private void tell(SseClient client) {
        Map<String, Object> values =
                Map.of("pending", waiting.count(Kind.CHANGE), "isDaemonDown", waiting.isDaemonDown());
        client.sendEvent("pending", new String(pages.render("badge.jte", values), StandardCharsets.UTF_8));
    }
}
