package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.command.AllowedValues;
import dev.agenttower.cli.command.Listing;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.change.ChangeFilter;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.core.governance.change.proposal.ChangeStatus;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower scr list}. */
@Command(
        name = "list",
        description = "list the change requests",
        footer = {"  agenttower scr list", "  agenttower scr list --all --project shop"})
final class ScrListCommand implements Runnable {
    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "pending (default), authorized, rejected, withdrawn or external")
    private @Nullable String status;

    @Option(names = "--all", description = "of any status")
    private boolean isOfAnyStatus;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        Stream<String> decided = Arrays.stream(ChangeStatus.values()).map(ChangeStatus::wire);
        new AllowedValues("--status", Stream.concat(decided, Stream.of("external"))).require(status);
        List<SovereignChange> changes = governance.ask(
                client -> governance.output().isJson() ? client.changes(filter()) : client.changeSummaries(filter()));
        Listing listing = new Listing("SCR_ID", "STATUS", "TARGET", "TYPE", "ROLE", "AGENT", "SUBMITTED", "DESCRIPTION")
                .forScriptsOnly("TYPE", "AGENT", "SUBMITTED");
        for (SovereignChange change : changes) {
            listing.add(
                    change.id(),
                    change.status(),
                    change.targetPath(),
                    change.changeType(),
                    change.role(),
                    change.agent(),
                    change.submittedAt(),
                    change.description());
        }
        governance.output().printRows("requests", changes.stream().map(SovereignChange::json), listing);
    }

    private ChangeFilter filter() {
        if (status != null) {
            return new ChangeFilter(status, null, null, null);
        }
        return isOfAnyStatus ? ChangeFilter.ALL : ChangeFilter.PENDING;
    }
}
