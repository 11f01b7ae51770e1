package dev.agenttower.cli.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.lifecycle.DaemonStart.Outcome;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.settings.TowerPaths;
import java.nio.file.Files;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower ensure-daemon}: always on the socket of the state directory. */
@Command(
        name = "ensure-daemon",
        description = "start the daemon unless it runs",
        footer = {"  agenttower ensure-daemon", "  agenttower ensure-daemon --json"})
public final class EnsureDaemonCommand implements Runnable {
    @Mixin
    private Output output;

    @Override
    public void run() {
        CliContext context = output.context();
        TowerPaths paths = context.paths();
        // An override that is no socket is reported as a mistake, although this command does not use it.
        context.socket();
        if (!Files.exists(paths.database())) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION, "error: agenttower is not initialized: run `agenttower config init`");
        }
        Outcome.Ready daemon = DaemonEnsurance.run(context);
        if (output.isJson()) {
            ObjectNode report = JsonText.object()
                    .put("ok", true)
                    .put("started", daemon.started())
                    .put("pid", daemon.pid());
            report.put("socket_path", paths.socket().toString())
                    .put("state_path", paths.stateDir().toString());
            context.out().print(JsonText.ascii(report) + "\n");
        } else {
            context.out()
                    .print("agenttowerd ready: pid=" + daemon.pid() + " socket=" + paths.socket() + " state="
                            + paths.stateDir() + "\n");
        }
    }
}
