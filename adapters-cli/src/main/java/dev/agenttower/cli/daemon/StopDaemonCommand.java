package dev.agenttower.cli.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.lifecycle.DaemonStop;
import dev.agenttower.cli.lifecycle.DaemonStop.Outcome;
import dev.agenttower.cli.surroundings.SocketAddress;
import dev.agenttower.client.DaemonClient;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.JsonText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower stop-daemon}. */
@Command(
        name = "stop-daemon",
        description = "stop the daemon",
        footer = {"  agenttower stop-daemon", "  agenttower stop-daemon --json"})
public final class StopDaemonCommand implements Runnable {
    @Mixin
    private Output output;

    @Override
    public void run() {
        SocketAddress address = output.context().socket();
        Outcome outcome;
        try (DaemonClient client = new DaemonClient(address.path())) {
            outcome = new DaemonStop(client).run();
        } catch (DaemonErrorException e) {
            throw CommandFailure.refused(e);
        }
        if (outcome instanceof Outcome.NotRunning) {
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
        report(address);
    }

    private void report(SocketAddress address) {
        CliContext context = output.context();
        String state = context.paths().stateDir().toString();
        if (output.isJson()) {
            ObjectNode report = JsonText.object().put("ok", true).put("stopped", true);
            report.put("socket_path", address.text()).put("state_path", state);
            context.out().print(JsonText.ascii(report) + "\n");
        } else {
            context.out().print("agenttowerd stopped: socket=" + address.text() + " state=" + state + "\n");
        }
    }
}
