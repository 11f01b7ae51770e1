package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.governance.ChangePreview;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower scr authorize}. */
final class ScrAuthorizeCommand implements Command {
    private static final String YES = "--yes";
    private static final String HASH = "--hash";
    private static final String RESULT = "--result";

    @Override
    public CommandForm form() {
        return CommandName.SCR_AUTHORIZE
                .form(
                        List.of(
                                OptionForm.flag(YES, "do not ask; needs --hash"),
                                OptionForm.value(
                                        HASH, "SHA256", "the hash of the file that you saw, or none, from `scr diff`"),
                                OptionForm.value(
                                        RESULT,
                                        "SHA256",
                                        "the hash of the result that you saw; without it, another proposal of the same id passes"),
                                GovernanceAccess.PASSPHRASE_STDIN,
                                GovernanceAccess.PROJECT,
                                OptionForm.JSON),
                        "agenttower scr authorize scr_20260220_150000_001",
                        "agenttower scr authorize scr_20260220_150000_001 --yes --hash 9f2c... --result 41d0...")
                .withOperands(ScrForm.ID);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        @Nullable String hash = arguments.value(HASH);
        @Nullable String result = arguments.value(RESULT);
        boolean isScripted = arguments.has(YES);
        if (isScripted != (hash != null) || (result != null && !isScripted)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "--yes and --hash go together, and --result with them: without a look at the diff, say what you have seen");
        }
        if (!isScripted && !ChangeReview.canAsk(arguments, context)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    "nobody can be asked here; add --yes --hash SHA256 --result SHA256, with the hashes that `scr diff` shows");
        }
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            ChangePreview preview = access.client().preview(ScrForm.id(arguments));
            ChangeReview review = new ChangeReview(access, arguments, context);
            return hash == null ? review.ask(preview, null) : review.confirm(preview, hash, result);
        }
    }
}
