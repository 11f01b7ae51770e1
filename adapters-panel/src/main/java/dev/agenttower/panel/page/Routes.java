package dev.agenttower.panel.page;

import io.javalin.router.JavalinDefaultRoutingApi;

/** A part of the panel: its pages under their addresses. */
@FunctionalInterface
public interface Routes {
    /** Adds the addresses. */
    void addTo(JavalinDefaultRoutingApi routes);
}
