package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.bench.BenchLab;
import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The hook in a real container, in which the project of the host is {@code /project}, and of the daemon only the folder of its sockets is. */
@Tag("docker")
final class ContainerHookTest {
    private static final String HOOK = Programs.REAL.launcher("agenttower-hook").toString();

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    private BenchLab lab;
    private GovernedFolder project;
    private Bench bench;

    @BeforeEach
    void open() {
        lab = BenchLab.open();
        tower.startAsOrphan();
        project = GovernedFolder.create(tower);
        Path other = tower.home().resolve("other");
        bench = lab.upWithPrograms(
                "hook",
                tower.paths().runDir(),
                "/run/agenttower",
                "--volume=" + project.root() + ":/project",
                "--volume=" + other + ":/other",
                "--volume=/cache",
                "--tmpfs=/project/build");
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    private String hook(String tool, String key, String value) {
        String call = "{\"session_id\":\"s\",\"cwd\":\"/project\",\"tool_name\":\"" + tool + "\",\"tool_input\":{\""
                + key + "\":\"" + value + "\",\"content\":\"x\"}}";
        return sh("cd /project; export ADT_ROLE=Developer ADT_SPEC_ID=SPEC-001; printf %s '" + call + "' | " + HOOK
                + " claude PreToolUse 2>&1; echo $?");
    }

    private String sh(String line) {
        return bench.execAs("0", "sh", "-c", line);
    }

    private void allows(String path) {
        assertThat(hook("Write", "file_path", path)).as(path).isEqualTo("0\n");
        assertThat(hook("Bash", "command", "touch " + path)).as(path).isEqualTo("0\n");
    }

    private void denies(String path, String reason) {
        assertThat(hook("Write", "file_path", path)).as(path).contains(reason).endsWith("2\n");
        assertThat(hook("Bash", "command", "touch " + path)).as(path).endsWith("2\n");
    }

    @Test
    void the_project_of_the_host_governs_what_is_done_in_a_container() {
        allows("/project/src/a");
        allows("src/a");
        denies("/project/docs/a", "docs/a is outside the jurisdiction of role Developer");
        denies("config/specs.json", "SOVEREIGN PATH VIOLATION: config/specs.json is protected. Change request scr_");
        assertThat(hook("Write", "file_path", "/other/a"))
                .contains("path_outside_project_root")
                .endsWith("2\n");

        for (String own : new String[] {"/tmp/x", "/root/x", "/cache/x", "/project/build/x"}) {
            allows(own);
        }
        assertThat(hook("Bash", "command", "cat /proc/1/environ")).contains("sensitive path");

        sh(
                "ln -s /project/config /tmp/to-config; ln -s ../../project/config /project/src-link; mkdir -p /project/src;"
                        + " ln -s /project/config/specs.json /project/src/absolute; ln -s ../config/specs.json /project/src/relative");
        for (String link : new String[] {
            "/tmp/to-config/specs.json", "/project/src-link/specs.json", "src/absolute", "src/relative"
        }) {
            denies(link, "SOVEREIGN PATH VIOLATION");
        }
        denies("/proc/self/cwd/config/specs.json", "it cannot be told where");
        assertThat(project.get("/api/governance/sovereign-requests?status=pending")
                        .has(200)
                        .json()
                        .path("requests"))
                .as("all links lead to one file, for which one request waits")
                .hasSize(1);

        tower.stop();
        assertThat(hook("Write", "file_path", "/project/src/a"))
                .contains("the call was denied, because it cannot be judged")
                .endsWith("2\n");
    }
}
