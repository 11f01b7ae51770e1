package dev.agenttower.cli.governance.change;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.GivenText;
import dev.agenttower.cli.governance.ActorOptions;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.change.ChangeProposal;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.change.SubmittedChange;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agenttower scr propose}. */
@Command(
        name = "propose",
        description = "propose a change of a sovereign file, for a human to decide",
        footer = {
            "  agenttower scr propose _cortex/MASTER_PLAN.md --append=- --description 'a host' <more.md",
            "  agenttower scr propose config/specs.json --old '\"draft\"' --new '\"approved\"'"
        })
final class ScrProposeCommand implements Runnable {
    @Parameters(paramLabel = "PATH", description = "the file, relative to the project")
    private String path;

    @Option(names = "--old", paramLabel = "TEXT", description = "a text that occurs exactly once; --new replaces it")
    private @Nullable String old;

    @Option(names = "--new", paramLabel = "TEXT", description = "the replacement of --old; - reads it from stdin")
    private @Nullable String replacement;

    @Option(names = "--append", paramLabel = "TEXT", description = "the text to add at the end; - reads it from stdin")
    private @Nullable String appended;

    @Option(names = "--merge", paramLabel = "JSON", description = "the object to merge; - reads it from stdin")
    private @Nullable String merged;

    @Option(
            names = "--content",
            paramLabel = "TEXT",
            description = "the new content of the file; - reads it from stdin")
    private @Nullable String content;

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "the reason, for the human who decides")
    private String description;

    @Option(names = "--spec", paramLabel = "SPEC_ID", description = "the related spec")
    private @Nullable String spec;

    @Option(names = "--intent", paramLabel = "INTENT_ID", description = "the related intent")
    private @Nullable String intent;

    @Mixin
    private ActorOptions actor;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        Proposal proposal = proposal();
        SubmittedChange change = governance.ask(client -> client.submitChange(
                new ChangeProposal(actor.actor(client), path, proposal, description, spec, intent)));
        governance.print(
                change.json(),
                () -> new Facts()
                        .add("scr_id", change.id())
                        .add("already_pending", change.isAlreadyPending())
                        .add("message", change.message()));
    }

    private Proposal proposal() {
        long kinds = Stream.of(old, appended, merged, content)
                .filter(Objects::nonNull)
                .count();
        if (kinds == 1 && (old == null) == (replacement == null)) {
            if (old != null && replacement != null) {
                return new Proposal.Patch(
                        old, GivenText.of(replacement, governance.output().context()));
            }
            if (appended != null) {
                return new Proposal.Append(
                        GivenText.of(appended, governance.output().context()));
            }
            if (content != null) {
                return new Proposal.FullReplace(
                        GivenText.of(content, governance.output().context()));
            }
            if (merged != null) {
                return new Proposal.JsonMerge(
                        object(GivenText.of(merged, governance.output().context())));
            }
        }
        throw new RefusedException(
                ErrorCode.BAD_REQUEST, "say what is proposed: --old with --new, --append, --merge or --content");
    }

    private static JsonNode object(String text) {
        try {
            return JsonObjects.parse("--merge takes", text);
        } catch (UnreadableDocumentException e) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, e.getMessage());
        }
    }
}
