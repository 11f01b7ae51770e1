package dev.agenttower.daemon;

import dev.agenttower.daemon.world.RealWorld;

/** The program {@code agenttowerd}. */
public final class AgentTowerDaemon {
    private AgentTowerDaemon() {}

    /** Runs a command line and ends the JVM with its exit status. */
    public static void main(String[] args) {
        System.exit(DaemonProgram.run(args, System.getenv(), RealWorld::new));
    }
}
