package dev.agenttower.socket.server.method;

import dev.agenttower.socket.server.wire.Envelope;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The methods of one namespace, by name. Immutable. */
public final class MethodTable {
    private final Map<String, Method> methods = new LinkedHashMap<>();

    /**
     * A table of families of methods.
     *
     * @throws IllegalArgumentException if two methods have the same name, or one is of another namespace
     */
    public MethodTable(Envelope envelope, List<? extends Collection<Method>> families) {
        for (Collection<Method> family : families) {
            for (Method method : family) {
                if (method.envelope() != envelope || methods.put(method.name(), method) != null) {
                    throw new IllegalArgumentException("misplaced or repeated: " + method.name());
                }
            }
        }
    }

    /** The method of this name. */
    public Optional<Method> find(String name) {
        return Optional.ofNullable(methods.get(name));
    }

    /** All names, in the order of the families. */
    public Set<String> names() {
        return Set.copyOf(methods.keySet());
    }
}
