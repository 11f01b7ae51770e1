package dev.agenttower.http.route;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An array that may be too long for the memory. */
@FunctionalInterface
public interface StreamedView {
    /**
     * Passes its elements to a visitor, in order, until it returns false. An element need not stay valid after that call.
     */
    void forEachWhile(Predicate<Object> visitor);

    /** The key of an enclosing object that contains only the array; null if the array is the whole answer. */
    default @Nullable String key() {
        return null;
    }

    /** The same array as the only value of an object. */
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
