package dev.agenttower.core.discovery;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.Inspection;
import dev.agenttower.core.container.RunningContainer;
import dev.agenttower.core.container.ScanProblem;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.settings.ContainerRule;
import dev.agenttower.core.settings.InvalidSettingsException;
import dev.agenttower.core.settings.SettingsSource;
import dev.agenttower.core.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Queries the container engine for running bench containers: lists containers, applies the rule, and inspects the matching ones. */
final class EngineSurvey {
    private final ContainerRuntime runtime;
    private final SettingsSource settings;

    EngineSurvey(ContainerRuntime runtime, SettingsSource settings) {
        this.runtime = requireNonNull(runtime, "runtime");
        this.settings = requireNonNull(settings, "settings");
    }

    /** Queries the engine. It is not queried if the settings are invalid, and inspects nothing if no container matches. */
    EngineReport take() {
        ContainerRule rule;
        try {
            rule = settings.containerRule();
            settings.discovery();
        } catch (InvalidSettingsException invalid) {
            return EngineReport.failed(ErrorCode.CONFIG_INVALID, messageOf(invalid), 0, 0);
        }
        List<RunningContainer> running;
        try {
            running = runtime.listRunning();
        } catch (ContainerEngineException trouble) {
            return EngineReport.failed(trouble.code(), trouble.getMessage(), 0, 0);
        }
        return inspect(running, rule);
    }

    private EngineReport inspect(List<RunningContainer> running, ContainerRule rule) {
        // By id, so that a container with two names is one candidate.
        Map<ContainerId, RunningContainer> candidates = new LinkedHashMap<>();
        Set<ContainerId> all = new HashSet<>();
        for (RunningContainer container : running) {
            all.add(container.id());
            if (rule.matches(container.name())) {
                candidates.putIfAbsent(container.id(), container);
            }
        }
        int matched = candidates.size();
        int ignored = all.size() - matched;
        if (candidates.isEmpty()) {
            return new EngineReport(0, ignored, List.of(), Set.of(), List.of(), null);
        }
        try {
            Inspection inspection = runtime.inspect(List.copyOf(candidates.values()));
            List<ScanProblem> problems = inListingOrder(inspection.failures(), candidates.keySet());
            Set<ContainerId> unreadable = new LinkedHashSet<>(candidates.keySet());
            unreadable.retainAll(problems.stream().map(ScanProblem::container).toList());
            return new EngineReport(matched, ignored, inspection.found(), unreadable, problems, null);
        } catch (ContainerEngineException trouble) {
            return EngineReport.failed(trouble.code(), trouble.getMessage(), matched, ignored);
        }
    }

    /** The first failure of each candidate in the order of the listing, then all other failures in their order. */
    private static List<ScanProblem> inListingOrder(List<ScanProblem> failures, Set<ContainerId> candidates) {
        Map<ContainerId, ScanProblem> first = new LinkedHashMap<>();
        List<ScanProblem> others = new ArrayList<>();
        for (ScanProblem failure : failures) {
            ScanProblem bounded = new ScanProblem(
                    failure.container(), failure.code(), Text.bound(failure.message(), Text.MESSAGE_LIMIT));
            if (candidates.contains(failure.container())) {
                first.putIfAbsent(failure.container(), bounded);
            } else {
                others.add(bounded);
            }
        }
        List<ScanProblem> ordered = new ArrayList<>();
        for (ContainerId candidate : candidates) {
            ScanProblem problem = first.get(candidate);
            if (problem != null) {
                ordered.add(problem);
            }
        }
        ordered.addAll(others);
        return ordered;
    }

    private static String messageOf(InvalidSettingsException invalid) {
        return String.valueOf(invalid.getMessage());
    }
}
