package dev.agenttower.socket.server.app;

import static dev.agenttower.core.failure.RefusedException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.page.Direction;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.core.page.Position;
import dev.agenttower.core.page.Sort;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Handler;
import dev.agenttower.socket.server.method.Result;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list. Parameters are checked in the order limit, order, filters, cursor.
 *
 * @param <V> what a row is
 * @param <F> the filters
 * @param <O> the orders
 */
final class ListMethod<V, F, O extends Enum<O>> implements Handler {
    private static final int DEFAULT_LIMIT = 50;
    private static final Pattern OPERATOR = Pattern.compile("[<>~*%]|(?<!\\S)like(?!\\S)", Pattern.CASE_INSENSITIVE);

    private final ListSurface<V, F, O> surface;
    private final Cursors cursors;

    ListMethod(ListSurface<V, F, O> surface, Cursors cursors) {
        this.surface = surface;
        this.cursors = cursors;
    }

    @Override
    public Result handle(Call call) {
        AppParams params = new AppParams(call.params());
        int limit = params.within("limit", DEFAULT_LIMIT, 1, PageRequest.MAX_LIMIT, "out of bounds [1, 200]");
        Order<O> order = order(params);
        F filter = filter(params);
        Cursors.Binding binding = new Cursors.Binding(
                surface.name(), order.shown(), surface.canonical().apply(filter).toString());
        Position after = after(params, binding);
        Page<V> page = surface.page().apply(new PageRequest<>(limit, order.sort(), filter, after));
        return Result.of(body(page, binding));
    }

    private ObjectNode body(Page<V> page, Cursors.Binding binding) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray("rows");
        page.rows().forEach(row -> rows.add(surface.row().apply(row)));
        body.put("total", page.total());
        body.putNull("total_estimate");
        body.put("cursor_next", page.next() == null ? null : cursors.write(binding, page.next()));
        body.put("ordering", binding.ordering());
        return body;
    }

    private Order<O> order(AppParams params) {
        JsonNode given = params.get("order_by");
        if (given != null && (!given.isTextual() || given.textValue().isEmpty())) {
            throw invalid("order_by", "wrong type");
        }
        String wanted = given == null ? surface.defaultOrder() : given.textValue();
        int colon = wanted.indexOf(':');
        String name = colon < 0 ? wanted : wanted.substring(0, colon);
        O field = surface.orders().get(name);
        if (field == null) {
            throw invalid("order_by", "unknown field");
        }
        Direction direction = colon < 0 ? Direction.ASC : direction(wanted.substring(colon + 1));
        return new Order<>(
                new Sort<>(field, direction), name + ":" + direction.name().toLowerCase(Locale.ROOT));
    }

    private static Direction direction(String suffix) {
        return switch (suffix) {
            case "asc" -> Direction.ASC;
            case "desc" -> Direction.DESC;
            default -> throw invalid("order_by", "bad direction suffix");
        };
    }

    private F filter(AppParams params) {
        JsonNode given = params.get("filters");
        if (given != null && !given.isObject() && AppParams.isTruthy(given)) {
            throw invalid("filters", "wrong type");
        }
        ObjectNode filters = given instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> each : filters.properties()) {
            if (!surface.filters().contains(each.getKey())) {
                throw invalid(each.getKey(), "unknown filter");
            }
        }
        for (Map.Entry<String, JsonNode> each : filters.properties()) {
            JsonNode value = each.getValue();
            if (surface.guarded()
                    && value.isTextual()
                    && OPERATOR.matcher(value.textValue()).find()) {
                throw invalid(each.getKey(), "operator syntax not supported");
            }
        }
        return surface.readFilters().apply(new AppParams(filters));
    }

    private @Nullable Position after(AppParams params, Cursors.Binding binding) {
        JsonNode given = params.get("cursor_next");
        if (given == null) {
            return null;
        }
        if (!given.isTextual()) {
            throw invalid("cursor_next", "wrong type");
        }
        return cursors.read(binding, Objects.requireNonNull(given.textValue()));
    }

    private record Order<O extends Enum<O>>(Sort<O> sort, String shown) {}
}
