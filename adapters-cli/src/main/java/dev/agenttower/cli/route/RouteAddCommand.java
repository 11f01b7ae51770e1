package dev.agenttower.cli.route;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.client.JsonText;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code agenttower route add}. */
@Command(
        name = "add",
        description = "make prompts of events",
        footer = {
            "  agenttower route add --event-type test_failed --target-rule role --target role:slave \\",
            "      --template 'Please fix: {event_excerpt}'",
            "",
            "Fields of a template: {event_id}, {event_type}, {source_agent_id}, {source_label}, {source_role},",
            "{source_capability}, {event_excerpt}, {observed_at}; {{ and }} stand for braces."
        })
final class RouteAddCommand implements Callable<Integer> {
    /** Accepts some words only. */
    private static class Words implements ITypeConverter<String> {
        private final List<String> words;

        Words(String... words) {
            this.words = List.of(words);
        }

        @Override
        public String convert(String value) {
            if (!words.contains(value)) {
                throw new TypeConversionException("is \"" + value + "\"; use " + String.join(" or ", words));
            }
            return value;
        }
    }

    /** The kinds of source scopes. */
    static final class SourceScopes extends Words {
        SourceScopes() {
            super("any", "agent_id", "role");
        }
    }

    /** The kinds of target rules. */
    static final class TargetRules extends Words {
        TargetRules() {
            super("explicit", "source", "role");
        }
    }

    /** The kinds of master rules. */
    static final class MasterRules extends Words {
        MasterRules() {
            super("auto", "explicit");
        }
    }

    @Option(
            names = "--event-type",
            paramLabel = "TYPE",
            required = true,
            description = "the type of the events, such as completed or test_failed")
    private String eventType;

    @Option(
            names = "--source-scope",
            paramLabel = "SCOPE",
            converter = SourceScopes.class,
            description = "whose events: any (the default), agent_id or role")
    private String sourceScope = "any";

    @Option(
            names = "--source-scope-value",
            paramLabel = "VALUE",
            description = "an agent id, or role:ROLE or role:ROLE,capability:CAPABILITY")
    private @Nullable String sourceScopeValue;

    @Option(
            names = "--target-rule",
            paramLabel = "RULE",
            required = true,
            converter = TargetRules.class,
            description = "who is prompted: explicit, source (the agent of the event) or role")
    private String targetRule;

    @Option(
            names = "--target",
            paramLabel = "VALUE",
            description = "an agent id or label; for a role, role:slave or role:swarm, as in --source-scope-value")
    private @Nullable String target;

    @Option(
            names = "--master-rule",
            paramLabel = "RULE",
            converter = MasterRules.class,
            description = "in whose name: auto (the default; the active master with the lowest id) or explicit")
    private String masterRule = "auto";

    @Option(names = "--master", paramLabel = "ID", description = "the id of a master")
    private @Nullable String master;

    @Option(
            names = "--template",
            paramLabel = "TEXT",
            required = true,
            description = "the prompt, with fields of the event in braces")
    private String template;

    @Mixin
    private RouteCall call;

    @Override
    public Integer call() {
        ObjectNode params = JsonText.object()
                .put("event_type", eventType)
                .put("source_scope_kind", sourceScope)
                .put("source_scope_value", sourceScopeValue)
                .put("target_rule", targetRule)
                .put("target_value", target)
                .put("master_rule", masterRule)
                .put("master_value", master)
                .put("template", template);
        return call.run(
                "add",
                params,
                Function.identity(),
                route -> "created route " + RouteCall.field(route, "route_id") + " (event_type="
                        + RouteCall.field(route, "event_type") + " enabled=" + RouteCall.field(route, "enabled")
                        + " cursor=" + RouteCall.field(route, "last_consumed_event_id") + ")\n");
    }
}
