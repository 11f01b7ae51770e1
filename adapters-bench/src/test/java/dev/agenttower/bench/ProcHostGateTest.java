package dev.agenttower.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.container.ContainerId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcHostGateTest {
    private static final long PID = 4711;
    private static final String OTHER = "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210";

    @TempDir
    private Path proc;

    private Path process;

    @BeforeEach
    void a_process_on_the_host() throws IOException {
        process = Files.createDirectories(proc.resolve(String.valueOf(PID)));
        Files.createDirectories(process.resolve("root/run"));
        cgroup("0::/user.slice/user-1000.slice/session-2.scope\n");
    }

    @Test
    void a_process_without_any_sign_is_on_the_host() {
        assertThat(isOnHost(PID)).isTrue();
    }

    @Test
    void a_root_without_a_run_folder_is_no_sign() throws IOException {
        Files.delete(process.resolve("root/run"));

        assertThat(isOnHost(PID)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"root/.dockerenv", "root/run/.containerenv"})
    void a_marker_file_tells_of_a_container(String marker) throws IOException {
        Files.createFile(process.resolve(marker));

        assertThat(isOnHost(PID)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0::/docker/0123456789abcdef\n",
                "12:cpu:/\n4:memory:/system.slice/containerd/x\n0::/\n",
                "0::/kubepods/burstable/pod1/c\n",
                "1:name=systemd:/lxc/box\n"
            })
    void a_control_group_tells_of_a_container(String text) throws IOException {
        cgroup(text);

        assertThat(isOnHost(PID)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0::/docker/%s\n", "0::/system.slice/docker-%s.scope\n", "0::/docker/%s/docker/" + OTHER + "\n"})
    void a_control_group_names_the_container(String text) throws IOException {
        String id = "0123456789abcdef".repeat(4);
        Files.createFile(process.resolve("root/.dockerenv"));
        cgroup(text.formatted(id));

        assertThat(new ProcHostGate(proc).containerOf(new Peer(0, PID))).contains(new ContainerId(id));
    }

    @Test
    void the_container_of_the_daemon_is_not_that_of_a_container_in_it() throws IOException {
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/cgroup"), "0::/docker/" + OTHER + "\n");
        String id = "0123456789abcdef".repeat(4);
        cgroup("0::/docker/" + OTHER + "/docker/" + id + "\n");

        assertThat(new ProcHostGate(proc).containerOf(new Peer(0, PID))).contains(new ContainerId(id));
    }

    @Test
    void a_process_on_the_host_is_in_no_container() throws IOException {
        cgroup("0::/user.slice/" + OTHER + ".scope\n");

        assertThat(new ProcHostGate(proc).containerOf(new Peer(0, PID))).isEmpty();
    }

    @Test
    void a_service_named_docker_is_no_container() throws IOException {
        cgroup("0::/system.slice/docker.service\n");

        assertThat(isOnHost(PID)).isTrue();
    }

    @Test
    void a_process_that_is_gone_is_not_on_the_host() {
        assertThat(isOnHost(PID + 1)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void an_unknown_process_is_not_on_the_host(long pid) {
        assertThat(isOnHost(pid)).isFalse();
    }

    @Test
    void an_unknown_user_is_not_on_the_host() {
        assertThat(new ProcHostGate(proc).isOnHost(new Peer(Peer.UNKNOWN, PID))).isFalse();
    }

    @Test
    void a_missing_control_group_file_is_not_trusted() throws IOException {
        Files.delete(process.resolve("cgroup"));

        assertThat(isOnHost(PID)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "root/run"})
    void a_folder_that_cannot_be_looked_into_is_not_trusted(String folder) throws IOException {
        Path closed = process.resolve(folder);
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            Assumptions.assumeFalse(Files.isExecutable(closed), "root may look into any folder");

            assertThat(isOnHost(PID)).isFalse();
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void a_root_that_is_no_folder_is_not_trusted() throws IOException {
        Files.delete(process.resolve("root/run"));
        Files.delete(process.resolve("root"));
        Files.createFile(process.resolve("root"));

        assertThat(isOnHost(PID)).isFalse();
    }

    private boolean isOnHost(long pid) {
        return new ProcHostGate(proc).isOnHost(new Peer(1000, pid));
    }

    private void cgroup(String text) throws IOException {
        Files.writeString(process.resolve("cgroup"), text);
    }
}
