package dev.agenttower.core.queue;

import dev.agenttower.core.queue.message.Actor;
import dev.agenttower.core.time.Timestamps;
import java.time.InstantSource;

/** Reads and changes the kill switch. Who may change it is decided by the caller. Thread-safe. */
public final class RoutingControl {
    private final MessageStore store;
    private final InstantSource clock;
    private final Runnable changed;

    RoutingControl(MessageStore store, InstantSource clock, Runnable changed) {
        this.store = store;
        this.clock = clock;
        this.changed = changed;
    }

    /** The switch now. */
    public RoutingSwitch status() {
        return store.routing();
    }

    /** Sets the switch. If it is set so already, nothing is written. A delivery that has begun is not stopped. */
    public Toggle set(boolean enabled) {
        Toggle toggle = store.write(writes -> {
            RoutingSwitch before = writes.routing();
            if (before.enabled() == enabled) {
                return new Toggle(before, before);
            }
            RoutingSwitch after = new RoutingSwitch(enabled, Timestamps.millis(clock.instant()), Actor.HOST_OPERATOR);
            writes.setRouting(after);
            writes.audit(QueueAuditEntry.toggled(before, after));
            return new Toggle(before, after);
        });
        changed.run();
        return toggle;
    }

    /** The switch before and after a request; equal if nothing changed. */
    public record Toggle(RoutingSwitch before, RoutingSwitch after) {
        /** Whether the request changed the switch. */
        public boolean isChange() {
            return before.enabled() != after.enabled();
        }
    }
}
