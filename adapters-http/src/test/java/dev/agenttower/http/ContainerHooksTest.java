package dev.agenttower.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.caller.ContainerFiles;
import dev.agenttower.core.governance.registry.InMemoryWorkspace;
import dev.agenttower.http.HttpExchange.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hooks in a container that sees the project {@code /srv/demo} as {@code /project}, and {@code /home/dev/other} of the host as {@code /other}. */
@Timeout(60)
final class ContainerHooksTest {
    @TempDir
    Path directory;

    private GovernanceFixture tower;
    private InMemoryWorkspace demo;
    private String folder = "/project/src";

    @BeforeEach
    void start() throws IOException {
        tower = GovernanceFixture.in(directory);
        demo = tower.project("demo");
        demo.project().write("config/dttp.json", "{\"unreadable_paths\":[\"secrets\"]}");
        tower.onHost.set(false);
        tower.container.set(Optional.of(new Container()));
    }

    @AfterEach
    void stop() {
        tower.close();
    }

    /** {@code /link} leads to the settings of the project; nothing is known of {@code /proc}. */
    private final class Container implements ContainerFiles {
        @Override
        public String workingDirectory() {
            return folder;
        }

        @Override
        public String home() {
            return "/root";
        }

        @Override
        public List<HostFile> locate(String written) {
            String path = Path.of(written).normalize().toString();
            if (path.startsWith("/proc")) {
                return List.of();
            }
            if (path.startsWith("/project")) {
                return List.of(new HostFile("/srv/demo" + path.substring("/project".length()), false));
            }
            if (path.startsWith("/other")) {
                return List.of(new HostFile("/home/dev/other" + path.substring("/other".length()), false));
            }
            return path.startsWith("/link")
                    ? List.of(new HostFile("", true), new HostFile("/srv/demo/config" + path.substring(5), false))
                    : List.of(new HostFile("", true));
        }
    }

    private Reply call(String tool, String key, String value, String... headers) throws IOException {
        String body = "{\"session_id\":\"s\",\"tool_name\":\"" + tool + "\",\"tool_input\":{\"" + key + "\":\"" + value
                + "\",\"content\":\"x\"}}";
        String[] all = List.of(headers).isEmpty() ? new String[] {"X-Role: Developer", "X-Spec: SPEC-001"} : headers;
        return tower.call("POST", "/hooks/claude/PreToolUse", body, all);
    }

    private Reply write(String path) throws IOException {
        return call("Write", "file_path", path);
    }

    private Reply bash(String command) throws IOException {
        return call("Bash", "command", command);
    }

    private static void allows(Reply reply) {
        assertThat(reply.body()).isEmpty();
        assertThat(reply.status()).isEqualTo(200);
    }

    private static String denial(Reply reply) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(403);
        return reply.body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/project/src/a", "a", "../src/a", "/tmp/x", "/root/.cache/x"})
    void files_of_the_role_and_of_the_container_get_no_opinion(String path) throws IOException {
        allows(write(path));
        allows(bash("touch " + path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/project/config/specs.json", "../config/specs.json", "/link/specs.json"})
    void a_sovereign_file_of_the_project_becomes_a_change_request(String path) throws IOException {
        assertThat(denial(write(path)))
                .startsWith("SOVEREIGN PATH VIOLATION: config/specs.json is protected. Change request scr_");
        assertThat(denial(bash("echo x > " + path))).contains("config/specs.json is protected");
    }

    @Test
    void what_the_role_may_not_change_is_denied_and_on_the_ledger() throws IOException {
        long before = demo.ledgerLines();
        assertThat(denial(write("/project/docs/a.md")))
                .contains("docs/a.md is outside the jurisdiction of role Developer");
        assertThat(denial(write("/other/a"))).endsWith("path_outside_project_root");
        assertThat(denial(bash("cp a /other/"))).contains("outside project root");
        assertThat(denial(write("/proc/self/cwd/a"))).contains("it cannot be told where /proc/self/cwd/a leads");
        assertThat(demo.ledgerLines()).isEqualTo(before + 4);
    }

    @Test
    void what_must_not_be_read_is_denied() throws IOException {
        assertThat(denial(call("Read", "file_path", "/project/secrets/key"))).contains("unreadable_paths");
        assertThat(denial(bash("cat ~/.ssh/id_rsa"))).contains("names the sensitive path ~/.ssh/id_rsa");
        assertThat(denial(bash("cat /proc/1/environ"))).contains("names the sensitive path /proc/1/environ");
        allows(call("Read", "file_path", "/etc/passwd"));
        allows(call("Read", "file_path", "/proc/cpuinfo"));
    }

    @Test
    void a_container_without_the_project_is_its_own_affair_unless_it_looks_governed() throws IOException {
        folder = "/app";
        allows(write("/app/config/specs.json"));
        allows(bash("sudo rm -rf /app"));
        assertThat(denial(call("Write", "file_path", "/app/src/a", "X-Governed: yes")))
                .contains("is not registered");
        assertThat(denial(write("/project/config/specs.json"))).contains("SOVEREIGN PATH VIOLATION");
    }

    @Test
    void more_files_than_a_call_may_change_are_not_looked_for() throws IOException {
        StringBuilder command = new StringBuilder("touch");
        for (int i = 0; i < 150; i++) {
            command.append(" /tmp/f").append(i);
        }
        assertThat(denial(bash(command.toString()))).contains("more than 100 files");
    }
}
