package dev.agenttower.http.route;

import java.util.function.Predicate;

/** An array that may be too long to be held in memory. */
@FunctionalInterface
public interface StreamedView {
    /** Gives its elements to a visitor, in order, until it returns false. */
    void forEachWhile(Predicate<Object> visitor);
}
