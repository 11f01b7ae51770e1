package dev.agenttower.cli.governance.change;

import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower scr authorize}. */
@Command(
        name = "authorize",
        description = "show the diff of a change, then authorize and apply it",
        footer = {
            "  agenttower scr authorize scr_20260220_150000_001",
            "  agenttower scr authorize scr_20260220_150000_001 --yes --hash 9f2c... --result 41d0..."
        })
final class ScrAuthorizeCommand implements Runnable {
    @Mixin
    private ScrId scr;

    @Option(names = "--yes", description = "do not ask; needs --hash")
    private boolean isScripted;

    @Option(
            names = "--hash",
            paramLabel = "SHA256",
            description = "the hash of the file that you saw, or none, from `scr diff`")
    private @Nullable String hash;

    @Option(
            names = "--result",
            paramLabel = "SHA256",
            description = "the hash of the result that you saw; without it, another proposal of the same id passes")
    private @Nullable String result;

    @Mixin
    private ChangeReview review;

    @Override
    public void run() {
        if (isScripted != (hash != null) || (result != null && !isScripted)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "--yes and --hash go together, and --result with them: without a look at the diff, say what you have seen");
        }
        if (!isScripted && !review.canAsk()) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "nobody can be asked here; add --yes --hash SHA256 --result SHA256, with the hashes that `scr diff` shows");
        }
        review.ask(client -> {
            ChangePreview preview = client.preview(scr.id());
            return hash == null
                    ? review.confirm(client, preview, null)
                    : review.authorizeSeen(client, preview, hash, result);
        });
    }
}
