package dev.agenttower.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SocketLinkTest {
    @TempDir
    Path dir;

    @Test
    void leads_to_a_socket_whose_path_is_too_long_and_leaves_nothing() throws IOException {
        Path deep = Files.createDirectories(dir.resolve("d".repeat(90)).resolve("e".repeat(90)));
        Path folder;
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                SocketLink link = SocketLink.to(deep.resolve("t.sock"))) {
            server.bind(UnixDomainSocketAddress.of(link.path()));
            try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(link.path()))) {
                assertThat(client.isConnected()).isTrue();
            }
            folder = link.path().getParent().getParent();
        }

        assertThat(deep.resolve("t.sock")).exists();
        assertThat(folder).doesNotExist();
    }

    @Test
    void short_paths_need_no_link() throws IOException {
        try (SocketLink link = SocketLink.to(Path.of("t.sock"))) {
            assertThat(link.path()).isEqualTo(Path.of("t.sock"));
        }
    }
}
