package dev.agenttower.core.container;

import dev.agenttower.core.failure.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container engine in memory, with containers set by method calls. Thread-safe. */
public final class InMemoryContainerRuntime implements ContainerRuntime {
    private final Map<ContainerId, InspectedContainer> inspected = new LinkedHashMap<>();
    private final Map<ContainerId, ScanProblem> problems = new LinkedHashMap<>();
    private final List<RunningContainer> running = new ArrayList<>();
    private @Nullable ContainerEngineException listTrouble;
    private @Nullable ContainerEngineException inspectTrouble;
    private int listings;

    /** An engine without containers. */
    public InMemoryContainerRuntime() {}

    /** Starts a container, or replaces the running one of this id. */
    public synchronized void start(InspectedContainer container) {
        stop(container.id());
        inspected.put(container.id(), container);
        alias(container.id(), container.name());
    }

    /** Lists a container under a name. A container that was never started cannot be inspected. */
    public synchronized void alias(ContainerId id, String name) {
        InspectedContainer container = inspected.get(id);
        running.add(new RunningContainer(
                id,
                name,
                container == null ? "" : container.image(),
                container == null ? "running" : container.fullStatus()));
    }

    /** Stops a container; an unknown id is ignored. */
    public synchronized void stop(ContainerId id) {
        inspected.remove(id);
        running.removeIf(container -> container.id().equals(id));
    }

    /** Makes the inspection of one container fail, also if it is not running. */
    public synchronized void failInspectionOf(ContainerId id, ErrorCode code, String message) {
        problems.put(id, new ScanProblem(id, code, message));
    }

    /** Makes every listing fail; null heals the engine. */
    public synchronized void failListingWith(@Nullable ContainerEngineException trouble) {
        listTrouble = trouble;
    }

    /** Makes every inspection fail as a whole; null heals the engine. */
    public synchronized void failInspectionWith(@Nullable ContainerEngineException trouble) {
        inspectTrouble = trouble;
    }

    /** The number of listings so far. */
    public synchronized int listings() {
        return listings;
    }

    @Override
    public synchronized List<RunningContainer> listRunning() {
        listings++;
        if (listTrouble != null) {
            throw listTrouble;
        }
        return List.copyOf(running);
    }

    @Override
    public synchronized Inspection inspect(List<RunningContainer> containers) {
        if (inspectTrouble != null) {
            throw inspectTrouble;
        }
        List<InspectedContainer> found = new ArrayList<>();
        Map<ContainerId, ScanProblem> failures = new LinkedHashMap<>(problems);
        failures.keySet()
                .retainAll(containers.stream().map(RunningContainer::id).toList());
        for (RunningContainer asked : containers) {
            InspectedContainer container = inspected.get(asked.id());
            if (problems.containsKey(asked.id())) {
                continue;
            }
            if (container == null) {
                String message = "the container cannot be inspected";
                failures.put(asked.id(), new ScanProblem(asked.id(), ErrorCode.DOCKER_MALFORMED, message));
            } else {
                found.add(container);
            }
        }
        return new Inspection(found, List.copyOf(failures.values()));
    }
}
