package dev.agenttower.contract.audit;

import dev.agenttower.core.event.Event;
import dev.agenttower.core.event.EventTrail;
import dev.agenttower.core.event.InMemoryEventTrail;
import java.util.List;

class InMemoryEventTrailContractTest extends EventTrailContract {
    private final InMemoryEventTrail trail = new InMemoryEventTrail();

    @Override
    EventTrail trail() {
        return trail;
    }

    @Override
    List<Long> content() {
        return trail.events().stream().map(Event::id).toList();
    }

    @Override
    void fail() {
        trail.failWith("disk on fire");
    }
}
