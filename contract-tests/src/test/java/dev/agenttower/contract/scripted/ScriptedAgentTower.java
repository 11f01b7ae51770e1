package dev.agenttower.contract.scripted;

import dev.agenttower.cli.AgentTowerCli;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.daemon.CliContexts;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/** The program {@code agenttower} with a scripted root folder. */
public final class ScriptedAgentTower {
    private ScriptedAgentTower() {}

    /** Runs a command line and ends the JVM with its exit status. */
    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        CliContext.Builder context = CliContexts.of(environment).interruption(CliContexts.interruption(args));
        System.exit(run(args, environment, context, System.err));
    }

    /** Runs a command line; returns its exit status. */
    public static int run(String[] args, Map<String, String> environment, CliContext.Builder context, PrintStream err) {
        Seams seams = new Seams(environment);
        Optional<String> flaw = seams.flawOfCommand();
        if (flaw.isPresent()) {
            err.println("error: " + flaw.get());
            err.flush();
            return 1;
        }
        seams.root().ifPresent(context::root);
        return AgentTowerCli.run(args, context.build());
    }
}
