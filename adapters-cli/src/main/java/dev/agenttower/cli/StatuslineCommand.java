package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.surroundings.InvalidSocketException;
import dev.agenttower.socket.client.DaemonException;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.governance.PendingAuthorizations;
import java.util.List;
import java.util.Locale;

/**
 * {@code agenttower statusline}. The launcher answers it itself where it can; this is what it does where it cannot.
 *
 * <p>In a status line there is no room for a failure: what cannot be known is not shown.
 */
final class StatuslineCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.STATUSLINE.form(
                List.of(
                        OptionForm.value("--project", "NAME", "only of this project; default: of all projects"),
                        OptionForm.JSON),
                "agenttower statusline",
                "tmux set -ag status-right ' #(agenttower statusline)'");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            PendingAuthorizations pending = access.client().pending();
            if (arguments.json()) {
                DaemonAccess.printResult(context, pending.json());
            } else if (pending.count() > 0) {
                context.out().print(String.format(Locale.ROOT, "Pending authorizations: %d%n", pending.count()));
            }
        } catch (DaemonException | CommandFailure | InvalidSocketException e) {
            if (arguments.json()) {
                DaemonAccess.printResult(context, JsonText.object().putNull("pending"));
            }
        }
        return ExitCode.OK;
    }
}
