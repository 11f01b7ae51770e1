package dev.agenttower.bench.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.failure.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests to the container engine, each on its own connection: a pool could hold stale connections after the engine restarts.
 *
 * <p>Thread-safe.
 */
public final class EngineClient implements AutoCloseable {
    private static final int LONGEST_EXCERPT = 400;
    private static final int LARGEST_ANSWER = 64 * 1024 * 1024;
    private static final int SUCCESS_BELOW = 300;

    private final EngineAddress address;
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final Set<EngineConnection> open = ConcurrentHashMap.newKeySet();

    /** Creates the client; connects on the first request. */
    public EngineClient(EngineAddress address) {
        this.address = address;
    }

    /**
     * Requests a JSON document.
     *
     * @param call the action, for failure messages
     * @throws EngineAnswerException if the engine answers with an error
     * @throws ContainerEngineException if the request fails or the answer is not JSON
     */
    JsonNode get(String call, String path, Deadline deadline) {
        return exchange(call, path, null, deadline, this::json);
    }

    /** Posts a JSON document and reads one; fails like {@link #get}. */
    JsonNode post(String call, String path, JsonNode document, Deadline deadline) {
        return exchange(call, path, document, deadline, this::json);
    }

    /** Posts a JSON document and passes the answer's body to {@code reader}; fails like {@link #get}. */
    <T> T post(String call, String path, JsonNode document, Deadline deadline, BodyReader<T> reader) {
        return exchange(call, path, document, deadline, reader);
    }

    /** Opens a streaming answer; the caller closes it. Fails like {@link #get}. */
    EngineConnection open(String call, String path, Deadline deadline) {
        return begin(call, path, null, false, deadline).endless();
    }

    /** Opens a bidirectional stream; the caller closes it. Fails like {@link #get}. */
    EngineConnection openTwoWay(String call, String path, JsonNode document, Deadline deadline) {
        return begin(call, path, document, true, deadline).endless();
    }

    JsonMapper mapper() {
        return mapper;
    }

    private <T> T exchange(
            String call, String path, @Nullable JsonNode document, Deadline deadline, BodyReader<T> reader) {
        try (EngineConnection connection = begin(call, path, document, false, deadline)) {
            return reader.read(connection.body());
        } catch (SocketTimeoutException passed) {
            throw timeout(call, deadline);
        } catch (JsonProcessingException malformed) {
            throw failure(ErrorCode.DOCKER_MALFORMED, call + ": the docker engine's answer is not JSON", malformed);
        } catch (IOException broken) {
            throw broken(call + ": the docker engine broke off its answer", broken);
        }
    }

    private EngineConnection begin(
            String call, String path, @Nullable JsonNode document, boolean isTwoWay, Deadline deadline) {
        Path socket = address.reachableSocket();
        @Nullable EngineConnection connection = null;
        boolean hasBegun = false;
        try {
            connection = EngineConnection.open(socket, deadline, open);
            connection.ask(path, document == null ? null : mapper.writeValueAsBytes(document), isTwoWay);
            if (connection.status() >= SUCCESS_BELOW) {
                throw new EngineAnswerException(call, connection.status(), errorText(connection.body()));
            }
            hasBegun = true;
            return connection;
        } catch (SocketTimeoutException passed) {
            throw timeout(call, deadline);
        } catch (SocketException refused) {
            String what = call + ": no docker engine answers on '" + socket + "': ";
            throw failure(ErrorCode.DOCKER_UNAVAILABLE, what + excerpt(refused), refused);
        } catch (IOException broken) {
            throw broken(call + ": the docker engine broke off", broken);
        } finally {
            if (connection != null && !hasBegun) {
                connection.close();
            }
        }
    }

    private static ContainerEngineException broken(String what, IOException failure) {
        return failure(ErrorCode.DOCKER_FAILED, what + ": " + excerpt(failure), failure);
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

    private JsonNode json(InputStream body) throws IOException {
        return mapper.readTree(body.readNBytes(LARGEST_ANSWER));
    }

    private String errorText(InputStream body) throws SocketTimeoutException {
        try {
            String text = new String(body.readNBytes(LONGEST_EXCERPT * 8), StandardCharsets.UTF_8);
            return excerpt(message(text));
        } catch (SocketTimeoutException passed) {
            throw passed;
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

    private static String excerpt(IOException failure) {
        return excerpt(String.valueOf(failure.getMessage()));
    }

    /** A foreign text as one short line. */
    public static String excerpt(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.codePointCount(0, line.length()) <= LONGEST_EXCERPT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, LONGEST_EXCERPT)) + "…";
    }

    /** Aborts requests in progress; they fail. */
    @Override
    public void close() {
        open.forEach(EngineConnection::close);
    }

    /** Reads the body of an answer to its end. */
    @FunctionalInterface
    interface BodyReader<T> {
        /** Returns the parsed body. */
        T read(InputStream body) throws IOException;
    }
}
