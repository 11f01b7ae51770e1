package dev.agenttower.bench.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineAddressTest {
    @TempDir
    private Path home;

    @Test
    void follows_docker_host() throws IOException {
        Path socket = Files.createFile(home.resolve("engine.sock"));

        EngineAddress address =
                EngineAddress.from(Map.of("DOCKER_HOST", "unix://" + socket, "DOCKER_CONTEXT", "other"));

        assertThat(address.reachableSocket()).isEqualTo(socket);
        assertThat(address.isEngineExpected()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp://127.0.0.1:2375", "ssh://somewhere", "npipe:////./pipe/docker", "nonsense"})
    void refuses_what_is_no_unix_socket_and_says_why(String host) {
        EngineAddress address = EngineAddress.from(Map.of("DOCKER_HOST", host));

        assertThat(address.isEngineExpected()).isTrue();
        assertThatThrownBy(address::reachableSocket)
                .hasMessageContaining(host)
                .hasMessageContaining("no TCP socket")
                .asInstanceOf(type(ContainerEngineException.class))
                .extracting(ContainerEngineException::code)
                .isEqualTo(ErrorCode.DOCKER_UNAVAILABLE);
    }

    @Test
    void follows_the_context_of_the_client_configuration() throws IOException {
        Path socket = Files.createFile(home.resolve("rootless.sock"));
        writeContext("rootless", "unix://" + socket);
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"rootless\"}");

        assertThat(EngineAddress.from(Map.of("HOME", home.toString())).reachableSocket())
                .isEqualTo(socket);
    }

    @Test
    void follows_the_context_of_the_environment_before_that_of_the_configuration() throws IOException {
        Path socket = Files.createFile(home.resolve("chosen.sock"));
        writeContext("chosen", "unix://" + socket);
        Files.writeString(home.resolve(".docker/config.json"), "{\"currentContext\":\"other\"}");

        Map<String, String> environment =
                Map.of("DOCKER_CONFIG", home.resolve(".docker").toString(), "DOCKER_CONTEXT", "chosen");
        assertThat(EngineAddress.from(environment).reachableSocket()).isEqualTo(socket);
    }

    @Test
    void says_that_a_context_names_no_endpoint() {
        EngineAddress address = EngineAddress.from(Map.of("HOME", home.toString(), "DOCKER_CONTEXT", "lost"));

        assertThatThrownBy(address::reachableSocket).hasMessageContaining("'lost'");
    }

    @Test
    void goes_on_with_the_usual_socket_when_the_configuration_is_broken() throws IOException {
        Files.createDirectories(home.resolve(".docker"));
        Files.writeString(home.resolve(".docker/config.json"), "{ not json");

        EngineAddress address = EngineAddress.from(Map.of("HOME", home.toString()));

        assertThat(address.isEngineExpected()).isEqualTo(Files.exists(Path.of("/var/run/docker.sock")));
    }

    private void writeContext(String name, String endpoint) throws IOException {
        // the folder is named by the SHA-256 of the context's name, as Docker's own client does
        String hash = sha256(name);
        Path folder = Files.createDirectories(home.resolve(".docker/contexts/meta/" + hash));
        Files.writeString(
                folder.resolve("meta.json"),
                "{\"Name\":\"" + name + "\",\"Endpoints\":{\"docker\":{\"Host\":\"" + endpoint + "\"}}}");
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
