package dev.agenttower.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds whether clients run our hook, as far as their files tell. */
final class HookSurvey {
    static final String INSTALLED = "installed";
    static final String ABSENT = "absent";
    static final String BROKEN = "broken";
    /** Installed, and a client runs that has not called. */
    static final String SILENT = "silent";

    private final HookScope scope;

    HookSurvey(HookScope scope) {
        this.scope = scope;
    }

    HookReport of(HookClient client) {
        Path file = client.file(scope);
        try {
            HookTree settings = HookTree.read(file);
            List<HookPlace> ours = settings.ours().stream()
                    .filter(place -> client.events().contains(place.event()))
                    .toList();
            if (ours.isEmpty()) {
                return new HookReport(client.name(), ABSENT, file, null);
            }
            @Nullable String problem = problem(client, settings, ours);
            return new HookReport(client.name(), problem == null ? INSTALLED : BROKEN, file, problem);
        } catch (UnusableSettingsException e) {
            return new HookReport(client.name(), BROKEN, file, e.reasonBeside(file));
        }
    }

    private @Nullable String problem(HookClient client, HookTree settings, List<HookPlace> ours) {
        @Nullable String problem = null;
        for (String event : client.events()) {
            if (problem == null) {
                problem = problem(
                        client,
                        settings,
                        event,
                        ours.stream()
                                .filter(place -> place.event().equals(event))
                                .toList());
            }
        }
        if (problem != null) {
            return problem;
        }
        client.check(settings);
        for (HookPlace place : ours) {
            problem = problem == null ? client.obstacle(scope, settings, place) : problem;
        }
        return problem;
    }

    private static @Nullable String problem(HookClient client, HookTree settings, String event, List<HookPlace> ours) {
        if (ours.isEmpty()) {
            return "hooks." + event + " lacks it; `agenttower hooks install` enters it";
        }
        HookPlace place = ours.get(0);
        JsonNode hook = settings.hook(place);
        Optional<HookCommandLine> command =
                HookCommandLine.parse(hook.path("command").asText());
        boolean isAsEntered = ours.size() == 1
                && settings.isForAllTools(place)
                && command.map(found -> client.hook(event, found.line(client.name(), event)))
                        .filter(hook::equals)
                        .isPresent();
        return isAsEntered
                ? command.map(HookSurvey::missing).orElse(null)
                : place + " is not what `agenttower hooks install` writes";
    }

    private static @Nullable String missing(HookCommandLine command) {
        Path program = command.program();
        if (!Files.isRegularFile(program)) {
            return "its program does not exist: " + program;
        }
        return Files.isExecutable(program) ? null : "its program is not executable: " + program;
    }
}
