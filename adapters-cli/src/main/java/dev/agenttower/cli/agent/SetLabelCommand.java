package dev.agenttower.cli.agent;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower set-label}. */
@Command(
        name = "set-label",
        description = "change the name under which an agent is shown",
        footer = "  agenttower set-label --target agt_0123456789ab --label 'api tests'")
public final class SetLabelCommand implements Runnable {
    @Mixin
    private AgentChange change;

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            required = true,
            description = "at most 64 characters; empty clears it")
    private String label;

    @Override
    public void run() {
        change.send("set_label", params -> params.put("label", label));
    }
}
