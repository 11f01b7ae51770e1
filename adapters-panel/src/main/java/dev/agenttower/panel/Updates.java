package dev.agenttower.panel;

import dev.agenttower.panel.governance.PendingChanges;
import dev.agenttower.panel.page.Pages;
import io.javalin.http.sse.SseClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells open pages what changed, by server-sent events: {@code pending}, whose data is the mark beside the navigation. Thread-safe. */
final class Updates {
    private static final int LIMIT = 32;

    private final PendingChanges pending;
    private final Pages pages;
    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();

    Updates(PendingChanges pending, Pages pages) {
        this.pending = pending;
        this.pages = pages;
        pending.listen(changed -> clients.forEach(this::tell));
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

    private void tell(SseClient client) {
        Map<String, Object> values = Map.of("pending", pending.count(), "isDaemonDown", pending.isDaemonDown());
        client.sendEvent("pending", new String(pages.render("badge.jte", values), StandardCharsets.UTF_8));
    }
}
