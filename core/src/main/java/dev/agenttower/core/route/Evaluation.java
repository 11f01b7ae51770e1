package dev.agenttower.core.route;

import static dev.agenttower.core.route.RouteDefinition.AGENT_ID;
import static dev.agenttower.core.route.RouteDefinition.ANY;
import static dev.agenttower.core.route.RouteDefinition.AUTO;
import static dev.agenttower.core.route.RouteDefinition.ROLE;
import static dev.agenttower.core.route.RouteDefinition.SOURCE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.agenttower.core.agent.Agent;
import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.event.Event;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.queue.message.PromptBody;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides what routes make of events, with the agents of one moment. The same agents and events give the same outcomes. */
final class Evaluation {
    private final Map<String, Agent> agents;
    private final Loops loops;

    /** With these agents, active or not. */
    Evaluation(List<Agent> agents, Loops loops) {
        this.agents =
                agents.stream().collect(Collectors.toMap(agent -> agent.id().value(), Function.identity()));
        this.loops = loops;
    }

    /** What a route makes of an event of its type. */
    Outcome of(RouteDefinition route, Event event) {
        Agent source = agents.get(event.agentId());
        if (source == null || !selects(route.source(), source)) {
            return new Outcome.Ignored();
        }
        @Nullable Agent master = master(route.master());
        if (master == null) {
            return skipped(masterMissing(route.master()), null, null);
        }
        @Nullable Agent target = target(route.target(), source);
        if (target == null) {
            return skipped(targetMissing(route.target()), master, null);
        }
        if (loops.isLoop(event, target)) {
            return skipped(SkipReason.HOP_LIMIT_EXCEEDED, master, target);
        }
        return prompt(route.template(), event, source, master, target);
    }

    private static Outcome prompt(String template, Event event, Agent source, Agent master, Agent target) {
        Template parsed;
        try {
            parsed = Template.parse(template);
        } catch (RefusedException storedByOthers) {
            return new Outcome.Skipped(SkipReason.TEMPLATE_RENDER_ERROR, "missing_field", master, target);
        }
        try {
            byte[] text = parsed.render(event, source).getBytes(UTF_8);
            return new Outcome.Prompt(master, target, PromptBody.of(text));
        } catch (RefusedException refusal) {
            return unsendable(refusal, master, target);
        }
    }

    /** The outcome where the queue refuses a rendered text. */
    static Outcome.Skipped unsendable(RefusedException refusal, Agent master, Agent target) {
        return switch (refusal.code()) {
            case BODY_EMPTY, BODY_INVALID_CHARS, BODY_INVALID_ENCODING, BODY_TOO_LARGE ->
                new Outcome.Skipped(
                        SkipReason.TEMPLATE_RENDER_ERROR, refusal.code().wire(), master, target);
            default -> skipped(SkipReason.TARGET_NOT_FOUND, master, target);
        };
    }

    private static Outcome.Skipped skipped(SkipReason reason, @Nullable Agent master, @Nullable Agent target) {
        return new Outcome.Skipped(reason, null, master, target);
    }

    private static boolean selects(RouteRule rule, Agent source) {
        return switch (rule.kind()) {
            case ANY -> true;
            case AGENT_ID -> source.id().value().equals(rule.value());
            default ->
                RoleFilter.parse(rule.value())
                        .filter(filter -> filter.takes(source))
                        .isPresent();
        };
    }

    private @Nullable Agent master(RouteRule rule) {
        if (rule.kind().equals(AUTO)) {
            return first(agent -> agent.role() == Role.MASTER).orElse(null);
        }
        Agent named = agents.get(valueOf(rule));
        return named != null && named.active() && named.role() == Role.MASTER ? named : null;
    }

    private SkipReason masterMissing(RouteRule rule) {
        if (rule.kind().equals(AUTO)) {
            return SkipReason.NO_ELIGIBLE_MASTER;
        }
        return agents.containsKey(valueOf(rule)) ? SkipReason.MASTER_INACTIVE : SkipReason.MASTER_NOT_FOUND;
    }

    private @Nullable Agent target(RouteRule rule, Agent source) {
        if (rule.kind().equals(SOURCE)) {
            return source.active() ? source : null;
        }
        if (rule.kind().equals(ROLE)) {
            RoleFilter filter = RoleFilter.parse(rule.value()).orElse(null);
            return filter == null ? null : first(filter::takes).orElse(null);
        }
        String value = valueOf(rule);
        if (AgentId.isWellFormed(value)) {
            return agents.get(value);
        }
        List<Agent> labeled =
                active().filter(agent -> agent.label().equals(value)).toList();
        return labeled.size() == 1 ? labeled.get(0) : null;
    }

    private static String valueOf(RouteRule rule) {
        return Objects.requireNonNullElse(rule.value(), "");
    }

    private static SkipReason targetMissing(RouteRule rule) {
        return switch (rule.kind()) {
            case SOURCE -> SkipReason.TARGET_NOT_ACTIVE;
            case ROLE -> SkipReason.NO_ELIGIBLE_TARGET;
            default -> SkipReason.TARGET_NOT_FOUND;
        };
    }

    private Optional<Agent> first(Predicate<Agent> wanted) {
        return active().filter(wanted)
                .min(Comparator.comparing(agent -> agent.id().value()));
    }

    private Stream<Agent> active() {
        return agents.values().stream().filter(Agent::active);
    }
}
