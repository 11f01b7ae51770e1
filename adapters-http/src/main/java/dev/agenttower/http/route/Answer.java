package dev.agenttower.http.route;

import static java.util.Objects.requireNonNull;

/**
 * What a route answers.
 *
 * @param status the status code
 * @param view the body: a record, a map, a list, or {@link StreamedView}
 */
public record Answer(int status, Object view) implements Outcome {
    /** Checks the view. */
    public Answer {
        requireNonNull(view, "view");
    }

    /** That all is well. */
    public static Answer ok(Object view) {
        return new Answer(200, view);
    }

    /** That something was made. */
    public static Answer created(Object view) {
        return new Answer(201, view);
    }
}
