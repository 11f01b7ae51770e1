package dev.agenttower.contract.scripted;

import dev.agenttower.daemon.DaemonProgram;
import java.util.Map;
import java.util.Optional;

/** The program {@code agenttowerd} with a scripted world. */
public final class ScriptedAgentTowerDaemon {
    private ScriptedAgentTowerDaemon() {}

    /** Runs a command line and ends the JVM with its exit status. */
    public static void main(String[] args) {
        System.exit(run(args, System.getenv()));
    }

    private static int run(String[] args, Map<String, String> environment) {
        Optional<String> flaw = new Seams(environment).flawOfDaemon();
        if (flaw.isPresent() && args.length > 0 && args[0].equals("run")) {
            System.err.println("error: " + flaw.get());
            return 1;
        }
        return DaemonProgram.run(args, environment, ScriptedWorld::new);
    }
}
