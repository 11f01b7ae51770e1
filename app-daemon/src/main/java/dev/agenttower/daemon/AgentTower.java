package dev.agenttower.daemon;

import dev.agenttower.cli.AgentTowerCli;

/** The program {@code agenttower}. */
public final class AgentTower {
    private AgentTower() {}

    /** Runs a command line and ends the JVM with its exit status. */
    public static void main(String[] args) {
        System.exit(AgentTowerCli.run(
                args,
                CliContexts.of(System.getenv())
                        .interruption(CliContexts.interruption(args))
                        .build()));
    }
}
