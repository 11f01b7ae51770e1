package dev.agenttower.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.caller.ContainerFiles;
import dev.agenttower.core.caller.ContainerFiles.HostFile;
import dev.agenttower.core.caller.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcContainerFilesTest {
    private static final Peer PEER = new Peer(1000, 42);

    /** A disk with a second mount of one of its folders, and a file system in memory. */
    private static final String HOST = """
            22 27 0:21 / /proc rw,relatime - proc proc rw
            27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
            28 27 0:50 / /mem rw - tmpfs tmpfs rw
            29 27 254:0 /home/dev/demo /mnt/demo rw shared:1 - ext4 /dev/vda rw
            """;

    private static final String CONTAINER = """
            69 45 254:0 /var/lib/docker/vfs/dir/b463 / rw,relatime master:1 - ext4 /dev/vda rw
            70 69 0:41 / /proc rw - proc proc rw
            71 69 0:42 / /dev rw - tmpfs tmpfs rw
            72 70 0:42 /null /proc/keys rw - tmpfs tmpfs rw
            80 69 254:0 /home/dev/demo /project/demo rw,relatime - ext4 /dev/vda rw
            81 80 254:0 /home/dev/a\\040b /project/demo/in/a\\040b rw - ext4 /dev/vda rw
            82 80 0:47 / /project/demo/build rw - tmpfs tmpfs rw
            83 69 254:0 /var/lib/docker/volumes/cache/_data /cache rw - ext4 /dev/vda rw
            84 69 0:50 /shared /shared rw - tmpfs tmpfs rw
            85 69 254:0 /home/dev/demo//deleted /gone rw - ext4 /dev/vda rw
            """;

    @TempDir
    Path proc;

    private Path root;

    @BeforeEach
    void start() throws IOException {
        root = Files.createDirectories(proc.resolve("42/root"));
        Files.createDirectories(proc.resolve("self"));
        Files.writeString(proc.resolve("self/mountinfo"), HOST);
        Files.writeString(proc.resolve("42/mountinfo"), CONTAINER);
        Files.writeString(proc.resolve("42/environ"), "A=1\0HOME=/home/me\0");
        Files.createSymbolicLink(proc.resolve("42/cwd"), Path.of("/project/demo/src"));
        Files.createDirectories(root.resolve("project/demo/src"));
    }

    private ContainerFiles view() {
        return ProcContainerFiles.of(proc, PEER).orElseThrow();
    }

    private void link(String path, String target) throws IOException {
        Path link = root.resolve(path);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(target));
    }

    @Test
    void tells_the_folder_and_the_home_of_a_process() throws IOException {
        assertThat(view().workingDirectory()).isEqualTo("/project/demo/src");
        assertThat(view().home()).isEqualTo("/home/me");
        Files.writeString(proc.resolve("42/environ"), "HOME=relative\0");
        assertThat(view().home()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/project/demo, /home/dev/demo",
        "/project/demo/src/./x//y, /home/dev/demo/src/x/y",
        "/project/demo/src/../config/a, /home/dev/demo/config/a",
        "/project/demo/in/a b/c, /home/dev/a b/c",
        "/project/demo/in/a bc, /home/dev/demo/in/a bc",
        "/project/../project/demo/../demo/x, /home/dev/demo/x",
        "/shared/x, /mem/shared/x",
    })
    void a_folder_of_the_host_is_found_where_the_host_sees_it(String inside, String onHost) {
        assertThat(view().locate(inside)).containsExactly(new HostFile(onHost, false));
    }

    @ParameterizedTest
    @CsvSource({
        "/tmp/x, /var/lib/docker/vfs/dir/b463/tmp/x",
        "/, /var/lib/docker/vfs/dir/b463",
        "/workers/x, /var/lib/docker/vfs/dir/b463/workers/x",
        "/cache/x, /var/lib/docker/volumes/cache/_data/x",
        "/project/demo/build/x, ''",
        "/dev/shm/x, ''",
    })
    void image_volumes_and_memory_are_of_the_container(String inside, String onHost) {
        assertThat(view().locate(inside)).containsExactly(new HostFile(onHost, true));
    }

    @Test
    void links_are_followed_as_the_container_follows_them() throws IOException {
        link("tmp/out", "/project/demo/config");
        link("project/demo/src/up", "../../../project/demo/config");
        link("project/demo/src/home", "/tmp/out/x");
        assertThat(view().locate("/tmp/out/x")).containsExactly(new HostFile("/home/dev/demo/config/x", false));
        assertThat(view().locate("/project/demo/src/up/../x")).containsExactly(new HostFile("/home/dev/demo/x", false));
        assertThat(view().locate("/project/demo/src/home"))
                .as("the link itself, and where it leads")
                .containsExactly(
                        new HostFile("/home/dev/demo/src/home", false), new HostFile("/home/dev/demo/config/x", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/proc/self/cwd/config/x",
                "/proc/7/root/x",
                "/proc/self/cwd/../../../config",
                "/proc",
                "/proc/keys",
                "/a/x",
                "/fd/1",
                "/bad\0name",
            })
    void what_cannot_be_told_is_nowhere(String path) throws IOException {
        link("a", "b");
        link("b", "a");
        link("fd", "/proc/self/fd");
        assertThat(view().locate(path)).isEmpty();
    }

    @Test
    void a_mount_that_another_one_hides_is_not_found() throws IOException {
        Files.writeString(proc.resolve("self/mountinfo"), HOST + "30 27 0:60 / /home rw - tmpfs tmpfs rw\n");
        assertThat(view().locate("/project/demo/x")).containsExactly(new HostFile("/mnt/demo/x", false));
        Files.writeString(proc.resolve("42/mountinfo"), CONTAINER + "90 69 0:61 / /project rw - tmpfs tmpfs rw\n");
        assertThat(view().locate("/project/demo/x"))
                .as("/project was mounted over /project/demo")
                .containsExactly(new HostFile("", true));
    }

    @Test
    void a_folder_that_is_gone_is_no_file_of_the_host_that_is_there() {
        assertThat(view().locate("/gone/x")).containsExactly(new HostFile("/home/dev/demo//deleted/x", false));
    }

    @Test
    void a_process_that_cannot_be_looked_at_has_no_view() throws IOException {
        assertThat(ProcContainerFiles.of(proc, new Peer(1000, 43))).isEmpty();
        assertThat(ProcContainerFiles.of(proc, new Peer(1000, 0))).isEmpty();
        Files.writeString(proc.resolve("42/mountinfo"), "a b c\n");
        assertThat(ProcContainerFiles.of(proc, PEER)).isEmpty();
        Files.writeString(proc.resolve("42/mountinfo"), "");
        assertThat(view().locate("/x")).isEmpty();
    }

    @Property(tries = 200)
    void any_list_of_mounts_is_read_or_refused(@ForAll @CharRange(from = ' ', to = '~') String noise)
            throws IOException {
        Path process = Files.createTempDirectory("mounts");
        try {
            Files.writeString(process.resolve("mountinfo"), "27 1 254:0 / / rw - ext4 d rw\n" + noise);
            Optional<MountTable> table = read(process);
            table.ifPresent(mounts -> assertThat(mounts.at("/" + noise)).isNotNull());
        } finally {
            Files.delete(process.resolve("mountinfo"));
            Files.delete(process);
        }
    }

    private static Optional<MountTable> read(Path process) {
        try {
            return Optional.of(MountTable.of(process.toString()));
        } catch (IOException malformed) {
            return Optional.empty();
        }
    }

    @Test
    void two_mounts_that_name_each_other_end_no_walk() throws IOException {
        Files.writeString(
                proc.resolve("42/mountinfo"),
                "1 2 0:1 / / rw - ext4 a rw\n2 1 0:2 / / rw - ext4 b rw\n3 3 0:3 / / rw - ext4 c rw\n");
        assertThat(view().locate("/x")).isEqualTo(List.of(new HostFile("", true)));
    }
}
