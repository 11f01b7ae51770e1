package dev.agenttower.contract.wire;

import static dev.agenttower.contract.wire.Answers.appResult;
import static dev.agenttower.contract.wire.Answers.assertAppRefused;
import static dev.agenttower.contract.wire.Answers.json;
import static dev.agenttower.contract.wire.Answers.refusal;
import static dev.agenttower.contract.wire.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers that are another user, or live below another root folder. Only root can play them. */
final class PeerTest {
    private static final int NOBODY = 65_534;

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    @BeforeEach
    void start() throws IOException {
        assumeTrue(
                Files.getAttribute(tower.home(), "unix:uid").equals(0),
                "skipped: only root can play another user or live below another root folder");
        tower.start();
    }

    private JsonNode callAs(int uid, Path root, String method) throws IOException {
        String line = "{\"method\":\"" + method + "\"}";
        Process caller = new ProcessBuilder(Caller.command(tower.paths().socket(), line, uid, root))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return json(new String(caller.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void another_user_is_refused_before_its_request_is_read() throws IOException {
        for (Path folder = tower.paths().socket(); !folder.equals(Path.of("/tmp")); folder = folder.getParent()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        for (String method : new String[] {"ping", "app.preflight", "frobnicate"}) {
            assertThat(refusal(callAs(NOBODY, Path.of("/"), method), "internal_error"))
                    .isEqualTo("request refused: peer credential check failed");
        }
        assertThat(tower.log())
                .contains("level=error\tevent=socket_peer_uid_mismatch\tobserved_uid=65534\texpected_uid=0\n");
        result(tower.call("ping"));
    }

    @Test
    void a_caller_below_a_root_folder_with_the_sign_of_a_container_is_not_on_the_host() throws IOException {
        Path root = Files.createDirectories(tower.home().resolve("container"));
        Files.createFile(root.resolve(".dockerenv"));
        assertAppRefused(callAs(-1, root, "app.preflight"), "host_only", Map.of());
        assertAppRefused(callAs(-1, root, "app.unknown"), "host_only", Map.of());
        assertThat(result(callAs(-1, root, "ping"))).isEmpty();
        refusal(callAs(-1, root, "frobnicate"), "unknown_method");
    }

    @Test
    void a_caller_below_a_root_folder_without_such_a_sign_is_on_the_host() throws IOException {
        assumeTrue(
                Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                        .noneMatch(line -> line.matches(".*(docker|containerd|kubepods|lxc)/.*")),
                "skipped: the control group of this process is one of a container");
        assumeTrue(Files.notExists(Path.of("/.dockerenv")), "skipped: the daemon itself runs in a container");
        appResult(callAs(-1, Files.createDirectories(tower.home().resolve("plain")), "app.preflight"));
    }
}
