package dev.agenttower.cli.hook;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower hooks install}. */
@Command(
        name = "install",
        description = "enter AgentTower's hook in the settings of clients; all else in them stays",
        footer = {
            "  agenttower hooks install",
            "  agenttower hooks install claude codex --project ~/shop",
            "  agenttower hooks install --user"
        })
final class HookInstallCommand implements Runnable {
    @Mixin
    private HookChange change;

    @Override
    public void run() {
        change.run(HookPlan::install, HookSurvey.INSTALLED, "unchanged");
    }
}
