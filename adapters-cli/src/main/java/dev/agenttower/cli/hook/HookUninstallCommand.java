package dev.agenttower.cli.hook;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower hooks uninstall}. */
@Command(
        name = "uninstall",
        description = "remove AgentTower's hook from the settings of clients; all else in them stays",
        footer = {"  agenttower hooks uninstall", "  agenttower hooks uninstall gemini --user"})
final class HookUninstallCommand implements Runnable {
    @Mixin
    private HookChange change;

    @Override
    public void run() {
        change.run(HookPlan::uninstall, "removed", HookSurvey.ABSENT);
    }
}
