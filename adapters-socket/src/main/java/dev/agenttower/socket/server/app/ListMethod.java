package dev.agenttower.socket.server.app;

import static dev.agenttower.core.failure.RefusedException.invalid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.directory.Directory;
import dev.agenttower.core.page.Column;
import dev.agenttower.core.page.ColumnType;
import dev.agenttower.core.page.Direction;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.page.ListFilter;
import dev.agenttower.core.page.ListOrder;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.core.page.Position;
import dev.agenttower.core.time.IsoTimes;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.socket.server.wire.JsonText;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page of a list. Checks the parameters in the order limit, order, filters, cursor.
 *
 * @param <R> the type of a row
 */
final class ListMethod<R> implements Method.Handler {
    private static final int DEFAULT_LIMIT = 50;
    private static final String WRONG_TYPE = "wrong type";
    /** The year 9999 ends before. */
    private static final long MAX_MILLIS = 253_402_300_799_999L;

    private static final Pattern OPERATOR = Pattern.compile("[<>~*%]|(?<!\\S)like(?!\\S)", Pattern.CASE_INSENSITIVE);

    private final ListDefinition<R> list;
    private final Directory directory;
    private final Cursors cursors;
    private final Supplier<Function<R, ObjectNode>> shown;

    /**
     * Reads pages of a list.
     *
     * @param shown makes the rows of one answer
     */
    ListMethod(ListDefinition<R> list, Directory directory, Cursors cursors, Supplier<Function<R, ObjectNode>> shown) {
        this.shown = shown;
        this.list = list;
        this.directory = directory;
        this.cursors = cursors;
    }

    @Override
    public Result handle(Call call) {
        AppParams params = new AppParams(call.params());
        int limit = params.within("limit", DEFAULT_LIMIT, 1, PageRequest.MAX_LIMIT, "out of bounds [1, 200]");
        String ordering = ordering(params);
        int colon = ordering.indexOf(':');
        ListOrder<R> order =
                list.order(ordering.substring(0, colon)).orElseThrow(() -> invalid("order_by", "unknown field"));
        Direction direction = direction(ordering.substring(colon + 1));
        Map<String, Object> filters = filters(params);
        Cursors.Binding binding = new Cursors.Binding(list.name(), ordering, canonical(filters));
        Position after = after(params, binding);
        Page<R> page = directory.page(new PageRequest<>(list, limit, order, direction, filters, after));
        return Result.of(body(page, binding));
    }

    private ObjectNode body(Page<R> page, Cursors.Binding binding) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode rows = body.putArray("rows");
        Function<R, ObjectNode> rowOf = shown.get();
        page.rows().forEach(row -> rows.add(rowOf.apply(row)));
        body.put("total", page.total());
        body.putNull("total_estimate");
        body.put("cursor_next", page.next() == null ? null : cursors.write(binding, page.next()));
        body.put("ordering", binding.ordering());
        return body;
    }

    /** A row with all columns of its list. */
    static <R> ObjectNode row(ListDefinition<R> list, R row) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (Column<R> column : list.columns()) {
            Object value = column.of(row);
            int dot = column.name().indexOf('.');
            ObjectNode holder =
                    dot < 0 ? node : node.withObjectProperty(column.name().substring(0, dot));
            String name = column.name().substring(dot + 1);
            switch (column.type()) {
                case TEXT -> holder.put(name, (String) value);
                case NUMBER -> holder.put(name, (Long) value);
                case FLAG -> holder.put(name, (Boolean) value);
            }
        }
        return node;
    }

    /** The requested order, as in answers: its name and its direction. */
    private String ordering(AppParams params) {
        JsonNode given = params.get("order_by");
        if (given != null && (!given.isTextual() || given.textValue().isEmpty())) {
            throw invalid("order_by", WRONG_TYPE);
        }
        String wanted = given == null ? list.orders().get(0).name() : given.textValue();
        return wanted.indexOf(':') >= 0 ? wanted : wanted + (list.direction() == Direction.ASC ? ":asc" : ":desc");
    }

    private static Direction direction(String suffix) {
        return switch (suffix) {
            case "asc" -> Direction.ASC;
            case "desc" -> Direction.DESC;
            default -> throw invalid("order_by", "bad direction suffix");
        };
    }

    private Map<String, Object> filters(AppParams params) {
        JsonNode given = params.get("filters");
        if (given != null && !given.isObject() && JsonText.isTruthy(given)) {
            throw invalid("filters", WRONG_TYPE);
        }
        ObjectNode filters = given instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        Set<String> known = list.filters().stream().map(ListFilter::name).collect(Collectors.toSet());
        filters.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw invalid(name, "unknown filter");
            }
        });
        Map<String, Object> values = new HashMap<>();
        for (ListFilter<R> filter : list.filters()) {
            JsonNode text = filters.path(filter.name());
            if (list.refusesOperators()
                    && text.isTextual()
                    && OPERATOR.matcher(text.textValue()).find()) {
                throw invalid(filter.name(), "operator syntax not supported");
            }
            Object value = value(filter, new AppParams(filters));
            if (value != null && !filter.takes(value)) {
                throw invalid(filter.name(), "unknown value");
            }
            if (value != null) {
                values.put(filter.name(), value);
            }
        }
        if (values.get("since") instanceof String since
                && values.get("until") instanceof String until
                && since.compareTo(until) > 0) {
            throw invalid("since", "after until");
        }
        return values;
    }

    private static @Nullable Object value(ListFilter<?> filter, AppParams filters) {
        String name = filter.name();
        Function<Instant, String> form = filter.form();
        if (form != null) {
            Instant time = time(name, filters.get(name));
            return time == null ? null : form.apply(time);
        }
        return filters.get(name) != null && filter.type() == ColumnType.FLAG
                ? (Object) filters.flag(name, false)
                : filters.optionalText(name);
    }

    /** A time of ISO 8601 with its offset, or in milliseconds since the epoch; null if not given. */
    private static @Nullable Instant time(String name, @Nullable JsonNode given) {
        if (given == null || given.isNull()) {
            return null;
        }
        if (given.isTextual()) {
            return IsoTimes.parse(given.textValue()).orElseThrow(() -> invalid(name, "not a time"));
        }
        if (!given.isIntegralNumber() || !given.canConvertToLong() || Math.abs(given.longValue()) > MAX_MILLIS) {
            throw invalid(name, WRONG_TYPE);
        }
        return Instant.ofEpochMilli(given.longValue());
    }

    /** The filters as one text; it includes the lengths of texts, so that different filters never give the same text. */
    private String canonical(Map<String, Object> filters) {
        return list.filters().stream()
                .map(filter -> filters.get(filter.name()))
                .map(value -> value instanceof String text ? text.length() + "\"" + text + "\"" : value + "")
                .collect(Collectors.joining(", "));
    }

    private @Nullable Position after(AppParams params, Cursors.Binding binding) {
        String cursor = params.optionalText("cursor_next");
        return cursor == null ? null : cursors.read(binding, cursor);
    }
}
