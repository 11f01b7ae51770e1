package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.lifecycle.DaemonStart.Outcome;
import dev.agenttower.core.settings.TowerPaths;
import dev.agenttower.socket.client.JsonText;
import java.nio.file.Files;
import java.util.List;

/** {@code agenttower ensure-daemon}: always on the socket of the state directory. */
final class EnsureDaemonCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.ENSURE_DAEMON.form(
                List.of(OptionForm.JSON), "agenttower ensure-daemon", "agenttower ensure-daemon --json");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        TowerPaths paths = context.paths();
        // An override that is no socket is a mistake that should not pass unseen, although this command does not use
        // it.
        context.socket();
        if (!Files.exists(paths.database())) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION, "error: agenttower is not initialized: run `agenttower config init`");
        }
        Outcome.Ready daemon = DaemonEnsurance.run(context);
        if (arguments.json()) {
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
        return ExitCode.OK;
    }
}
