package dev.agenttower.http.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of the route table.
 *
 * @param method such as {@code GET}
 * @param pattern the path; {@code {name}} matches any one part
 * @param handler handles the calls
 * @param refusals converts refusals
 */
public record Route(String method, List<String> pattern, Handler handler, Refusals refusals) {
    /** Copies the pattern. */
    public Route {
        pattern = List.copyOf(pattern);
    }

    /** A route with refusals of the form {@code {"error":...}}. */
    public static Route of(String method, String path, Handler handler) {
        return new Route(method, List.of(path.substring(1).split("/", -1)), handler, Refusals.plain());
    }

    /** The same with another form of refusals. */
    public Route refusing(Refusals other) {
        return new Route(method, pattern, handler, other);
    }

    /** Whether requests of this route have a body. */
    boolean takesBody() {
        return method.equals("POST") || method.equals("PUT");
    }

    /** The variables of a path, if it matches this route. */
    Optional<Map<String, String>> match(List<String> path) {
        if (path.size() != pattern.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String expected = pattern.get(i);
            if (expected.startsWith("{")) {
                variables.put(expected.substring(1, expected.length() - 1), path.get(i));
            } else if (!expected.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }
}
