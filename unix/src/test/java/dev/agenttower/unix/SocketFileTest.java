package dev.agenttower.unix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocketChannel;

final class SocketFileTest {
    @TempDir
    Path dir;

    private Path socket() {
        return dir.resolve("t.sock");
    }

    private long ownUid() throws IOException {
        return ((Number) Files.getAttribute(dir, "unix:uid")).longValue();
    }

    private SocketFile file(Path path) throws IOException {
        return new SocketFile(path, ownUid(), BindGuard.none());
    }

    @Test
    void makes_a_private_socket_and_removes_it_again() throws IOException {
        SocketFile file = file(socket());

        file.listen(1).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-------");
        file.remove();
        file.remove();
        assertThat(socket()).doesNotExist();
    }

    @Test
    void runs_the_system_call_inside_the_guard() throws IOException {
        List<String> seen = new ArrayList<>();
        SocketFile file = new SocketFile(socket(), ownUid(), bind -> {
            seen.add("before " + Files.exists(socket()));
            bind.bind();
            seen.add("after " + Files.exists(socket()));
        });

        file.listen(1).close();

        assertThat(seen).containsExactly("before false", "after true");
    }

    @Test
    void refuses_a_path_that_is_taken_and_leaves_it_alone() throws IOException {
        Files.writeString(socket(), "precious");
        SocketFile file = file(socket());

        assertThatThrownBy(() -> file.listen(1))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("in use");
        file.remove();

        assertThat(socket()).hasContent("precious");
    }

    @Test
    void refuses_a_socket_of_another_user_and_removes_it() throws IOException {
        SocketFile file = new SocketFile(socket(), ownUid() + 1, BindGuard.none());

        assertThatThrownBy(() -> file.listen(1))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("owned by uid");

        assertThat(socket()).doesNotExist();
    }

    @Test
    void reports_a_missing_directory() throws IOException {
        SocketFile file = file(dir.resolve("none/t.sock"));

        assertThatThrownBy(() -> file.listen(1)).isInstanceOf(IOException.class);
    }

    @Test
    void leaves_a_socket_alone_that_is_another_one_by_now() throws IOException {
        SocketFile file = file(socket());

        file.listen(1).close();
        Files.move(socket(), dir.resolve("moved"));
        Files.writeString(socket(), "someone else's");

        file.remove();

        assertThat(socket()).hasContent("someone else's");
    }

    @Test
    void paths_that_are_too_long_for_an_address_are_bound_and_left_clean() throws IOException {
        Path deep = Files.createDirectories(dir.resolve("d".repeat(90)).resolve("e".repeat(90)));
        Path far = deep.resolve("agenttowerd.sock");
        SocketFile file = file(far);
        Path link = Files.createSymbolicLink(dir.resolve("d"), deep);

        try (BoundSocket bound = file.listen(1);
                SocketChannel client =
                        SocketChannel.open(UnixDomainSocketAddress.of(link.resolve("agenttowerd.sock")));
                AFUNIXSocketChannel accepted = bound.accept()) {
            assertThat(client.isConnected()).isTrue();
            assertThat(PeerCredentials.of(accepted))
                    .isEqualTo(new PeerCredentials(
                            ownUid(), ProcessHandle.current().pid()));
            try (Stream<Path> left = Files.list(deep)) {
                assertThat(left).containsExactly(far);
            }
        }
        file.remove();

        assertThat(far).doesNotExist();
    }
}
