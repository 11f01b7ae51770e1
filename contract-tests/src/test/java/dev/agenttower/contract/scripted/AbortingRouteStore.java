package dev.agenttower.contract.scripted;

import dev.agenttower.core.queue.MessageStore;
import dev.agenttower.core.route.Route;
import dev.agenttower.core.route.RouteStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Routes whose daemon ends, as by {@code kill -9}, before or after the commit of the first transaction that moves a cursor. */
record AbortingRouteStore(RouteStore routes, String step) implements RouteStore {
    private static final int KILLED = 137;

    @Override
    public List<Route> list(boolean enabledOnly) {
        return routes.list(enabledOnly);
    }

    @Override
    public List<Route> behind() {
        return routes.behind();
    }

    @Override
    public Optional<Route> find(String id) {
        return routes.find(id);
    }

    @Override
    public Optional<Lag> mostStalled() {
        return routes.mostStalled();
    }

    @Override
    public Optional<PriorMessage> lastDelivered(String agentId, String until) {
        return routes.lastDelivered(agentId, until);
    }

    @Override
    public <T> T write(Function<Writes, T> work) {
        boolean[] isMoved = {false};
        T result = routes.write(writes -> {
            T done = work.apply(new Watched(writes, isMoved));
            haltIf(isMoved[0] && step.equals("before_commit"));
            return done;
        });
        haltIf(isMoved[0] && step.equals("after_commit"));
        return result;
    }

    private static void haltIf(boolean isReached) {
        if (isReached) {
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private record Watched(Writes writes, boolean[] isMoved) implements Writes {
        @Override
        public Optional<Route> find(String id) {
            return writes.find(id);
        }

        @Override
        public Route insert(Route route) {
            return writes.insert(route);
        }

        @Override
        public void delete(String id) {
            writes.delete(id);
        }

        @Override
        public void setEnabled(String id, boolean enabled, String at) {
            writes.setEnabled(id, enabled, at);
        }

        @Override
        public void advance(String id, long eventId, String at) {
            writes.advance(id, eventId, at);
            isMoved[0] = true;
        }

        @Override
        public boolean hasMessage(String id, long eventId) {
            return writes.hasMessage(id, eventId);
        }

        @Override
        public MessageStore.Writes messages() {
            return writes.messages();
        }
    }
}
