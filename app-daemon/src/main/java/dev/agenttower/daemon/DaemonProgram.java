package dev.agenttower.daemon;

import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.daemon.lifecycle.Failures;
import dev.agenttower.daemon.lifecycle.StartFailure;
import dev.agenttower.daemon.world.OutsideWorld;
import java.util.Map;
import java.util.function.Function;

/** The command line of the daemon's program. */
public final class DaemonProgram {
    private static final int USAGE = 2;
    private static final String HELP = """
            usage: agenttowerd [-h] [--version] run

            The daemon of AgentTower: one for each user, reached through a Unix socket only. `agenttower ensure-daemon` starts it in the
            background; `agenttowerd run` keeps it in the foreground, to be stopped with Ctrl-C.

            commands:
              run            run in the foreground until stopped

            options:
              -h, --help     show this help and exit
              --version      show the version and exit

            exit status: 0 stopped, 1 cannot start, 2 another daemon runs already

            example: agenttowerd run
            """;

    private DaemonProgram() {}

    /**
     * Runs a command line; never ends the JVM.
     *
     * @param world creates the outside world for a daemon's environment
     * @return the exit status
     */
    public static int run(
            String[] args, Map<String, String> environment, Function<Map<String, String>, OutsideWorld> world) {
        String command = args.length == 0 ? "--help" : String.join(" ", args);
        switch (command) {
            case "--version" -> System.out.println("agenttowerd " + Version.current());
            case "-h", "--help" -> System.out.print(HELP);
            case "run" -> {
                return serve(environment, world);
            }
            default -> {
                System.err.print("usage: agenttowerd [-h] [--version] run\nagenttowerd: error: unrecognized arguments: "
                        + command.replace('\n', ' ') + "\n");
                return USAGE;
            }
        }
        return 0;
    }

    private static int serve(Map<String, String> environment, Function<Map<String, String>, OutsideWorld> openWorld) {
        NativeLibraries.useThoseOfDistribution();
        TowerPaths paths;
        try {
            paths = TowerPaths.of(environment);
        } catch (IllegalArgumentException e) {
            System.err.println("error: " + e.getMessage());
            return StartFailure.FAILED;
        }
        try (OutsideWorld world = openWorld.apply(environment)) {
            return new Daemon(paths, environment, world, System.err).run();
        } catch (LinkageError e) {
            System.err.println("error: a native library cannot be used on this machine: " + Failures.reason(e));
            return StartFailure.FAILED;
        }
    }
}
