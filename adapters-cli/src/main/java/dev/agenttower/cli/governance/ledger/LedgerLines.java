package dev.agenttower.cli.governance.ledger;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Ledger events, one line each: with a TAB between fields for scripts, shorter and in colours for a person. */
public final class LedgerLines {
    private static final int MOST = 1000;

    private final boolean isTerminal;
    private final Style style;
    private final int columns;

    public LedgerLines(CliContext context) {
        isTerminal = context.terminals().output();
        style = context.style();
        columns = isTerminal ? ScreenSize.current(context.environment()).columns() : 0;
    }

    /** The number of events that an option requests, 1 to 1,000. */
    static int count(String option, String given) {
        if (!given.matches("[0-9]{1,4}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > MOST) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, option + " takes a number from 1 to " + MOST);
        }
        return Integer.parseInt(given);
    }

    /** The lines of several events. */
    public String of(List<LedgerEntry> events) {
        return events.stream().map(this::of).collect(Collectors.joining());
    }

    /** The line of an event, with its line feed. */
    public String of(LedgerEntry event) {
        return (isTerminal ? shown(event) : tabbed(event)) + "\n";
    }

    private static String tabbed(LedgerEntry event) {
        @Nullable String spec = event.specRef();
        return String.join(
                "\t",
                TerminalText.safe(event.at()),
                TerminalText.safe(event.id()),
                TerminalText.safe(event.agent()),
                TerminalText.safe(event.role()),
                TerminalText.safe(event.actionType()),
                spec == null ? "-" : TerminalText.safe(spec),
                event.isAuthorized() ? "1" : "0",
                TerminalText.safe(mark(event) + event.description()));
    }

    /** A mark before events of foreign writers, whose stated author is not reliable. */
    private static String mark(LedgerEntry event) {
        return event.isExternal() ? "[external] " : "";
    }

    private String shown(LedgerEntry event) {
        String time = TerminalText.safe(event.at());
        String actor = TerminalText.safe(event.agent() + "/" + event.role());
        String type = TerminalText.safe(event.actionType());
        String description = TerminalText.safe(mark(event) + event.description());
        int taken = TerminalText.width(time) + TerminalText.width(actor) + TerminalText.width(type) + 6;
        return style.dim(time) + "  " + actor + "  "
                + (event.isAuthorized() && !event.isExternal() ? style.good(type) : style.bad(type)) + "  "
                + (columns - taken >= 20 ? TerminalText.fit(description, columns - taken) : description);
    }
}
