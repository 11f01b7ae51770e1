package dev.agenttower.core.event;

import dev.agenttower.core.audit.AuditUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A trail in memory. Thread-safe. */
public final class InMemoryEventTrail implements EventTrail {
    private final List<Event> events = new ArrayList<>();
    private @Nullable String trouble;

    /** An empty trail. */
    public InMemoryEventTrail() {}

    @Override
    public synchronized void append(List<Event> appended) {
        String message = trouble;
        if (message != null) {
            throw new AuditUnavailableException(message, new IllegalStateException("told to fail"));
        }
        events.addAll(appended);
    }

    @Override
    public synchronized Set<Long> latest() {
        return events.stream().map(Event::id).collect(Collectors.toSet());
    }

    /** The appended events, oldest first. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    /** Makes every append fail with this message; null ends that. */
    public synchronized void failWith(@Nullable String message) {
        trouble = message;
    }
}
