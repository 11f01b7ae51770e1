package dev.agenttower.http.route;

import static java.util.Objects.requireNonNull;

/**
 * The answer of a route.
 *
 * @param status the status code
 * @param view the body: a record, a map, a list, {@link StreamedView}, or {@link PlainText}
 */
public record Answer(int status, Object view) implements Outcome {
    /** Checks the view. */
    public Answer {
        requireNonNull(view, "view");
    }

    /** A successful answer. */
    public static Answer ok(Object view) {
        return new Answer(200, view);
    }

    /** The answer to a successful creation. */
    public static Answer created(Object view) {
        return new Answer(201, view);
    }
}
