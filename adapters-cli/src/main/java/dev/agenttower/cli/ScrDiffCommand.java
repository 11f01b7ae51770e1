package dev.agenttower.cli;

import dev.agenttower.socket.client.governance.ChangePreview;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower scr diff}. */
@Command(
        name = "diff",
        description = "show what a change request would do to its file now",
        footer = "  agenttower scr diff scr_20260220_150000_001")
final class ScrDiffCommand implements Callable<Integer> {
    private final CliContext context;

    @Mixin
    private ScrId scr;

    @Mixin
    private ProjectOption project;

    @Mixin
    private Output output;

    ScrDiffCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        ChangePreview preview = project.ask(client -> client.preview(scr.id()));
        output.print(preview.json(), () -> ChangeReview.text(preview, context.style()));
        return (preview.wouldApply() ? ExitCode.OK : ExitCode.DEGRADED).status();
    }
}
