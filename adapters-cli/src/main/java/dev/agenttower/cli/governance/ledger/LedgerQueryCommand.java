package dev.agenttower.cli.governance.ledger;

import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.ledger.LedgerSearch;
import dev.agenttower.client.governance.ledger.LedgerSearch.Direction;
import dev.agenttower.client.governance.ledger.LedgerSlice;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower ledger query}. */
@Command(
        name = "query",
        description = "search the ledger",
        footer = {
            "  agenttower ledger query --role Backend_Engineer --type denied_edit",
            "  agenttower ledger query --after start --limit 1000 --json"
        })
final class LedgerQueryCommand implements Runnable {
    @Option(names = "--agent", paramLabel = "NAME", description = "only events of this agent")
    private @Nullable String agent;

    @Option(names = "--role", paramLabel = "ROLE", description = "only events of this role")
    private @Nullable String role;

    @Option(names = "--type", paramLabel = "ACTION_TYPE", description = "only events of this type")
    private @Nullable String type;

    @Option(names = "--spec", paramLabel = "SPEC_ID", description = "only events of this spec")
    private @Nullable String spec;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "the newest N that match, 1 to 1000; default: 100")
    private String limit;

    @Option(
            names = "--before",
            paramLabel = "CURSOR",
            description = "older than this cursor, which --json returns as before")
    private @Nullable String before;

    @Option(names = "--after", paramLabel = "CURSOR", description = "newer than this cursor; start is the beginning")
    private @Nullable String after;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        LedgerSearch search = search();
        LedgerSlice slice = governance.ask(client -> client.events(search));
        governance.print(slice.json(), () -> new LedgerLines(governance.output().context()).of(slice.events()));
    }

    private LedgerSearch search() {
        if (before != null && after != null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "--before and --after exclude each other");
        }
        return new LedgerSearch(
                after != null ? after : before != null ? before : "end",
                after != null ? Direction.FORWARD : Direction.BACKWARD,
                LedgerLines.count("--limit", limit),
                agent,
                role,
                type,
                spec);
    }
}
