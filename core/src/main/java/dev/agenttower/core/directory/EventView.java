package dev.agenttower.core.directory;

import dev.agenttower.core.page.Cells;
import dev.agenttower.core.page.ListDefinition;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.time.Timestamps;

/**
 * An event, or a record of the queue among the events, as shown in a control panel.
 *
 * @param observedAt UTC, as stored
 * @param ruleId the rule of the classifier; empty for a record of the queue
 */
public record EventView(
        long eventId, String eventType, String agentId, String observedAt, String excerpt, String ruleId) {
    private static final int MAX_SUMMARY = 256;

    /** The list of events, the latest first. */
    public static final ListDefinition<EventView> LIST = ListDefinition.of("app.event.list", EventView::read)
            .number("event_id", EventView::eventId)
            .text("event_type", EventView::eventType)
            .text("agent_id", EventView::agentId)
            .text("observed_at", EventView::observedAt)
            .text("excerpt", EventView::excerpt)
            .text("classifier_rule_id", EventView::ruleId)
            .text("summary", EventView::summary)
            .filter("event_type")
            .filter("agent_id")
            .period("observed_at", Timestamps::micros)
            .order("event_id", "event_id")
            .order("observed_at", "observed_at", "event_id")
            .descending()
            .build();

    /** One line of at most 256 code points. */
    public String summary() {
        if (eventType.isEmpty()) {
            return "(event)";
        }
        return Text.cut(agentId.isEmpty() ? eventType : eventType + " from " + agentId, MAX_SUMMARY);
    }

    private static EventView read(Cells row) {
        return new EventView(
                row.number("event_id"),
                row.text("event_type"),
                row.text("agent_id"),
                row.text("observed_at"),
                row.text("excerpt"),
                row.text("classifier_rule_id"));
    }
}
