package dev.agenttower.bench.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.Inspection;
import dev.agenttower.core.container.RunningContainer;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The containers of a Docker engine or a compatible engine. Containers are inspected in parallel, so one hanging inspection delays no
 * other.
 *
 * <p>Thread-safe.
 */
public final class DockerContainerRuntime implements ContainerRuntime, AutoCloseable {
    private final EngineClient engine;
    private final Duration limit;
    private final ParallelCalls parallelCalls = new ParallelCalls();

    /** Uses {@code engine}, with {@code limit} for each call. */
    public DockerContainerRuntime(EngineClient engine, Duration limit) {
        this.engine = engine;
        this.limit = limit;
    }

    @Override
    public List<RunningContainer> listRunning() {
        try {
            return ContainerJson.running(engine.get("docker list", "/containers/json", Deadline.in(limit)));
        } catch (EngineAnswerException error) {
            throw failed(error);
        }
    }

    @Override
    public Inspection inspect(List<RunningContainer> containers) {
        List<RunningContainer> rows = List.copyOf(containers);
        Deadline deadline = Deadline.in(limit);
        var found = new AtomicReferenceArray<@Nullable InspectedContainer>(rows.size());
        var failed = new AtomicReferenceArray<@Nullable ContainerEngineException>(rows.size());
        parallelCalls.forEach(rows, index -> {
            try {
                found.set(index, inspect(rows.get(index), deadline));
            } catch (ContainerEngineException failure) {
                failed.set(index, failure);
            }
        });
        List<ContainerEngineException> failures = present(failed);
        boolean engineIsGone = !failures.isEmpty() && failures.stream().noneMatch(f -> isOfOneContainer(f.code()));
        if (engineIsGone && present(found).isEmpty()) {
            throw failures.get(0);
        }
        List<ScanProblem> problems = IntStream.range(0, rows.size())
                .mapToObj(index -> problem(rows.get(index), failed.get(index)))
                .filter(Objects::nonNull)
                .toList();
        return new Inspection(present(found), problems);
    }

    private InspectedContainer inspect(RunningContainer row, Deadline deadline) {
        try {
            JsonNode answer =
                    engine.get("docker inspect", "/containers/" + Execs.segment(row.id()) + "/json", deadline);
            return ContainerJson.inspected(answer, row);
        } catch (EngineAnswerException error) {
            if (error.isNotFound()) {
                throw new ContainerEngineException(
                        ErrorCode.DOCKER_MALFORMED, "docker inspect omitted requested id '" + row.id() + "'");
            }
            throw failed(error);
        }
    }

    private static boolean isOfOneContainer(ErrorCode code) {
        return code == ErrorCode.DOCKER_MALFORMED || code == ErrorCode.DOCKER_FAILED;
    }

    private static @Nullable ScanProblem problem(RunningContainer row, @Nullable ContainerEngineException failure) {
        return failure == null ? null : new ScanProblem(row.id(), failure.code(), failure.getMessage());
    }

    private static <T> List<T> present(AtomicReferenceArray<@Nullable T> array) {
        return IntStream.range(0, array.length())
                .mapToObj(array::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private static ContainerEngineException failed(EngineAnswerException error) {
        return new ContainerEngineException(ErrorCode.DOCKER_FAILED, error.getMessage());
    }

    @Override
    public void close() {
        parallelCalls.close();
    }
}
