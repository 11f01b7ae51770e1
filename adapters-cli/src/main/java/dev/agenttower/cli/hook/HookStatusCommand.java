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
        description = "show whether clients run AgentTower's hook, as far as their files tell",
        footer = {"  agenttower hooks status", "  agenttower hooks status --user --json"})
final class HookStatusCommand implements Callable<Integer> {
    @Mixin
    private HookOptions options;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        HookSurvey survey = new HookSurvey(options.scope());
        List<HookReport> reports = HookClients.all().stream().map(survey::of).toList();
        HookReport.print(reports, output);
        boolean isBroken = reports.stream().anyMatch(report -> report.state().equals(HookSurvey.BROKEN));
        return (isBroken ? ExitCode.REFUSED : ExitCode.OK).status();
    }
}
