package dev.agenttower.sqlite.directory;

import dev.agenttower.core.directory.ContainerCriteria;
import dev.agenttower.core.directory.ContainerOrder;
import dev.agenttower.core.directory.ContainerView;
import dev.agenttower.sqlite.database.Conditions;
import dev.agenttower.sqlite.directory.Keyset.Column;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** The benches, as they are listed. */
final class ContainerPages extends Pages<ContainerView, ContainerCriteria, ContainerOrder> {
    private static final Column ID = Column.text("c.container_id");
    private static final Keyset<ContainerView> BY_NAME = new Keyset<>(
            List.of(Column.text("c.name"), ID), container -> List.of(container.name(), container.containerId()));
    private static final Keyset<ContainerView> BY_FIRST_SEEN = new Keyset<>(
            List.of(Column.text("c.first_seen_at"), ID),
            container -> List.of(container.firstSeenAt(), container.containerId()));
    private static final Keyset<ContainerView> BY_LAST_SCANNED = new Keyset<>(
            List.of(Column.text("c.last_scanned_at"), ID),
            container -> List.of(container.lastScannedAt(), container.containerId()));

    @Override
    String select() {
        return "SELECT c.container_id, c.name, c.active, c.image, c.first_seen_at, c.last_scanned_at,"
                + " (SELECT COUNT(*) FROM panes AS p WHERE p.active = 1 AND p.container_id = c.container_id),"
                + " (SELECT COUNT(*) FROM agents AS a WHERE a.active = 1 AND a.container_id = c.container_id)"
                + " FROM containers AS c";
    }

    @Override
    RowMapper<ContainerView> mapper() {
        return (row, context) -> new ContainerView(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8));
    }

    @Override
    Keyset<ContainerView> keyset(ContainerOrder order) {
        return switch (order) {
            case NAME -> BY_NAME;
            case FIRST_SEEN_AT -> BY_FIRST_SEEN;
            case LAST_SCANNED_AT -> BY_LAST_SCANNED;
        };
    }

    @Override
    Conditions conditions(ContainerCriteria filter) {
        Conditions conditions = new Conditions();
        if (filter.none()) {
            conditions.and("1 = 0");
        }
        if (filter.active() != null) {
            conditions.and("c.active = ?", filter.active() ? 1 : 0);
        }
        return conditions;
    }

    @Override
    long count(Handle handle, ContainerCriteria filter) {
        Conditions conditions = conditions(filter);
        return number(handle, "SELECT COUNT(*) FROM containers AS c" + conditions.where(), conditions.values());
    }
}
