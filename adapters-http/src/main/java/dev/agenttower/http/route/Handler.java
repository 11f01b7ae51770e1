package dev.agenttower.http.route;

/** Answers the calls of one route. Thread-safe; throws the refusals of core as they are. */
@FunctionalInterface
public interface Handler {
    /** The answer, or what is waited for. */
    Outcome handle(Call call);
}
