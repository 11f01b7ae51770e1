package dev.agenttower.cli.hook;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.core.failure.RefusedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a client will run our hook in a project: by the settings of the project, or by those of the user. */
public final class ClientHooks {
    private final HookClient client;
    private final HookScope project;
    private final HookScope user;

    private ClientHooks(HookClient client, HookScope project, HookScope user) {
        this.client = client;
        this.project = project;
        this.user = user;
    }

    /** The hooks of the client with this name, if it is one; {@code project} is the root of the project, without links. */
    public static Optional<ClientHooks> of(String name, Path project, CliContext context) {
        HookCommandLine command = HookCommandLine.in(context.programFolder());
        Path home = HookOptions.home(context);
        return HookClients.all().stream()
                .filter(client -> client.name().equals(name))
                .findFirst()
                .map(client -> new ClientHooks(
                        client,
                        new HookScope(project, home, true, command),
                        new HookScope(home, home, false, command)));
    }

    /** Why the client does not run the hook, or null if it does. */
    public @Nullable String problem() {
        List<HookReport> reports = List.of(survey(project), survey(user));
        if (reports.stream().anyMatch(report -> report.state().equals(HookSurvey.INSTALLED))) {
            return null;
        }
        return reports.stream()
                .filter(report -> report.problem() != null)
                .findFirst()
                .map(report -> report.file() + ": " + report.problem())
                .orElse("it is in no settings, neither of the project nor of the user");
    }

    private HookReport survey(HookScope scope) {
        return new HookSurvey(scope).of(client);
    }

    /**
     * Enters the hook in the settings of the user, which are no files of the project that only a person may change.
     *
     * @return the file
     * @throws RefusedException if the settings cannot be used as they are
     */
    public Path installForUser() {
        try {
            HookPlan plan = HookPlan.install(client, user);
            plan.carryOut();
            return plan.file(user);
        } catch (UnusableSettingsException e) {
            throw e.refusal();
        }
    }
}
