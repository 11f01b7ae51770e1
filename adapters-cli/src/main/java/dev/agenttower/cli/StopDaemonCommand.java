package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.lifecycle.DaemonStop;
import dev.agenttower.cli.lifecycle.DaemonStop.Outcome;
import dev.agenttower.cli.surroundings.SocketAddress;
import dev.agenttower.socket.client.DaemonClient;
import dev.agenttower.socket.client.DaemonErrorException;
import dev.agenttower.socket.client.JsonText;
import java.util.List;

/** {@code agenttower stop-daemon}. */
final class StopDaemonCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.STOP_DAEMON.form(
                List.of(OptionForm.JSON), "agenttower stop-daemon", "agenttower stop-daemon --json");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        SocketAddress address = context.socket();
        Outcome outcome;
        try (DaemonClient client = new DaemonClient(address.path())) {
            outcome = new DaemonStop(client).run();
        } catch (DaemonErrorException e) {
            throw new CommandFailure(ExitCode.REFUSED, AgentTowerCli.errorLines(e.code(), e.getMessage()), e);
        }
        if (outcome instanceof Outcome.Nobody) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "error: no reachable daemon to stop");
        }
        if (outcome instanceof Outcome.SocketStays) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "error: daemon acknowledged shutdown but socket is still reachable");
        }
        if (outcome instanceof Outcome.ProcessStays stays) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "error: daemon was asked to stop but has not ended: pid " + stays.pid());
        }
        report(arguments, context, address);
        return ExitCode.OK;
    }

    private static void report(Arguments arguments, CliContext context, SocketAddress address) {
        String state = context.paths().stateDir().toString();
        if (arguments.json()) {
            ObjectNode report = JsonText.object().put("ok", true).put("stopped", true);
            report.put("socket_path", address.text()).put("state_path", state);
            context.out().print(JsonText.ascii(report) + "\n");
        } else {
            context.out().print("agenttowerd stopped: socket=" + address.text() + " state=" + state + "\n");
        }
    }
}
