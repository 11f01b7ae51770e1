package dev.agenttower.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.state.AgentState;
import dev.agenttower.core.agent.state.Reading;
import dev.agenttower.core.governance.human.InMemoryProcessTree;
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
    private static final int PANE = 4700;

    @TempDir
    Path home;

    private final InMemoryProcessTree processes = new InMemoryProcessTree();
    private ProcessMark client;
    private Path record;
    private ClientRecords records;

    @BeforeEach
    void open() throws IOException {
        record = Files.createDirectories(home.resolve(".claude/sessions")).resolve("4711.json");
        records = new ClientRecords(home, processes);
        processes.start(1, 0, 1);
        processes.start(2, 1, 2);
        processes.start(PANE, 1, PANE);
        processes.start(4705, PANE, PANE);
        client = processes.start(4711, 4705, PANE);
    }

    private Optional<AgentState> state(Capability capability) {
        return records.read(capability, client).map(Reading::state);
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
        processes.end(client.pid());
        assertThat(state(Capability.CLAUDE)).contains(AgentState.ENDED);
        assertThat(state(Capability.CODEX)).contains(AgentState.ENDED);
    }

    @Test
    void the_client_in_a_pane_is_known_by_its_record_alone() throws IOException {
        assertThat(records.client(PANE)).isEmpty();
        Files.writeString(record, "{}");
        processes.start(4712, client.pid(), PANE);
        for (String other :
                new String[] {"4712.json", "2.json", "99.json", "4711.abc.key", "x.json", "99999999999.json"}) {
            Files.writeString(record.resolveSibling(other), "{}");
        }
        assertThat(records.client(PANE)).contains(client);
        assertThat(records.client(2)).contains(new ProcessMark(2, 2));
        assertThat(records.client(7)).isEmpty();
        processes.end(client.pid());
        assertThat(records.client(PANE)).isEmpty();
    }
}
