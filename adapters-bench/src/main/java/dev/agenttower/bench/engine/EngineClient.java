package dev.agenttower.bench.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.DockerHttpClient.Request;
import com.github.dockerjava.transport.DockerHttpClient.Response;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the container engine, one connection each. The transport's classes are loaded with the first request to a socket that
 * exists, so a machine without an engine never pays for them.
 *
 * <p>Thread-safe.
 */
public final class EngineClient implements AutoCloseable {
    private static final int LONGEST_EXCERPT = 400;
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;
    private static final int SUCCESS_BELOW = 300;

    private final EngineAddress address;
    private final JsonMapper mapper = JsonMapper.builder().build();
    private @Nullable DockerHttpClient transport;

    /** Creates the client; nothing is opened before the first request. */
    public EngineClient(EngineAddress address) {
        this.address = address;
    }

    /**
     * Asks for a JSON document.
     *
     * @param call what is being done, for messages
     * @throws EngineAnswerException if the engine answers with an error
     * @throws ContainerEngineException if it cannot be asked or answers something else than JSON
     */
    JsonNode get(String call, String path, Deadline deadline) {
        return exchange(call, request("GET", path), deadline, response -> json(call, response));
    }

    /** Posts a JSON document and reads one; fails as {@link #get} does. */
    JsonNode post(String call, String path, JsonNode body, Deadline deadline) {
        return exchange(call, request("POST", path, body), deadline, response -> json(call, response));
    }

    /** Posts a JSON document and hands the answer's body to {@code reader}; fails as {@link #get} does. */
    <T> T post(String call, String path, JsonNode body, Deadline deadline, Function<InputStream, T> reader) {
        return exchange(call, request("POST", path, body), deadline, response -> reader.apply(response.getBody()));
    }

    /** Opens an endless answer; the caller closes it. Fails as {@link #get} does. */
    Response open(String call, String path, Deadline deadline) {
        return begin(call, request("GET", path), deadline);
    }

    /** Opens an answer in which both sides talk: {@code input} is sent while the body is read. Fails as {@link #get} does. */
    Response openTwoWay(String call, String path, JsonNode body, InputStream input, Deadline deadline) {
        Request request = Request.builder()
                .method("POST")
                .path(path)
                .putHeader("Content-Type", "application/json")
                .bodyBytes(bytes(body))
                .hijackedInput(input)
                .build();
        return begin(call, request, deadline);
    }

    JsonMapper mapper() {
        return mapper;
    }

    private <T> T exchange(String call, Request request, Deadline deadline, Function<Response, T> reader) {
        try {
            return deadline.within(() -> {
                try (Response response = send(call, request)) {
                    return reader.apply(response);
                }
            });
        } catch (DeadlinePassedException passed) {
            throw timeout(call, deadline);
        } catch (UncheckedIOException broken) {
            throw broken(call, broken);
        }
    }

    private Response begin(String call, Request request, Deadline deadline) {
        try {
            return deadline.within(() -> send(call, request));
        } catch (DeadlinePassedException passed) {
            throw timeout(call, deadline);
        }
    }

    private Response send(String call, Request request) {
        Path socket = address.reachableSocket();
        Response response;
        try {
            response = transport(socket).execute(request);
        } catch (RuntimeException failure) {
            throw unreachable(call, socket, failure);
        }
        if (response.getStatusCode() >= SUCCESS_BELOW) {
            try (response) {
                throw new EngineAnswerException(call, response.getStatusCode(), errorText(response));
            }
        }
        return response;
    }

    private synchronized DockerHttpClient transport(Path socket) {
        if (transport == null) {
            transport = new ZerodepDockerHttpClient.Builder()
                    .dockerHost(URI.create("unix://" + socket.toUri().getRawPath()))
                    .build();
        }
        return transport;
    }

    private static ContainerEngineException unreachable(String call, Path socket, RuntimeException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        boolean refused = cause instanceof java.net.SocketException;
        ErrorCode code = refused ? ErrorCode.DOCKER_UNAVAILABLE : ErrorCode.DOCKER_FAILED;
        String what = refused ? "no docker engine answers on '" + socket + "'" : "the docker engine broke off";
        return failure(code, call + ": " + what + ": " + excerpt(String.valueOf(cause.getMessage())), failure);
    }

    private static ContainerEngineException broken(String call, UncheckedIOException failure) {
        String message =
                call + ": the docker engine broke off its answer: " + excerpt(String.valueOf(failure.getMessage()));
        return failure(ErrorCode.DOCKER_FAILED, message, failure);
    }

    private static ContainerEngineException timeout(String call, Deadline deadline) {
        return new ContainerEngineException(
                ErrorCode.DOCKER_TIMEOUT, call + " exceeded " + deadline.limit().toMillis() / 1000.0 + "s");
    }

    private static ContainerEngineException failure(ErrorCode code, String message, Throwable cause) {
        var exception = new ContainerEngineException(code, message);
        exception.initCause(cause);
        return exception;
    }

    private JsonNode json(String call, Response response) {
        try {
            return mapper.readTree(response.getBody().readNBytes(LARGEST_ANSWER));
        } catch (JsonProcessingException malformed) {
            throw failure(ErrorCode.DOCKER_MALFORMED, call + ": the docker engine's answer is not JSON", malformed);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private String errorText(Response response) {
        try {
            byte[] body = response.getBody().readNBytes(LONGEST_EXCERPT * 8);
            return excerpt(message(new String(body, StandardCharsets.UTF_8)));
        } catch (IOException broken) {
            return "no explanation";
        }
    }

    private String message(String body) {
        try {
            JsonNode message = mapper.readTree(body).path("message");
            return message.isTextual() ? message.asText() : body;
        } catch (JsonProcessingException plainText) {
            return body;
        }
    }

    private byte[] bytes(JsonNode body) {
        try {
            return mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a JSON tree can always be written", impossible);
        }
    }

    /** One short line of a foreign text. */
    public static String excerpt(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST_EXCERPT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_EXCERPT)) + "…";
    }

    private Request request(String method, String path) {
        // without a pool there is no stale connection to trip over after the engine was restarted
        return Request.builder()
                .method(method)
                .path(path)
                .putHeader("Connection", "close")
                .build();
    }

    private Request request(String method, String path, JsonNode body) {
        return Request.builder()
                .method(method)
                .path(path)
                .putHeader("Connection", "close")
                .putHeader("Content-Type", "application/json")
                .bodyBytes(bytes(body))
                .build();
    }

    @Override
    public synchronized void close() {
        if (transport != null) {
            try {
                transport.close();
            } catch (IOException ignored) {
                // nothing is left to be told to the engine
            }
            transport = null;
        }
    }
}
