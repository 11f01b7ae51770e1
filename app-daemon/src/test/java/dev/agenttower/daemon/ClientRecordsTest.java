package dev.agenttower.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.Reading;
import dev.agenttower.core.governance.role.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientRecordsTest {
    private static final ProcessMark CLIENT = new ProcessMark(4711, 5);

    @TempDir
    Path home;

    private boolean isRunning = true;
    private Path record;
    private ClientRecords records;

    @BeforeEach
    void open() throws IOException {
        record = Files.createDirectories(home.resolve(".claude/sessions")).resolve("4711.json");
        records = new ClientRecords(home, process -> process.equals(CLIENT) && isRunning);
    }

    private Optional<AgentState> state(Capability capability) {
        return records.read(capability, CLIENT).map(Reading::state);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"procStart\":\"5\",\"status\":\"idle\",\"sessionId\":\"s\"} | IDLE",
                "{\"procStart\":\"5\",\"status\":\"busy\"} | WORKING",
                "{\"procStart\":\"5\",\"status\":\"waiting\",\"waitingFor\":\"permission prompt\"} | WAITING_PERMISSION",
                "{\"procStart\":\"5\",\"status\":\"waiting\",\"waitingFor\":\"input\"} | WAITING_INPUT"
            })
    void claude_code_writes_its_state_down(String json, AgentState state) throws IOException {
        Files.writeString(record, json);
        assertThat(state(Capability.CLAUDE)).contains(state);
        assertThat(state(Capability.GEMINI)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"procStart\":\"6\",\"status\":\"idle\"}",
                "{\"status\":\"idle\"}",
                "{\"procStart\":\"5\",\"status\":\"new\"}",
                "{\"procStart\":\"5\",\"status\":[]}",
                "[1]"
            })
    void what_cannot_be_read_tells_nothing(String json) throws IOException {
        assertThat(state(Capability.CLAUDE)).isEmpty();
        Files.writeString(record, json);
        assertThat(state(Capability.CLAUDE)).isEmpty();
    }

    @Test
    void a_client_that_was_killed_has_ended() throws IOException {
        Files.writeString(record, "{\"procStart\":\"5\",\"status\":\"busy\"}");
        isRunning = false;
        assertThat(state(Capability.CLAUDE)).contains(AgentState.ENDED);
        assertThat(state(Capability.CODEX)).contains(AgentState.ENDED);
    }
}
