package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.client.governance.change.DecidedChange;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower scr reject}. */
@Command(
        name = "reject",
        description = "reject a change request",
        footer = "  agenttower scr reject scr_20260220_150000_001 --reason 'too wide'")
final class ScrRejectCommand implements Runnable {
    @Mixin
    private ScrId scr;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "the reason, for the author of the proposal")
    private String reason;

    @Mixin
    private PassphraseOption passphrase;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        DecidedChange decided =
                governance.ask(client -> passphrase.call(client, human -> human.reject(scr.id(), reason)));
        governance.print(decided.json(), () -> ChangeReview.facts(decided));
    }
}
