package dev.agenttower.core.page;

import dev.agenttower.core.page.ListFilter.Comparison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The definition of a list: its columns, filters and orders. Stores query by it, the server decodes requests and writes rows with it, the client
 * reads rows with it. Immutable; compared by identity.
 *
 * @param <R> the type of a row
 */
public final class ListDefinition<R> {
    private final String name;
    private final Function<Cells, R> row;
    private final List<Column<R>> columns;
    private final List<ListFilter<R>> filters;
    private final List<ListOrder<R>> orders;
    private final Direction direction;
    private final boolean refusesOperators;

    private ListDefinition(Builder<R> builder) {
        this.name = builder.name;
        this.row = builder.row;
        this.columns = List.copyOf(builder.columns);
        this.filters = List.copyOf(builder.filters);
        this.orders = List.copyOf(builder.orders);
        this.direction = builder.direction;
        this.refusesOperators = builder.refusesOperators;
    }

    /**
     * Begins a definition.
     *
     * @param method the method that reads the list on the wire, such as {@code app.pane.list}
     * @param row creates a row from its values
     */
    public static <R> Builder<R> of(String method, Function<Cells, R> row) {
        return new Builder<>(method, row);
    }

    /** The name of the list, which is that of its method on the wire. */
    public String name() {
        return name;
    }

    /** Creates a row from its values. */
    public R row(Cells cells) {
        return row.apply(cells);
    }

    /** The columns, as rows show them. */
    public List<Column<R>> columns() {
        return columns;
    }

    /** The filters, in the order in which their values are checked. */
    public List<ListFilter<R>> filters() {
        return filters;
    }

    /** The orders; the first is the default. */
    public List<ListOrder<R>> orders() {
        return orders;
    }

    /** The direction of an order where a request names none. */
    public Direction direction() {
        return direction;
    }

    /** Whether texts of filters that look like operators or patterns are refused. */
    public boolean refusesOperators() {
        return refusesOperators;
    }

    /** The order of this name. */
    public Optional<ListOrder<R>> order(String orderName) {
        return orders.stream().filter(order -> order.name().equals(orderName)).findFirst();
    }

    /** The first page, in the default order and direction. */
    public PageRequest<R> page(int limit) {
        return new PageRequest<>(this, limit, orders.get(0), direction, Map.of(), null);
    }

    ListFilter<R> filter(String filterName) {
        return filters.stream()
                .filter(filter -> filter.name().equals(filterName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no filter " + filterName));
    }

    /** Collects a definition; columns come before the filters and orders that name them. Not thread-safe. */
    public static final class Builder<R> {
        private final String name;
        private final Function<Cells, R> row;
        private final List<Column<R>> columns = new ArrayList<>();
        private final List<ListFilter<R>> filters = new ArrayList<>();
        private final List<ListOrder<R>> orders = new ArrayList<>();
        private Direction direction = Direction.ASC;
        private boolean refusesOperators;

        private Builder(String name, Function<Cells, R> row) {
            this.name = name;
            this.row = row;
        }

        /** Adds a column of texts. */
        public Builder<R> text(String column, Function<R, @Nullable String> value) {
            columns.add(new Column<>(column, ColumnType.TEXT, value::apply));
            return this;
        }

        /** Adds a column of numbers. */
        public Builder<R> number(String column, ToLongFunction<R> value) {
            columns.add(new Column<>(column, ColumnType.NUMBER, value::applyAsLong));
            return this;
        }

        /** Adds a column of booleans. */
        public Builder<R> flag(String column, Predicate<R> value) {
            columns.add(new Column<>(column, ColumnType.FLAG, value::test));
            return this;
        }

        /**
         * Adds a filter for the rows that have a value in this column, one of texts or booleans.
         *
         * @param words the allowed values; none allows any
         */
        public Builder<R> filter(String column, String... words) {
            Column<R> compared = column(column);
            filters.add(new ListFilter<>(column, compared.type(), Set.of(words), compared, Comparison.EQUAL, null));
            return this;
        }

        /** Adds a filter by a text, which each store implements itself. */
        public Builder<R> filterOfStore(String filter) {
            filters.add(new ListFilter<>(filter, ColumnType.TEXT, Set.of(), null, Comparison.EQUAL, null));
            return this;
        }

        /**
         * Adds the filters {@code since} and {@code until}, which bound a column of times, inclusively.
         *
         * @param form the text of a time in that column
         */
        public Builder<R> period(String column, Function<Instant, String> form) {
            Column<R> time = column(column);
            filters.add(new ListFilter<>("since", time.type(), Set.of(), time, Comparison.FROM, form));
            filters.add(new ListFilter<>("until", time.type(), Set.of(), time, Comparison.UNTIL, form));
            return this;
        }

        /** Adds an order by these columns, the most significant first and the key of a row last. */
        public Builder<R> order(String order, String... by) {
            orders.add(new ListOrder<>(order, Stream.of(by).map(this::column).toList()));
            return this;
        }

        /** Makes descending orders the default. */
        public Builder<R> descending() {
            direction = Direction.DESC;
            return this;
        }

        /** Refuses texts of filters that look like operators or patterns. */
        public Builder<R> withoutOperators() {
            refusesOperators = true;
            return this;
        }

        /** The definition. */
        public ListDefinition<R> build() {
            return new ListDefinition<>(this);
        }

        private Column<R> column(String column) {
            return columns.stream()
                    .filter(known -> known.name().equals(column))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(name + " has no column " + column));
        }
    }
}
