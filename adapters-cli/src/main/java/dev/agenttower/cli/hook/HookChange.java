package dev.agenttower.cli.hook;

import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.terminal.TerminalText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Common to the commands that change settings: the clients, and that no file is changed unless all can be. */
final class HookChange {
    @Parameters(arity = "0..*", paramLabel = "CLIENT", description = "claude, gemini or codex; default: all of them")
    private List<String> names = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private HookOptions options;

    @Mixin
    private Output output;

    /**
     * Plans the changes of all clients, carries them out, and reports them.
     *
     * @param done the state of a client of which a file was changed
     * @param unchanged the state of another
     */
    void run(BiFunction<HookClient, HookScope, HookPlan> plan, String done, String unchanged) {
        List<HookClient> clients = clients();
        HookScope scope = options.scope();
        List<HookPlan> plans = new ArrayList<>();
        List<HookReport> reports = new ArrayList<>();
        try {
            clients.forEach(client -> plans.add(plan.apply(client, scope)));
            plans.forEach(HookPlan::carryOut);
        } catch (UnusableSettingsException e) {
            throw e.refusal();
        }
        for (HookPlan each : plans) {
            @Nullable String problem = new HookSurvey(scope).of(each.client()).problem();
            reports.add(
                    new HookReport(each.client().name(), each.isDone() ? unchanged : done, each.file(scope), problem));
        }
        report(plans, reports);
    }

    private List<HookClient> clients() {
        List<String> known = HookClients.all().stream().map(HookClient::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "argument CLIENT: invalid choice: '" + name + "' (choose from " + String.join(", ", known)
                                + ")");
            }
        }
        return HookClients.all().stream()
                .filter(client -> names.isEmpty() || names.contains(client.name()))
                .toList();
    }

    /** Problems are notes here, because the command itself succeeded. */
    private void report(List<HookPlan> plans, List<HookReport> reports) {
        if (output.isJson()) {
            HookReport.print(reports, output);
        } else {
            HookReport.print(reports.stream().map(HookReport::withoutProblem).toList(), output);
        }
        for (int i = 0; i < plans.size(); i++) {
            note(reports.get(i), reports.get(i).problem());
            note(reports.get(i), plans.get(i).note());
        }
    }

    private void note(HookReport report, @Nullable String note) {
        if (note != null) {
            output.context().err().print("note: " + report.client() + ": " + TerminalText.safe(note) + "\n");
        }
    }
}
