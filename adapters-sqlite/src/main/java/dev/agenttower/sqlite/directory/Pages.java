package dev.agenttower.sqlite.directory;

import dev.agenttower.core.page.Column;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.page.ListFilter;
import dev.agenttower.core.page.Page;
import dev.agenttower.core.page.PageRequest;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.database.Snapshot;
import dev.agenttower.sqlite.database.Tables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A list in SQLite: its columns as expressions on tables. Immutable.
 *
 * @param <R> the type of a row
 */
class Pages<R> {
    private final ListDefinition<R> list;
    private final Map<String, String> expressions;
    private final List<Column<R>> selected;
    private final Map<String, Integer> places = new HashMap<>();
    private final String select;
    private final String from;

    /**
     * Binds a list.
     *
     * @param from the tables, such as {@code agents AS a}
     * @param expressions the expressions of the columns that rows, orders and filters use
     */
    Pages(ListDefinition<R> list, String from, Map<String, String> expressions) {
        this.list = list;
        this.expressions = expressions;
        this.from = " FROM " + from;
        this.selected = list.columns().stream()
                .filter(column -> expressions.containsKey(column.name()))
                .toList();
        this.select = selected.stream().map(this::sql).collect(Collectors.joining(", ", "SELECT ", this.from));
        selected.forEach(column -> places.put(column.name(), places.size()));
    }

    final ListDefinition<R> list() {
        return list;
    }

    /** Adds the condition of a filter without a column. */
    void addCondition(Conditions conditions, String filter, Object value) {
        throw new IllegalArgumentException(list.name() + " has no condition for " + filter);
    }

    /** The conditions of filters. */
    Conditions conditions(Map<String, Object> filters) {
        Conditions conditions = new Conditions();
        for (ListFilter<R> filter : list.filters()) {
            Object value = filters.get(filter.name());
            Column<R> column = filter.column();
            if (value != null && column == null) {
                addCondition(conditions, filter.name(), value);
            } else if (column != null && value instanceof Boolean flag) {
                conditions.and((flag ? "" : "NOT ") + sql(column));
            } else if (column != null && value != null) {
                conditions.and(
                        sql(column)
                                + switch (filter.comparison()) {
                                    case EQUAL -> " = ?";
                                    case FROM -> " >= ?";
                                    case UNTIL -> " <= ?";
                                },
                        value);
            }
        }
        return conditions;
    }

    /** The only value that the filters permit for the leading expression of an order; null if they permit several. */
    @Nullable Object leadingValue(Map<String, Object> filters) {
        return null;
    }

    /** The number of rows that match the filters. */
    long count(Handle handle, Map<String, Object> filters) {
        return count(handle, conditions(filters));
    }

    /** The number of rows that meet the conditions. */
    final long count(Handle handle, Conditions conditions) {
        return Tables.number(handle, "SELECT COUNT(*)" + from + conditions.where(), conditions.values());
    }

    final Page<R> page(Snapshot snapshot, PageRequest<R> request) {
        Map<String, Object> filters = request.filters();
        long total = snapshot.remembered(List.of(list.name(), filters), handle -> count(handle, filters), Long.class);
        if (total == 0) {
            return new Page<>(List.of(), 0, null);
        }
        Keyset keyset =
                new Keyset(request.order().columns().stream().map(this::sql).toList(), request.direction());
        // One extra row shows whether there is a next page.
        int limit = request.limit() + 1;
        List<R> found = new ArrayList<>(limit);
        for (Keyset.Step step : keyset.steps(request.after(), leadingValue(filters), () -> conditions(filters))) {
            if (found.size() < limit) {
                found.addAll(rows(snapshot.handle(), step.conditions(), step.orderBy(), limit - found.size()));
            }
        }
        if (found.size() < limit) {
            return new Page<>(found, total, null);
        }
        List<R> rows = found.subList(0, request.limit());
        return new Page<>(rows, total, request.order().positionOf(rows.get(rows.size() - 1)));
    }

    final Optional<R> first(Snapshot snapshot, Conditions conditions, String orderBy) {
        return rows(snapshot.handle(), conditions, orderBy, 1).stream().findFirst();
    }

    private List<R> rows(Handle handle, Conditions conditions, String orderBy, int limit) {
        return handle.select(select + conditions.where() + orderBy + " LIMIT ?", conditions.values(limit))
                .map((row, context) -> row(row))
                .list();
    }

    private R row(ResultSet row) throws SQLException {
        @Nullable Object[] values = new @Nullable Object[selected.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (selected.get(i).type()) {
                case TEXT -> row.getString(i + 1);
                case NUMBER -> row.getLong(i + 1);
                case FLAG -> row.getBoolean(i + 1);
            };
        }
        return list.row(column -> {
            Integer place = places.get(column);
            return place == null ? null : values[place];
        });
    }

    private String sql(Column<R> column) {
        String expression = expressions.get(column.name());
        if (expression == null) {
            throw new IllegalArgumentException(list.name() + " has no expression for " + column.name());
        }
        return expression;
    }
}
