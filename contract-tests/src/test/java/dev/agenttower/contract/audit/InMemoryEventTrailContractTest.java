package dev.agenttower.contract.audit;

import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventTrail;
import dev.agenttower.core.event.InMemoryEventTrail;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

class InMemoryEventTrailContractTest extends EventTrailContract {
    private final InMemoryEventTrail trail = new InMemoryEventTrail();

    @Override
    EventTrail trail() {
        return trail;
    }

    @Override
    List<Map<String, @Nullable Object>> content() {
        return trail.events().stream().map(Event::fields).toList();
    }

    @Override
    void makeUnavailable(boolean isUnavailable) {
        trail.failWith(isUnavailable ? "told to fail" : null);
    }
}
