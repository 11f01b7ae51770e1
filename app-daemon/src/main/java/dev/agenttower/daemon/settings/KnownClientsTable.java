package dev.agenttower.daemon.settings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.governance.human.KnownClient;
import dev.agenttower.core.settings.InvalidSettingsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Validates and reads {@code [[agents.clients]]}: further clients of agents, and the signs of their processes. */
final class KnownClientsTable {
    private static final Set<String> KEYS = Set.of("title", "programs", "folders", "variables");
    private static final int MAX_CLIENTS = 100;
    private static final int MAX_SIGNS = 100;
    private static final int LONGEST_SIGN = 200;

    private final JsonNode client;
    private final String place;

    private KnownClientsTable(JsonNode client, String place) {
        this.client = client;
        this.place = place;
    }

    /**
     * The clients, in the order of the file.
     *
     * @throws InvalidSettingsException if one is invalid; it names the number and the key
     */
    static List<KnownClient> clients(JsonNode clients) {
        if (!clients.isArray() || clients.size() > MAX_CLIENTS) {
            throw TomlTable.invalid("[agents] clients must be an array of at most " + MAX_CLIENTS + " tables");
        }
        List<KnownClient> read = new ArrayList<>();
        for (JsonNode client : clients) {
            read.add(new KnownClientsTable(client, "[[agents.clients]] number " + (read.size() + 1)).read());
        }
        return read;
    }

    private KnownClient read() {
        if (!client.isObject()) {
            throw TomlTable.invalid(place + " must be a table");
        }
        for (var field : client.properties()) {
            if (!KEYS.contains(field.getKey())) {
                throw TomlTable.invalid(place + " unknown key '" + field.getKey() + "'");
            }
        }
        JsonNode title = client.path("title");
        if (!title.isTextual() || title.textValue().isBlank()) {
            throw TomlTable.invalid(place + " title must be a string");
        }
        KnownClient known = new KnownClient(title.textValue(), signs("programs"), signs("folders"), signs("variables"));
        if (known.programs().isEmpty()
                && known.folders().isEmpty()
                && known.variables().isEmpty()) {
            throw TomlTable.invalid(place + " needs programs, folders or variables");
        }
        return known;
    }

    private Set<String> signs(String key) {
        JsonNode values = client.path(key);
        if (!values.isMissingNode() && (!values.isArray() || values.size() > MAX_SIGNS)) {
            throw TomlTable.invalid(place + " " + key + " must be an array of at most " + MAX_SIGNS + " strings");
        }
        Set<String> signs = new LinkedHashSet<>();
        for (JsonNode value : values) {
            if (!value.isTextual()
                    || value.textValue().isBlank()
                    || value.textValue().length() > LONGEST_SIGN) {
                throw TomlTable.invalid(place + " " + key + " must hold strings of 1 to " + LONGEST_SIGN
                        + " characters; got " + TomlTable.shown(value));
            }
            signs.add(value.textValue());
        }
        return signs;
    }
}
