package dev.agenttower.cli.agent;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower set-label}. */
@Command(
        name = "set-label",
        description = "change the name of an agent",
        footer = "  agenttower set-label --target api-worker --label 'api tests'")
public final class SetLabelCommand implements Runnable {
    @Mixin
    private AgentChange change;

    @Option(
            names = "--label",
            paramLabel = "LABEL",
            required = true,
            description = "a name that no other active agent has, at most 64 characters; empty clears it")
    private String label;

    @Override
    public void run() {
        change.send("set_label", params -> params.put("label", label));
    }
}
