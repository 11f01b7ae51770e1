package dev.agenttower.core.route;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.route.RouteStore.PriorMessage;
import dev.agenttower.core.time.IsoTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages of routes that run in circles. An event is taken for the answer to the message that its agent was given last, if that is at
 * most an hour old; the messages that answer each other are a chain. A message of a person or an agent begins a new one.
 */
final class Loops {
    private static final Duration MEMORY = Duration.ofHours(1);
    /** A chain of this length is a circle of many agents. */
    private static final int LONGEST = 100;

    private final RouteStore store;
    private final int maxHops;

    /**
     * Looks at the messages of a store.
     *
     * @param maxHops how often the messages of a chain may come back to an agent, at least 0
     */
    Loops(RouteStore store, int maxHops) {
        this.store = store;
        this.maxHops = maxHops;
    }

    /** Whether a message of this event to this agent would come back to it too often. */
    boolean isLoop(Event event, Agent target) {
        String to = target.id().value();
        List<Link> chain = new ArrayList<>();
        Link link = new Link(event.agentId(), event.observedAt(), to);
        while (link != null) {
            chain.add(link);
            if (chain.size() > LONGEST || returns(chain, to) > maxHops) {
                return true;
            }
            link = before(link);
        }
        return false;
    }

    /** How often the chain, which begins with its latest link, comes back to an agent that was a source before. */
    private static int returns(List<Link> chain, String to) {
        Set<String> sources = new HashSet<>();
        int returns = 0;
        for (int i = chain.size() - 1; i >= 0; i--) {
            sources.add(chain.get(i).source);
            if (chain.get(i).target.equals(to) && sources.contains(to)) {
                returns++;
            }
        }
        return returns;
    }

    private @Nullable Link before(Link link) {
        PriorMessage prior = store.lastDelivered(link.source, link.observedAt).orElse(null);
        if (prior == null || prior.sourceId() == null || prior.observedAt() == null) {
            return null;
        }
        Optional<Instant> answered = IsoTimes.parse(link.observedAt);
        Optional<Instant> delivered = IsoTimes.parse(prior.deliveredAt());
        boolean isAnswer = answered.isPresent()
                && delivered.isPresent()
                && Duration.between(delivered.get(), answered.get()).compareTo(MEMORY) <= 0;
        return isAnswer ? new Link(prior.sourceId(), prior.observedAt(), link.source) : null;
    }

    /**
     * A message of a route.
     *
     * @param source the agent of its event
     * @param observedAt the time of the event
     * @param target who was prompted
     */
    private record Link(String source, String observedAt, String target) {}
}
