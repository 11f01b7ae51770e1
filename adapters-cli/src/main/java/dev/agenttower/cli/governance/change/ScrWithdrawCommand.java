package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.governance.ActorOptions;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.change.DecidedChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower scr withdraw}. */
@Command(
        name = "withdraw",
        description = "withdraw a change request, in the role that filed it",
        footer = "  agenttower scr withdraw scr_20260220_150000_001 --role Backend_Engineer")
final class ScrWithdrawCommand implements Runnable {
    @Mixin
    private ScrId scr;

    @Mixin
    private ActorOptions actor;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        DecidedChange decided = governance.ask(client -> client.withdraw(scr.id(), actor.actor(client)));
        governance.print(decided.json(), () -> ChangeReview.facts(decided));
    }
}
