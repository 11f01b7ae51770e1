package dev.agenttower.cli.hook;

import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Output;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower hooks status}. */
@Command(
        name = "status",
        description = "show whether clients run AgentTower's hook: what their files tell, and the last call",
        footer = {"  agenttower hooks status", "  agenttower hooks status --user --json"})
final class HookStatusCommand implements Callable<Integer> {
    @Mixin
    private HookOptions options;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        HookScope scope = options.scope();
        HookSurvey survey = new HookSurvey(scope);
        LiveClients live = LiveClients.of(scope, new HookSurroundings(output.context()).socket());
        List<HookReport> reports = HookClients.all().stream()
                .map(client -> live.checked(survey.of(client), client))
                .toList();
        HookReport.print(reports, output);
        boolean isBroken = reports.stream()
                .anyMatch(report -> report.state().equals(HookSurvey.BROKEN)
                        || report.state().equals(HookSurvey.SILENT));
        return (isBroken ? ExitCode.REFUSED : ExitCode.OK).status();
    }
}
