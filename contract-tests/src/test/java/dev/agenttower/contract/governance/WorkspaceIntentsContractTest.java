package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.policy.Intents;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.workspace.change.WorkspaceIntents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceIntentsContractTest extends IntentsContract {
    @TempDir
    Path root;

    @Override
    Intents intents() {
        return new WorkspaceIntents(root);
    }

    @Override
    void put(String intentId, String status) {
        append(JsonForm.line(Map.of("intent_id", intentId, "status", status, "title", "t")) + "\n");
    }

    private void append(String text) {
        Path file = root.resolve("_cortex/capabilities/intents.jsonl");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void lines_that_are_no_intents_are_skipped() {
        put("INT-1", "Active");
        append("\nno json\n[1]\n{\"intent_id\": 7, \"status\": \"Completed\"}\n{\"intent_id\": \"INT-1\", \"sta");
        assertThat(intents().status("INT-1")).contains("Active");
    }
}
