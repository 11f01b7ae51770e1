package dev.agenttower.cli.route;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The commands {@code agenttower route ...}. */
@Command(
        name = "route",
        customSynopsis = "agenttower route [-h] subcommand ...",
        description = "routes: which events become prompts, and for whom",
        footer = {
            "  agenttower route add --event-type completed --target-rule explicit --target reviewer \\",
            "      --template '{source_label} is done: {event_excerpt}. Please review.'",
            "  agenttower route list"
        },
        subcommands = {
            RouteAddCommand.class,
            RouteListCommand.class,
            RouteShowCommand.class,
            RouteRemoveCommand.class,
            RouteEnableCommand.class,
            RouteDisableCommand.class
        })
public final class RouteCommands implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "the following arguments are required: subcommand");
    }
}
