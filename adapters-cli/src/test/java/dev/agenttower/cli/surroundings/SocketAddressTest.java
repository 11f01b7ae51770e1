package dev.agenttower.cli.surroundings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agenttower.core.settings.TowerPaths;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketAddressTest {
    private static final ContainerSigns HOST = new ContainerSigns(false, false, List.of());

    @TempDir
    Path folder;

    private SocketAddress resolve(String override) {
        Map<String, String> environment = Map.of("HOME", folder.toString(), "AGENTTOWER_SOCKET", override);
        return SocketAddress.resolve(environment, HOST, TowerPaths.of(environment));
    }

    private static void bind(Path socket) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
        }
    }

    @Test
    void a_link_is_followed_once_and_kept_as_it_is() throws IOException {
        bind(folder.resolve("s"));
        Path link = Files.createSymbolicLink(folder.resolve("l"), Path.of("s"));

        assertThat(resolve(link.toString()))
                .isEqualTo(new SocketAddress(link.toString(), SocketAddressSource.ENV_OVERRIDE));
    }

    @Test
    void a_link_to_a_link_is_no_socket() throws IOException {
        bind(folder.resolve("s"));
        Files.createSymbolicLink(folder.resolve("l"), Path.of("s"));
        Path chain = Files.createSymbolicLink(folder.resolve("c"), Path.of("l"));

        assertThatExceptionOfType(InvalidSocketException.class)
                .isThrownBy(() -> resolve(chain.toString()))
                .withMessageEndingWith("value is not a Unix socket");
    }

    @Test
    void a_broken_link_does_not_exist() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("l"), Path.of("nowhere"));

        assertThatExceptionOfType(InvalidSocketException.class)
                .isThrownBy(() -> resolve(link.toString()))
                .withMessageEndingWith("value does not exist");
    }

    @Test
    void without_an_override_the_state_directory_has_it_unchecked() {
        Map<String, String> environment = Map.of("HOME", folder.toString());

        assertThat(SocketAddress.resolve(environment, HOST, TowerPaths.of(environment)))
                .isEqualTo(new SocketAddress(
                        folder + "/.local/state/opensoft/agenttower/agenttowerd.sock",
                        SocketAddressSource.HOST_DEFAULT));
    }
}
