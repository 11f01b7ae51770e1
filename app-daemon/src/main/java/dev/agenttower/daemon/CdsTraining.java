package dev.agenttower.daemon;

import dev.agenttower.cli.AgentTowerCli;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * Runs the common commands in one JVM so that it loads their classes, for the class data archive. Uses the home folder of its environment,
 * which must be created for it.
 */
final class CdsTraining {
    private static final List<String> ALONE =
            List.of("--version", "--help", "config paths", "config init", "config init", "status", "status --nonsense");
    private static final List<String> WITH_DAEMON = List.of(
            "status",
            "status --json",
            "status --help",
            "ensure-daemon",
            "config doctor",
            "config doctor --json",
            "scan --containers --panes",
            "list-containers",
            "list-panes --json",
            "list-agents",
            "events",
            "events --json",
            "register-self",
            "set-label --target agt_000000000000 --label rehearsal",
            "dashboard",
            "dashboard --json",
            "whoami",
            "project list",
            "scr list --json",
            "scr show scr_1",
            "request list",
            "ledger tail",
            "statusline --json",
            "stop-daemon");

    private CdsTraining() {}

    /** Runs the commands that need no daemon, or with an argument those that need one. */
    public static void main(String[] args) {
        for (String command : args.length == 0 ? ALONE : WITH_DAEMON) {
            AgentTowerCli.run(
                    command.split(" ", -1),
                    CliContexts.of(System.getenv())
                            .streams(new ByteArrayInputStream(new byte[0]), nowhere(), nowhere())
                            .build());
        }
    }

    private static PrintStream nowhere() {
        return new PrintStream(OutputStream.nullOutputStream(), false);
    }
}
