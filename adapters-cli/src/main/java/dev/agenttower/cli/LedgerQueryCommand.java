package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.governance.LedgerSearch;
import dev.agenttower.socket.client.governance.LedgerSearch.Direction;
import dev.agenttower.socket.client.governance.LedgerSlice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower ledger query}. */
final class LedgerQueryCommand implements Command {
    private static final String AGENT = "--agent";
    private static final String ROLE = "--role";
    private static final String TYPE = "--type";
    private static final String SPEC = "--spec";
    private static final String LIMIT = "--limit";
    private static final String BEFORE = "--before";
    private static final String AFTER = "--after";
    private static final int MOST = 1000;

    @Override
    public CommandForm form() {
        return CommandName.LEDGER_QUERY.form(
                List.of(
                        OptionForm.value(AGENT, "NAME", "only what this agent did"),
                        OptionForm.value(ROLE, "ROLE", "only what was done in this role"),
                        OptionForm.value(TYPE, "ACTION_TYPE", "only events of this type"),
                        OptionForm.value(SPEC, "SPEC_ID", "only events of this spec"),
                        OptionForm.value(LIMIT, "N", "the newest N that fit, 1 to 1000; default: 100"),
                        OptionForm.value(BEFORE, "CURSOR", "older than this place, which --json gives as before"),
                        OptionForm.value(AFTER, "CURSOR", "newer than this place; start is the beginning"),
                        GovernanceAccess.PROJECT,
                        OptionForm.JSON),
                "agenttower ledger query --role Backend_Engineer --type denied_edit",
                "agenttower ledger query --after start --limit 1000 --json");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        LedgerSlice slice;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            slice = access.client().events(search(arguments));
        }
        if (arguments.json()) {
            DaemonAccess.printResult(context, slice.json());
            return ExitCode.OK;
        }
        LedgerLines lines = new LedgerLines(context);
        slice.events().forEach(event -> context.out().print(lines.of(event)));
        return ExitCode.OK;
    }

    private static LedgerSearch search(Arguments arguments) {
        @Nullable String before = arguments.value(BEFORE);
        @Nullable String after = arguments.value(AFTER);
        if (before != null && after != null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "--before and --after exclude each other");
        }
        return new LedgerSearch(
                after != null ? after : before != null ? before : "end",
                after != null ? Direction.FORWARD : Direction.BACKWARD,
                number(arguments, LIMIT, 100),
                arguments.value(AGENT),
                arguments.value(ROLE),
                arguments.value(TYPE),
                arguments.value(SPEC));
    }

    /** The number that an option gives, 1 to 1,000. */
    static int number(Arguments arguments, String option, int fallback) {
        @Nullable String text = arguments.value(option);
        if (text == null) {
            return fallback;
        }
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, option + " takes a number from 1 to " + MOST);
        }
        return Integer.parseInt(text);
    }
}
