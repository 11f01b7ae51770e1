package dev.agenttower.contract.scripted;

import dev.agenttower.cli.AgentTowerCli;
import dev.agenttower.daemon.CliContexts;
import java.util.Map;
import java.util.Optional;

/** The program {@code agenttower} with a scripted root folder. */
public final class ScriptedAgentTower {
    private ScriptedAgentTower() {}

    /** Runs a command line and ends the JVM with its exit status. */
    public static void main(String[] args) {
        System.exit(run(args, System.getenv()));
    }

    private static int run(String[] args, Map<String, String> environment) {
        Seams seams = new Seams(environment);
        Optional<String> flaw = seams.flawOfCommand();
        if (flaw.isPresent()) {
            System.err.println("error: " + flaw.get());
            return 1;
        }
        var context = CliContexts.of(environment);
        seams.root().ifPresent(context::root);
        return AgentTowerCli.run(args, context.build());
    }
}
