package dev.agenttower.daemon.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.agent.AdoptionRule;
import dev.agenttower.core.agent.state.AgentStates;
import dev.agenttower.core.event.EventRule;
import dev.agenttower.core.governance.human.KnownClient;
import dev.agenttower.core.settings.ContainerRule;
import dev.agenttower.core.settings.DiscoverySettings;
import dev.agenttower.core.settings.DiscoverySettings.HostBenchMode;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.settings.LogSettings;
import dev.agenttower.core.settings.RoutingSettings;
import dev.agenttower.core.settings.SettingsSource;
import dev.agenttower.core.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Settings from a TOML file, read on each call. Thread-safe. */
public final class TomlSettings implements SettingsSource {
    private static final int MAX_NEEDLES = 32;
    private static final int MAX_NEEDLE_LENGTH = 128;

    private final TomlFile file;

    /** Settings from this file, which need not exist. */
    public TomlSettings(Path file) {
        this.file = new TomlFile(file);
    }

    @Override
    public ContainerRule containerRule() {
        return file.table("containers")
                .flatMap(table -> table.find("name_contains"))
                .map(TomlSettings::rule)
                .orElse(ContainerRule.DEFAULT);
    }

    private static ContainerRule rule(JsonNode value) {
        if (!value.isArray()) {
            throw invalid("name_contains must be a list of strings; got " + TomlTable.shownWithType(value));
        }
        if (value.isEmpty()) {
            throw invalid("name_contains must be a non-empty list of non-empty strings; got []");
        }
        if (value.size() > MAX_NEEDLES) {
            throw invalid("name_contains has %d entries; max is %d".formatted(value.size(), MAX_NEEDLES));
        }
        List<String> needles = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            needles.add(needle(i, value.get(i)));
        }
        return new ContainerRule(needles);
    }

    private static String needle(int index, JsonNode value) {
        String name = "name_contains[" + index + "]";
        if (!value.isTextual()) {
            throw invalid(name + " must be a string; got " + TomlTable.shownWithType(value));
        }
        String text = value.textValue();
        int length = Text.length(text);
        if (length > MAX_NEEDLE_LENGTH) {
            throw invalid("%s is %d chars; max is %d; value=%s"
                    .formatted(name, length, MAX_NEEDLE_LENGTH, TomlTable.shown(value)));
        }
        if (text.isBlank()) {
            throw invalid(name + " is blank after strip(); originally " + TomlTable.shown(value));
        }
        return text.strip();
    }

    private static InvalidSettingsException invalid(String rest) {
        return TomlTable.invalid("[containers] " + rest);
    }

    @Override
    public EventSettings events() {
        return file.table("events").map(EventsTable::settings).orElse(EventSettings.DEFAULT);
    }

    /**
     * The bounds of logs, {@code [logs]}.
     *
     * @throws InvalidSettingsException if the file or one of them is invalid
     */
    public LogSettings logs() {
        LogSettings unset = LogSettings.DEFAULT;
        Optional<TomlTable> table = file.table("logs");
        return new LogSettings(
                table.flatMap(logs -> logs.find("max_bytes"))
                        .map(value -> within("[logs] max_bytes", value, LogSettings.LEAST_MAX_BYTES, 1L << 50))
                        .orElse(unset.maxBytes()),
                table.flatMap(logs -> logs.find("keep"))
                        .map(value -> (int) within("[logs] keep", value, 0, 10_000))
                        .orElse(unset.keep()));
    }

    /**
     * The bounds of routes, {@code [routing]}.
     *
     * @throws InvalidSettingsException if the file or one of them is invalid
     */
    public RoutingSettings routing() {
        return file.table("routing")
                .flatMap(table -> table.find("max_hops"))
                .map(value -> new RoutingSettings((int) within("[routing] max_hops", value, 0, 1000)))
                .orElse(RoutingSettings.DEFAULT);
    }

    /**
     * For how long a working agent may give no sign, {@code [agents] stuck_after} in seconds.
     *
     * @throws InvalidSettingsException if the file or the value is invalid
     */
    public Duration stuckAfter() {
        return file.table("agents")
                .flatMap(table -> table.find("stuck_after"))
                .map(value -> Duration.ofSeconds(within("[agents] stuck_after", value, 10, 86_400)))
                .orElse(AgentStates.DEFAULT_STUCK_AFTER);
    }

    /**
     * Whether prompts are typed while an agent works: {@code [queue] when_working}, {@code "wait"} (default) or {@code "type"}.
     *
     * @throws InvalidSettingsException if the file or the value is invalid
     */
    public boolean joinsTurns() {
        return doesNotWait("when_working", "type");
    }

    /**
     * Whether prompts are typed behind what a person has typed and not sent: {@code [queue] when_typing}, {@code "wait"} (default) or
     * {@code "send"}.
     *
     * @throws InvalidSettingsException if the file or the value is invalid
     */
    public boolean joinsInput() {
        return doesNotWait("when_typing", "send");
    }

    private boolean doesNotWait(String key, String other) {
        return file.table("queue")
                .flatMap(table -> table.find(key))
                .map(value -> {
                    boolean isOther = value.asText().equals(other);
                    if (!isOther && !value.asText().equals("wait")) {
                        throw TomlTable.invalid("[queue] " + key + " must be \"wait\" or \"" + other + "\"; got "
                                + TomlTable.shownWithType(value));
                    }
                    return isOther;
                })
                .orElse(false);
    }

    /**
     * Further clients of agents, {@code [[agents.clients]]}; empty if there are none.
     *
     * @throws InvalidSettingsException if the file or one of them is invalid
     */
    public List<KnownClient> agentClients() {
        return file.table("agents")
                .flatMap(table -> table.find("clients"))
                .map(KnownClientsTable::clients)
                .orElse(List.of());
    }

    private static long within(String key, JsonNode value, long least, long most) {
        if (!value.isIntegralNumber()
                || !value.canConvertToLong()
                || value.longValue() < least
                || value.longValue() > most) {
            throw TomlTable.invalid("%s must be an integer from %d to %d; got %s"
                    .formatted(key, least, most, TomlTable.shownWithType(value)));
        }
        return value.longValue();
    }

    /**
     * The user's own rules of the classifier, {@code [[events.rules]]}; empty if there are none.
     *
     * @throws InvalidSettingsException if the file or one of them is invalid
     */
    public List<EventRule> eventRules() {
        return file.table("events")
                .flatMap(table -> table.find("rules"))
                .map(EventRulesTable::rules)
                .orElse(List.of());
    }

    /**
     * The rules of adoption, {@code [[adoption.rules]]}; empty if there are none.
     *
     * @throws InvalidSettingsException if the file or one of them is invalid
     */
    public List<AdoptionRule> adoptionRules() {
        return file.table("adoption").map(AdoptionRulesTable::rules).orElse(List.of());
    }

    @Override
    public void checkRules() {
        eventRules();
        adoptionRules();
        logs();
        routing();
        stuckAfter();
        joinsTurns();
        joinsInput();
        agentClients();
    }

    @Override
    public DiscoverySettings discovery() {
        DiscoverySettings unset = DiscoverySettings.DEFAULT;
        Optional<TomlTable> host = file.table("host");
        Optional<TomlTable> discovery = file.table("discovery");
        return new DiscoverySettings(
                host.flatMap(table -> table.find("enabled"))
                        .map(TomlSettings::hostMode)
                        .orElse(unset.host()),
                discovery
                        .flatMap(table -> table.find("live"))
                        .map(TomlSettings::live)
                        .orElse(unset.live()));
    }

    private static HostBenchMode hostMode(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? HostBenchMode.ON : HostBenchMode.OFF;
        }
        if (value.isTextual() && value.textValue().equals("auto")) {
            return HostBenchMode.AUTO;
        }
        throw TomlTable.invalid("[host] enabled must be \"auto\", true or false; got " + TomlTable.shown(value));
    }

    private static boolean live(JsonNode value) {
        if (!value.isBoolean()) {
            throw TomlTable.invalid("[discovery] live must be true or false; got " + TomlTable.shown(value));
        }
        return value.booleanValue();
    }
}
