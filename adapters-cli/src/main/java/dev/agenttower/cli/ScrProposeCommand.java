package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OperandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.governance.ChangeProposal;
import dev.agenttower.socket.client.governance.Proposal;
import dev.agenttower.socket.client.governance.SubmittedChange;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code agenttower scr propose}. */
final class ScrProposeCommand implements Command {
    private static final OperandForm PATH = OperandForm.required("PATH", "the file, relative to the project");
    private static final String OLD = "--old";
    private static final String NEW = "--new";
    private static final String APPEND = "--append";
    private static final String MERGE = "--merge";
    private static final String CONTENT = "--content";
    private static final String DESCRIPTION = "--description";
    private static final String SPEC = "--spec";
    private static final String INTENT = "--intent";

    @Override
    public CommandForm form() {
        return CommandName.SCR_PROPOSE
                .form(
                        List.of(
                                OptionForm.value(OLD, "TEXT", "what is there exactly once; --new takes its place"),
                                OptionForm.value(NEW, "TEXT", "what is to be there instead of --old; - is stdin"),
                                OptionForm.value(APPEND, "TEXT", "what is to stand at the end; - is stdin"),
                                OptionForm.value(MERGE, "JSON", "the object to be merged into it; - is stdin"),
                                OptionForm.value(CONTENT, "TEXT", "what is to be there instead of all; - is stdin"),
                                OptionForm.value(DESCRIPTION, "TEXT", "why, for the human who decides"),
                                OptionForm.value(SPEC, "SPEC_ID", "the spec that it belongs to"),
                                OptionForm.value(INTENT, "INTENT_ID", "the intent that it serves"),
                                GovernanceAccess.ROLE,
                                GovernanceAccess.AGENT,
                                GovernanceAccess.PROJECT,
                                OptionForm.JSON),
                        "agenttower scr propose _cortex/MASTER_PLAN.md --append=- --description 'a host' <more.md",
                        "agenttower scr propose config/specs.json --old '\"draft\"' --new '\"approved\"'")
                .withOperands(PATH);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        Proposal proposal = proposal(arguments, context);
        @Nullable String description = arguments.value(DESCRIPTION);
        SubmittedChange change;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            change = access.client()
                    .submitChange(new ChangeProposal(
                            OwnActor.of(arguments, context, access.client()),
                            arguments.required(PATH.name()),
                            proposal,
                            description == null ? "" : description,
                            arguments.value(SPEC),
                            arguments.value(INTENT)));
        }
        DaemonAccess.printResult(
                context,
                arguments,
                change.json(),
                () -> new Facts()
                        .add("scr_id", change.id())
                        .add("already_pending", change.isAlreadyPending())
                        .add("message", change.message()));
        return ExitCode.OK;
    }

    private static Proposal proposal(Arguments arguments, CliContext context) {
        long kinds =
                Stream.of(OLD, APPEND, MERGE, CONTENT).filter(arguments::has).count();
        if (kinds != 1 || arguments.has(OLD) != arguments.has(NEW)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "say what is proposed: --old with --new, --append, --merge or --content");
        }
        if (arguments.has(OLD)) {
            return new Proposal.Patch(arguments.required(OLD), GivenText.of(arguments.required(NEW), context));
        }
        if (arguments.has(APPEND)) {
            return new Proposal.Append(GivenText.of(arguments.required(APPEND), context));
        }
        return arguments.has(CONTENT)
                ? new Proposal.FullReplace(GivenText.of(arguments.required(CONTENT), context))
                : new Proposal.JsonMerge(object(GivenText.of(arguments.required(MERGE), context)));
    }

    private static JsonNode object(String text) {
        try {
            JsonNode node = JsonText.parseWhole(text);
            if (node.isObject()) {
                return node;
            }
        } catch (MalformedJsonException e) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "--merge takes JSON: " + e.getMessage());
        }
        throw new RefusedException(ErrorCode.BAD_REQUEST, "--merge takes a JSON object");
    }
}
