package dev.agenttower.cli;

import dev.agenttower.socket.client.governance.DecidedChange;
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
    private ProjectOption project;

    @Mixin
    private Output output;

    @Override
    public void run() {
        DecidedChange decided = project.ask(client -> client.withdraw(scr.id(), actor.actor(client)));
        output.print(decided.json(), () -> ChangeReview.facts(decided));
    }
}
