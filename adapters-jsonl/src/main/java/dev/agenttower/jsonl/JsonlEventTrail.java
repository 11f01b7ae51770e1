package dev.agenttower.jsonl;

import dev.agenttower.core.audit.AuditRecord;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventTrail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The events of logs in the file of the audit trail, one line each. Thread-safe. */
public final class JsonlEventTrail implements EventTrail {
    private static final int LAST_EVENTS = 100;
    private static final int FIRST_LOOK_BYTES = 1 << 19;
    private static final int LAST_LOOK_BYTES = 1 << 23;
    /** Only lines of events of logs begin so. Excerpts may hold separators of lines other than LF. */
    private static final Pattern EVENT =
            Pattern.compile("(?md)^\\{\"ts\":\"[^\"]*\",\"event_id\":([0-9]{1,18}),.*\\}$");

    private final JsonlAuditLog log;

    /** The events in this log. */
    public JsonlEventTrail(JsonlAuditLog log) {
        this.log = log;
    }

    @Override
    public void append(List<Event> events) {
        log.appendAll(
                events.stream().map(event -> new AuditRecord(event.fields())).toList());
    }

    @Override
    public Set<Long> latest() {
        try {
            int looked = FIRST_LOOK_BYTES;
            byte[] tail = log.tail(looked);
            Set<Long> ids = ids(tail);
            while (ids.size() < LAST_EVENTS && tail.length == looked && looked < LAST_LOOK_BYTES) {
                looked *= 2;
                tail = log.tail(looked);
                ids = ids(tail);
            }
            return ids;
        } catch (IOException unreadable) {
            // What waits is appended again, which is allowed.
            return Set.of();
        }
    }

    private static Set<Long> ids(byte[] tail) {
        Set<Long> ids = new HashSet<>();
        Matcher events = EVENT.matcher(new String(tail, StandardCharsets.UTF_8));
        while (events.find()) {
            ids.add(Long.parseLong(events.group(1)));
        }
        return ids;
    }
}
