package dev.agenttower.cli.agent;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower set-capability}. */
@Command(
        name = "set-capability",
        description = "change the capability (program) of an agent",
        footer = "  agenttower set-capability --target agt_0123456789ab --capability codex")
public final class SetCapabilityCommand implements Runnable {
    @Mixin
    private AgentChange change;

    @Option(names = "--capability", paramLabel = "CAPABILITY", required = true, description = AgentOptions.CAPABILITIES)
    private String capability;

    @Override
    public void run() {
        change.send("set_capability", params -> params.put("capability", capability));
    }
}
