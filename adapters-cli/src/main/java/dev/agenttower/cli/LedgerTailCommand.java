package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.GovernanceRefusedException;
import dev.agenttower.socket.client.GovernanceRefusedException.Kind;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.TransportException;
import dev.agenttower.socket.client.governance.LedgerEntry;
import dev.agenttower.socket.client.governance.LedgerSearch;
import dev.agenttower.socket.client.governance.LedgerSearch.Direction;
import dev.agenttower.socket.client.governance.LedgerSlice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code agenttower ledger tail}. */
final class LedgerTailCommand implements Command {
    private static final String COUNT = "--count";
    private static final String FOLLOW = "--follow";
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    /** The shortest time between two questions. */
    private static final Duration PERIOD = Duration.ofMillis(250);

    @Override
    public CommandForm form() {
        return CommandName.LEDGER_TAIL.form(
                List.of(
                        OptionForm.value(COUNT, "N", "how many, 1 to 1000; default: 20")
                                .withShortName("-n"),
                        OptionForm.flag(FOLLOW, "go on with what is written from now on, until Ctrl-C")
                                .withShortName("-f"),
                        GovernanceAccess.PROJECT,
                        OptionForm.flag(OptionForm.JSON.name(), "print each event as one line of JSON")),
                "agenttower ledger tail -n 50",
                "agenttower ledger tail --follow");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        LedgerSearch newest = LedgerSearch.newest(LedgerQueryCommand.number(arguments, COUNT, 20));
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            Output output = new Output(arguments.json(), context, new LedgerLines(context));
            LedgerSlice slice = access.client().events(newest);
            output.print(slice.events());
            if (arguments.has(FOLLOW)) {
                new Following(access, context, output).run(slice.after());
            }
        }
        return ExitCode.OK;
    }

    private record Output(boolean json, CliContext context, LedgerLines lines) {
        void print(List<LedgerEntry> events) {
            for (LedgerEntry event : events) {
                context.out().print(json ? JsonText.ascii(event.json()) + "\n" : lines.of(event));
            }
            context.out().flush();
        }
    }

    /** Outlives a restart of the daemon, and ends when nobody reads any more or the thread is interrupted. */
    private record Following(GovernanceAccess access, CliContext context, Output output) {
        void run(String start) {
            @Nullable String after = start;
            boolean isReached = true;
            long begin = System.nanoTime();
            while (!context.out().checkError() && isPatient(begin)) {
                begin = System.nanoTime();
                try {
                    after = after == null ? end() : advance(after);
                    isReached = true;
                } catch (TransportException e) {
                    if (isReached) {
                        say("the daemon does not answer; waiting for it");
                    }
                    isReached = false;
                } catch (GovernanceRefusedException e) {
                    if (e.kind() != Kind.CONFLICT) {
                        throw e;
                    }
                    say("the ledger is another one now; going on at its end");
                    after = null;
                }
            }
        }

        private String advance(String after) {
            LedgerSlice slice = access.client().awaitEvents(from(after), PATIENCE);
            output.print(slice.events());
            while (slice.hasMore()) {
                slice = access.client().events(from(slice.after()));
                output.print(slice.events());
            }
            return slice.after();
        }

        private static LedgerSearch from(String place) {
            return LedgerSearch.newest(PAGE).from(place, Direction.FORWARD);
        }

        private String end() {
            return access.client().events(LedgerSearch.newest(1)).after();
        }

        private void say(String what) {
            context.err().print("agenttower: " + what + "\n");
            context.err().flush();
        }

        private static boolean isPatient(long begin) {
            try {
                TimeUnit.NANOSECONDS.sleep(Math.max(1, PERIOD.toNanos() - (System.nanoTime() - begin)));
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
