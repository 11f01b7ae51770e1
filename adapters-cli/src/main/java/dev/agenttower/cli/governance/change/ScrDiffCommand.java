package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.change.ChangePreview;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower scr diff}. */
@Command(
        name = "diff",
        description = "show the diff that a change request makes to its file now",
        footer = "  agenttower scr diff scr_20260220_150000_001")
final class ScrDiffCommand implements Callable<Integer> {
    @Mixin
    private ScrId scr;

    @Mixin
    private Governance governance;

    @Override
    public Integer call() {
        ChangePreview preview = governance.ask(client -> client.preview(scr.id()));
        governance.print(
                preview.json(),
                () -> ChangeText.of(preview, governance.output().context().style()));
        return (preview.wouldApply() ? ExitCode.OK : ExitCode.DEGRADED).status();
    }
}
