package dev.agenttower.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of the container engine, resolved as Docker's own client does: {@code DOCKER_HOST}, else the context named by {@code
 * DOCKER_CONTEXT} or by the client's {@code config.json}, else the default socket. Only Unix sockets are supported; for any other address,
 * using it fails with the reason.
 */
public final class EngineAddress {
    private static final Path USUAL_SOCKET = Path.of("/var/run/docker.sock");

    private final @Nullable Path socket;
    private final String refusal;
    private final boolean chosen;

    private EngineAddress(@Nullable Path socket, String refusal, boolean chosen) {
        this.socket = socket;
        this.refusal = refusal;
        this.chosen = chosen;
    }

    /** The socket at {@code path}. */
    public static EngineAddress of(Path path) {
        return new EngineAddress(path, "", true);
    }

    /** The address configured by {@code environment}. */
    public static EngineAddress from(Map<String, String> environment) {
        String host = environment.getOrDefault("DOCKER_HOST", "");
        if (!host.isEmpty()) {
            return parse(host, "DOCKER_HOST");
        }
        Path folder = configFolder(environment);
        String context = environment.getOrDefault("DOCKER_CONTEXT", "");
        if (context.isEmpty() && folder != null) {
            context = text(folder.resolve("config.json"), "/currentContext");
        }
        if (context.isEmpty() || context.equals("default")) {
            return new EngineAddress(USUAL_SOCKET, "", false);
        }
        String endpoint = folder == null ? "" : text(contextFile(folder, context), "/Endpoints/docker/Host");
        if (endpoint.isEmpty()) {
            return refused("the docker context '" + context + "' names no endpoint");
        }
        return parse(endpoint, "the docker context '" + context + "'");
    }

    private static EngineAddress parse(String host, String origin) {
        String prefix = "unix://";
        if (!host.startsWith(prefix)) {
            return refused(
                    origin + " is '" + host + "'; only unix:// sockets are used, because no TCP socket is ever opened");
        }
        try {
            return of(Path.of(host.substring(prefix.length())));
        } catch (InvalidPathException invalid) {
            return refused(origin + " is '" + host + "', which is no path");
        }
    }

    private static EngineAddress refused(String why) {
        return new EngineAddress(null, why, true);
    }

    private static @Nullable Path configFolder(Map<String, String> environment) {
        String folder = environment.getOrDefault("DOCKER_CONFIG", "");
        String home = environment.getOrDefault("HOME", "");
        if (!folder.isEmpty()) {
            return Path.of(folder);
        }
        return home.isEmpty() ? null : Path.of(home, ".docker");
    }

    private static Path contextFile(Path folder, String context) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(context.getBytes(StandardCharsets.UTF_8));
            return folder.resolve("contexts/meta/" + HexFormat.of().formatHex(hash) + "/meta.json");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    // as in Docker's client, an unreadable configuration counts as absent
    private static String text(Path file, String pointer) {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        try {
            JsonNode root = JsonMapper.builder().build().readTree(file.toFile());
            return root.at(pointer).asText();
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** Whether an engine is configured, or the default socket exists. */
    public boolean isEngineExpected() {
        return chosen || Files.exists(USUAL_SOCKET);
    }

    /**
     * The socket, if it can be connected to now.
     *
     * @throws ContainerEngineException with {@code DOCKER_UNAVAILABLE} if there is no socket or it is unreachable, with {@code
     *     DOCKER_PERMISSION_DENIED} if it may not be opened
     */
    Path reachableSocket() {
        Path path = socket;
        if (path == null) {
            throw new ContainerEngineException(ErrorCode.DOCKER_UNAVAILABLE, "no docker engine: " + refusal);
        }
        if (Files.notExists(path)) {
            throw new ContainerEngineException(
                    ErrorCode.DOCKER_UNAVAILABLE, "no docker engine: there is no socket '" + path + "'");
        }
        if (!Files.isWritable(path)) {
            throw new ContainerEngineException(
                    ErrorCode.DOCKER_PERMISSION_DENIED,
                    "the docker socket '" + path + "' may not be opened by this user; add the user to its group");
        }
        return path;
    }
}
