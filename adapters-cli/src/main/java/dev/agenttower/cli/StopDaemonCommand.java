package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.lifecycle.LockProbe;
import dev.agenttower.cli.surroundings.SocketAddress;
import dev.agenttower.socket.client.DaemonClient;
import dev.agenttower.socket.client.DaemonErrorException;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.Timeouts;
import dev.agenttower.socket.client.TransportException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code agenttower stop-daemon}. */
final class StopDaemonCommand implements Command {
    private static final Timeouts PROBE = new Timeouts(Duration.ofMillis(100), Duration.ofMillis(100));
    private static final Duration SOCKET_BUDGET = Duration.ofSeconds(3);
    private static final Duration LOCK_BUDGET = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 20;

    @Override
    public CommandForm form() {
        return CommandName.STOP_DAEMON.form(
                List.of(OptionForm.JSON), "agenttower stop-daemon", "agenttower stop-daemon --json");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        SocketAddress address = context.socket();
        try (DaemonClient client = new DaemonClient(address.path())) {
            client.call("shutdown", null, Timeouts.SHORT);
            if (!isTrueWithin(SOCKET_BUDGET, () -> isGone(client))) {
                throw new CommandFailure(
                        ExitCode.REFUSED, "error: daemon acknowledged shutdown but socket is still reachable");
            }
        } catch (TransportException e) {
            throw new CommandFailure(ExitCode.UNREACHABLE, "error: no reachable daemon to stop", e);
        } catch (DaemonErrorException e) {
            throw new CommandFailure(ExitCode.REFUSED, AgentTowerCli.errorLines(e.code(), e.getMessage()), e);
        }
        // A daemon that was told to stop holds its lock a little longer than its socket; the next start must not meet
        // it.
        Path lock = address.path().resolveSibling("agenttowerd.lock");
        if (!isTrueWithin(LOCK_BUDGET, () -> !LockProbe.isHeld(lock))) {
            throw new CommandFailure(
                    ExitCode.REFUSED, "error: daemon closed its socket but has not ended: lock " + lock + " is held");
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

    private static boolean isGone(DaemonClient client) {
        if (!Files.exists(client.socket())) {
            return true;
        }
        try {
            client.connect(PROBE).close();
            return false;
        } catch (TransportException e) {
            return true;
        }
    }

    private static boolean isTrueWithin(Duration budget, BooleanSupplier condition) {
        long deadline = System.nanoTime() + budget.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }
}
