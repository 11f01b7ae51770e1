package dev.agenttower.core.route;

import dev.agenttower.core.agent.AgentId;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Text;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a route does. A stored definition may break every rule, because other programs write to the store.
 *
 * @param eventType the name of an {@link EventType}
 * @param source whose events: {@code any}, {@code agent_id} with the id of an agent, or {@code role} with a role and perhaps a capability
 * @param target who is prompted: {@code source}, the agent of the event; {@code explicit} with an id or label; or {@code role}, which is the
 *     active agent of the role with the lowest id
 * @param master in whose name: {@code auto}, the active master with the lowest id, or {@code explicit} with the id of a master
 * @param template the text of the prompt, see {@link Template}
 */
public record RouteDefinition(String eventType, RouteRule source, RouteRule target, RouteRule master, String template) {
    static final String ANY = "any";
    static final String AGENT_ID = "agent_id";
    static final String ROLE = "role";
    static final String SOURCE = "source";
    static final String EXPLICIT = "explicit";
    static final String AUTO = "auto";
    private static final Set<String> RECEIVERS = Set.of(Role.SLAVE.wire(), Role.SWARM.wire());
    /** No label is longer, and no id, role or capability. */
    private static final int LONGEST_VALUE = 64;

    private static final int QUOTED = 64;

    /**
     * Refuses a definition that breaks a rule.
     *
     * @throws RefusedException in this order: {@code ROUTE_EVENT_TYPE_INVALID}, {@code ROUTE_MASTER_RULE_INVALID},
     *     {@code ROUTE_TARGET_RULE_INVALID} for the kind, {@code ROUTE_SOURCE_SCOPE_INVALID}, {@code ROUTE_TARGET_RULE_INVALID} for the value,
     *     {@code ROUTE_TEMPLATE_INVALID}
     */
    void requireValid() {
        if (EventType.parse(eventType).isEmpty()) {
            throw new RefusedException(
                    ErrorCode.ROUTE_EVENT_TYPE_INVALID,
                    "no event has the type " + quoted(eventType) + "; use one of "
                            + String.join(", ", EventType.NAMES));
        }
        require(ErrorCode.ROUTE_MASTER_RULE_INVALID, "master rule", master, AUTO, EXPLICIT);
        require(ErrorCode.ROUTE_TARGET_RULE_INVALID, "target rule", target, SOURCE, EXPLICIT, ROLE);
        require(ErrorCode.ROUTE_SOURCE_SCOPE_INVALID, "source scope", source, ANY, AGENT_ID, ROLE);
        if (source.kind().equals(AGENT_ID) && !AgentId.isWellFormed(String.valueOf(source.value()))) {
            throw new RefusedException(
                    ErrorCode.ROUTE_SOURCE_SCOPE_INVALID,
                    "the source scope names no agent id: " + quoted(source.value())
                            + "; an id is agt_ and twelve hex digits");
        }
        if (source.kind().equals(ROLE) && RoleFilter.parse(source.value()).isEmpty()) {
            throw noRole(ErrorCode.ROUTE_SOURCE_SCOPE_INVALID, "source scope", source);
        }
        if (target.kind().equals(ROLE)
                && RoleFilter.parse(target.value())
                        .filter(filter -> RECEIVERS.contains(filter.role()))
                        .isEmpty()) {
            throw noRole(ErrorCode.ROUTE_TARGET_RULE_INVALID, "target rule, for role slave or swarm,", target);
        }
        Template.parse(template);
    }

    /** The first of the kinds takes no value, the others need one. */
    private static void require(ErrorCode code, String name, RouteRule rule, String withoutValue, String... withValue) {
        if (rule.kind().equals(withoutValue)) {
            if (rule.value() != null) {
                throw new RefusedException(code, "the " + name + " " + withoutValue + " takes no value");
            }
            return;
        }
        if (!Set.of(withValue).contains(rule.kind())) {
            throw new RefusedException(
                    code,
                    "there is no " + name + " " + quoted(rule.kind()) + "; use " + withoutValue + " or "
                            + String.join(" or ", withValue));
        }
        if (rule.value() == null || rule.value().isEmpty()) {
            throw new RefusedException(code, "the " + name + " " + rule.kind() + " needs a value");
        }
        if (Text.length(rule.value()) > LONGEST_VALUE) {
            throw new RefusedException(
                    code, "the value of the " + name + " is longer than " + LONGEST_VALUE + " characters");
        }
    }

    private static RefusedException noRole(ErrorCode code, String name, RouteRule rule) {
        return new RefusedException(
                code,
                "the " + name + " must be role:<role> or role:<role>,capability:<capability>; got "
                        + quoted(rule.value()));
    }

    private static String quoted(@Nullable String text) {
        return "\"" + Text.abbreviated(String.valueOf(text), QUOTED) + "\"";
    }
}
