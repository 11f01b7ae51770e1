package dev.agenttower.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.ErrorCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs programs inside containers.
 *
 * <p>Thread-safe. Every method fails with {@link EngineAnswerException} if the engine rejects the program, and with {@link
 * ContainerEngineException} if the engine is unreachable or does not answer in time.
 */
public final class Execs {
    private final EngineClient engine;

    /** Runs programs through {@code engine}. */
    public Execs(EngineClient engine) {
        this.engine = engine;
    }

    /**
     * Runs a program to its end and collects its output in {@code output}.
     *
     * @return the id for {@link #exitCode}
     */
    public String run(ExecCommand command, Deadline deadline, ExecOutput output) {
        String id = create(command, false, deadline);
        engine.post("docker exec", start(id), startBody(false), deadline, output::appendAll);
        return id;
    }

    /** Starts a program without waiting for it. */
    public void runDetached(ExecCommand command, Deadline deadline) {
        String id = create(command, false, deadline);
        engine.post("docker exec", start(id), startBody(true), deadline, body -> id);
    }

    /** Starts a program with an open standard input. */
    public LiveExec open(ExecCommand command, Deadline deadline) {
        String id = create(command, true, deadline);
        return new LiveExec(engine.openTwoWay("docker exec", start(id), startBody(false), deadline));
    }

    /** The exit code of a program whose output has ended. */
    public int exitCode(String id, Deadline deadline) {
        while (true) {
            JsonNode exec = engine.get("docker exec", "/exec/" + id + "/json", deadline);
            if (!exec.path("Running").asBoolean() || Thread.currentThread().isInterrupted()) {
                return exec.path("ExitCode").asInt(-1);
            }
            // the output may end shortly before the program
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }

    private String create(ExecCommand command, boolean input, Deadline deadline) {
        ObjectNode body = engine.mapper().createObjectNode();
        body.put("AttachStdin", input);
        body.put("AttachStdout", true);
        body.put("AttachStderr", true);
        body.put("User", command.user());
        body.putArray("Env").add("LANG=C.UTF-8").add("LC_ALL=C.UTF-8");
        command.arguments().forEach(body.withArray("Cmd")::add);
        JsonNode answer =
                engine.post("docker exec", "/containers/" + segment(command.container()) + "/exec", body, deadline);
        String id = answer.path("Id").asText();
        if (id.isEmpty()) {
            throw new ContainerEngineException(
                    ErrorCode.DOCKER_MALFORMED, "docker exec: the engine's answer names no id");
        }
        return id;
    }

    private static String start(String id) {
        return "/exec/" + id + "/start";
    }

    private ObjectNode startBody(boolean detached) {
        return engine.mapper().createObjectNode().put("Detach", detached).put("Tty", false);
    }

    /** An id as a path segment. */
    static String segment(ContainerId container) {
        return URLEncoder.encode(container.value(), StandardCharsets.UTF_8).replace("+", "%20");
    }
}
