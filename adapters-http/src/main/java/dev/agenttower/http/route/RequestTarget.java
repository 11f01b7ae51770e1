package dev.agenttower.http.route;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.http.wire.PercentCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Path and query of a request, decoded.
 *
 * @param path the parts between the slashes
 * @param query the parameters; the first one of each name
 */
record RequestTarget(List<String> path, Map<String, String> query) {
    /**
     * Reads the target of a request line.
     *
     * @throws RefusedException INVALID, if it is not a path, or has a malformed escape
     */
    static RequestTarget parse(String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        if (!path.startsWith("/")) {
            throw malformed();
        }
        List<String> parts = new ArrayList<>();
        for (String part : path.substring(1).split("/", -1)) {
            parts.add(decoded(part));
        }
        Map<String, String> query = new LinkedHashMap<>();
        String pairs = question < 0 ? "" : target.substring(question + 1).replace('+', ' ');
        for (String pair : pairs.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            query.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return new RequestTarget(parts, query);
    }

    private static String decoded(String text) {
        return PercentCode.decoded(text).orElseThrow(RequestTarget::malformed);
    }

    private static RefusedException malformed() {
        return RefusedException.invalid("Malformed request target");
    }
}
