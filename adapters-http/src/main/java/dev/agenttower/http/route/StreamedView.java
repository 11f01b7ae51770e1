package dev.agenttower.http.route;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An array that may be too long to be held in memory. */
@FunctionalInterface
public interface StreamedView {
    /**
     * Gives its elements to a visitor, in order, until it returns false. The visitor is done with an element when it returns.
     */
    void forEachWhile(Predicate<Object> visitor);

    /** The key of an object that holds nothing else than the array; null where the array is all of the answer. */
    default @Nullable String key() {
        return null;
    }

    /** The same as the only value of an object. */
    default StreamedView under(String key) {
        StreamedView elements = this;
        return new StreamedView() {
            @Override
            public void forEachWhile(Predicate<Object> visitor) {
                elements.forEachWhile(visitor);
            }

            @Override
            public String key() {
                return key;
            }
        };
    }
}
