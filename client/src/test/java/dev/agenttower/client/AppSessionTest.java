package dev.agenttower.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.directory.AgentView;
import dev.agenttower.core.directory.PaneView;
import dev.agenttower.core.pane.PaneKey;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppSessionTest {
    private static final String HELLO = result("{\"app_session_token\": \"t0ken\", \"daemon_version\": \"0.1.0\"}");
    private static final String AGENT_ROW =
            "{\"agent_id\": \"agt_0123456789ab\", \"role\": \"slave\", \"role_priority\": 2,"
                    + " \"capability\": \"claude\", \"label\": \"l\", \"project_path\": \"\", \"parent_agent_id\": null,"
                    + " \"container_id\": \"c\", \"pane_id\": \"%1\", \"registered_at\": \"t\", \"log_attached\": false,"
                    + " \"pane_active\": true}";

    @TempDir
    Path folder;

    private Path socket;

    @BeforeEach
    void name_the_socket() {
        socket = folder.resolve("d.sock");
    }

    private static String result(String result) {
        return "{\"ok\": true, \"app_contract_version\": \"1.1\", \"result\": " + result + "}\n";
    }

    @Test
    void sends_the_token_of_its_greeting_inside_params() throws IOException {
        try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, HELLO, result("{\"counts\": {}}"));
                DaemonClient client = new DaemonClient(socket)) {
            AppSession session = AppSession.open(client, "test", "1");
            session.dashboard(5);

            assertThat(session.greeting().path("daemon_version").textValue()).isEqualTo("0.1.0");
            assertThat(daemon.requests())
                    .containsExactly(
                            "{\"method\":\"app.hello\",\"params\":{\"client_id\":\"test\",\"client_version\":\"1\","
                                    + "\"client_app_contract_major\":1}}",
                            "{\"method\":\"app.dashboard\",\"params\":{\"recent_limit\":5,\"app_session_token\":\"t0ken\"}}");
        }
    }

    @Test
    void follows_the_cursor_through_all_pages() throws IOException {
        String first = result("{\"rows\": [{\"pane_id\": \"%1\", \"container_id\": \"c\", \"tmux_socket\": \"/s\","
                + " \"session_name\": \"w\", \"window_index\": 1, \"pane_index\": 2, \"agent_id\": \"agt_0123456789ab\"}],"
                + " \"total\": 2, \"cursor_next\": \"more\"}");
        String last =
                result("{\"rows\": [{\"pane_id\": \"%2\", \"agent_id\": null}], \"total\": 2, \"cursor_next\": null}");
        try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, HELLO, first, last);
                DaemonClient client = new DaemonClient(socket)) {
            var panes = AppSession.open(client, "test", "1").allPanes();

            assertThat(panes).extracting(pane -> pane.key().paneId()).containsExactly("%1", "%2");
            assertThat(panes).extracting(PaneView::registered).containsExactly(true, false);
            assertThat(panes.get(0).key()).isEqualTo(new PaneKey(new ContainerId("c"), "/s", "w", 1, 2, "%1"));
            assertThat(daemon.requests().get(2)).contains("\"cursor_next\":\"more\"");
        }
    }

    @Test
    void adopts_with_what_is_set_and_leaves_out_the_rest() throws IOException {
        try (ScriptedDaemon daemon = ScriptedDaemon.answering(socket, HELLO, result("{\"row\": " + AGENT_ROW + "}"));
                DaemonClient client = new DaemonClient(socket)) {
            PaneKey pane = new PaneKey(new ContainerId("c"), "/s", "w", 0, 1, "%1");
            AgentView agent = AppSession.agent(AppSession.open(client, "test", "1")
                    .adopt(new AdoptPane(pane, "slave", null, "l", null, null, false)));

            assertThat(agent.agentId()).isEqualTo("agt_0123456789ab");
            assertThat(agent.parentAgentId()).isNull();
            assertThat(agent.paneActive()).isTrue();
            assertThat(daemon.requests().get(1))
                    .isEqualTo(
                            "{\"method\":\"app.agent.register_from_pane\",\"params\":{\"container_id\":\"c\","
                                    + "\"tmux_socket\":\"/s\",\"session_name\":\"w\",\"window_index\":0,\"pane_index\":1,"
                                    + "\"pane_id\":\"%1\",\"role\":\"slave\",\"label\":\"l\",\"app_session_token\":\"t0ken\"}}");
        }
    }

    @Test
    void updates_and_scans_name_their_parameters() throws IOException {
        try (ScriptedDaemon daemon = ScriptedDaemon.answering(
                        socket, HELLO, result("{\"row\": " + AGENT_ROW + "}"), result("{\"state\": \"running\"}"));
                DaemonClient client = new DaemonClient(socket)) {
            AppSession session = AppSession.open(client, "test", "1");
            session.update(new ChangeAgent("agt_0123456789ab", null, null, "", null));
            session.scanPanes(false);

            assertThat(daemon.requests().get(1)).contains("\"agent_id\":\"agt_0123456789ab\",\"label\":\"\",");
            assertThat(daemon.requests().get(2)).contains("app.scan.panes").contains("\"wait\":false");
        }
    }
}
