package dev.agenttower.daemon.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class UnixSocketsOnlyTest {
    @BeforeAll
    static void enforce() throws IOException {
        UnixSocketsOnly.enforce();
        UnixSocketsOnly.enforce();
    }

    @Test
    void a_plain_socket_can_be_configured_but_has_no_descriptor() throws IOException {
        List<String> before = descriptors();
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(5);
            socket.setSoLinger(true, 1);
            assertThat(socket.getSoTimeout()).isZero();
            assertThat(socket.getTcpNoDelay()).isFalse();
            assertThat(descriptors()).isEqualTo(before);
        }
    }

    @Test
    void a_plain_socket_cannot_be_connected_or_bound() throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.connect(address))
                    .isInstanceOf(SocketException.class)
                    .hasMessage("the daemon opens Unix sockets only");
        }
        try (Socket socket = new Socket()) {
            assertThatThrownBy(() -> socket.bind(address)).isInstanceOf(SocketException.class);
        }
    }

    private static List<String> descriptors() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.map(UnixSocketsOnlyTest::target)
                    .filter(target -> target.startsWith("socket:"))
                    .sorted()
                    .toList();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
