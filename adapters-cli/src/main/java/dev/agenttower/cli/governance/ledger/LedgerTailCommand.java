package dev.agenttower.cli.governance.ledger;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.GovernanceRefusedException;
import dev.agenttower.client.GovernanceRefusedException.Kind;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.TransportException;
import dev.agenttower.client.governance.ledger.LedgerEntry;
import dev.agenttower.client.governance.ledger.LedgerSearch;
import dev.agenttower.client.governance.ledger.LedgerSearch.Direction;
import dev.agenttower.client.governance.ledger.LedgerSlice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower ledger tail}. */
@Command(
        name = "tail",
        description = "show the newest events of the ledger, and follow it",
        footer = {"  agenttower ledger tail -n 50", "  agenttower ledger tail --follow"})
final class LedgerTailCommand implements Runnable {
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(25);

    /** The minimum time between two requests. */
    private static final Duration PERIOD = Duration.ofMillis(250);

    private final CliContext context;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            defaultValue = "20",
            description = "how many, 1 to 1000; default: 20")
    private String count;

    @Option(
            names = {"-f", "--follow"},
            description = "continue with new events, until Ctrl-C")
    private boolean isFollowed;

    @Mixin
    private Governance governance;

    LedgerTailCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        LedgerSearch newest = LedgerSearch.newest(LedgerLines.count("--count", count));
        Printer printer = new Printer(governance.output().isJson(), context, new LedgerLines(context));
        governance.ask(client -> {
            LedgerSlice slice = client.events(newest);
            printer.print(slice.events());
            if (isFollowed) {
                new Following(client, context, printer).run(slice.after());
            }
            return slice;
        });
    }

    private record Printer(boolean isJson, CliContext context, LedgerLines lines) {
        void print(List<LedgerEntry> events) {
            for (LedgerEntry event : events) {
                context.out().print(isJson ? JsonText.ascii(event.json()) + "\n" : lines.of(event));
            }
            context.out().flush();
        }
    }

    /** Survives a restart of the daemon; ends when stdout is closed or the thread is interrupted. */
    private record Following(GovernanceClient client, CliContext context, Printer printer) {
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
            LedgerSlice slice = client.awaitEvents(from(after), PATIENCE);
            printer.print(slice.events());
            while (slice.hasMore()) {
                slice = client.events(from(slice.after()));
                printer.print(slice.events());
            }
            return slice.after();
        }

        private static LedgerSearch from(String place) {
            return LedgerSearch.newest(PAGE).from(place, Direction.FORWARD);
        }

        private String end() {
            return client.events(LedgerSearch.newest(1)).after();
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
