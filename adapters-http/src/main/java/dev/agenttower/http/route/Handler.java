package dev.agenttower.http.route;

/** Handles the calls of one route. Thread-safe; passes on the refusals of core. */
@FunctionalInterface
public interface Handler {
    /** The answer, or the condition to wait for. */
    Outcome handle(Call call);
}
