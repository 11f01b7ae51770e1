package dev.agenttower.core.discovery;

import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results of a pane scan by bench container, in the order of ids.
 *
 * @param host the bench that needs no container engine
 */
record SurveyReport(List<BenchReading> readings, Optional<ContainerId> host) {
    SurveyReport {
        readings = List.copyOf(readings);
    }

    /** Why the whole scan has failed: the engine is unavailable and the host was not read either; else null. */
    EngineReport.@Nullable Failure failure() {
        if (readings.stream().anyMatch(this::isHostRead)) {
            return null;
        }
        for (BenchReading reading : readings) {
            ContainerEngineException trouble = reading.engineTrouble();
            if (trouble != null) {
                return new EngineReport.Failure(trouble.code(), trouble.getMessage());
            }
        }
        return null;
    }

    int containersScanned() {
        return (int) readings.stream().filter(BenchReading::asked).count();
    }

    int socketsScanned() {
        return readings.stream().mapToInt(BenchReading::sockets).sum();
    }

    int tmuxUnavailable() {
        return (int) readings.stream().filter(reading -> !reading.reachable()).count();
    }

    /** All failures, then all cuts. */
    List<ScanProblem> problems() {
        List<ScanProblem> problems = new ArrayList<>();
        readings.forEach(reading -> problems.addAll(reading.failures()));
        readings.forEach(reading -> problems.addAll(reading.cuts()));
        return problems;
    }

    /** The code of the first problem, or null. */
    @Nullable ErrorCode errorCode() {
        List<ScanProblem> problems = problems();
        return problems.isEmpty() ? null : problems.get(0).code();
    }

    /** The message of the first failure, else a note on truncations, else null. */
    @Nullable String errorMessage() {
        for (BenchReading reading : readings) {
            if (!reading.failures().isEmpty()) {
                ScanProblem first = reading.failures().get(0);
                return first.message().isEmpty() ? first.code().wire() : first.message();
            }
        }
        return problems().isEmpty() ? null : "pane field(s) truncated";
    }

    private boolean isHostRead(BenchReading reading) {
        return reading.reachable() && host.isPresent() && host.get().equals(reading.bench());
    }
}
