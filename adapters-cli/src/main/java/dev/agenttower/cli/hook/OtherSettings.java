package dev.agenttower.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.agenttower.client.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Settings in a file that this program does not change. */
final class OtherSettings {
    private OtherSettings() {}

    /** The settings of a file; missing if the client cannot read it either. */
    static JsonNode read(Path file) {
        try {
            return JsonText.parse(SettingsFile.read(file).text().getBytes(StandardCharsets.UTF_8));
        } catch (UnusableSettingsException | IOException e) {
            return MissingNode.getInstance();
        }
    }
}
