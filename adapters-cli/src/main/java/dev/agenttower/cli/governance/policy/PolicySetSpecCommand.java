package dev.agenttower.cli.governance.policy;

import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.client.governance.change.Receipt;
import dev.agenttower.client.governance.policy.SpecChange;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agenttower policy set-spec}. */
@Command(
        name = "set-spec",
        description = "change the roles and actions that a spec authorizes",
        footer = "  agenttower policy set-spec SPEC-001 --role Developer --role Architect")
final class PolicySetSpecCommand implements Runnable {
    @Parameters(paramLabel = "SPEC_ID", description = "the spec, such as SPEC-001")
    private String spec;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "a role to authorize; may be repeated; replaces all existing ones")
    private @Nullable List<String> roles;

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "an action to authorize; may be repeated; replaces all existing ones")
    private @Nullable List<String> actions;

    @Mixin
    private PassphraseOption passphrase;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        if (roles == null && actions == null) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "nothing is to be changed; add --role or --action");
        }
        SpecChange change = new SpecChange(roles, actions);
        Receipt receipt = governance.ask(client -> passphrase.call(client, human -> human.changeSpec(spec, change)));
        governance.print(receipt.json(), () -> new Facts().add("spec_id", spec).add("event_id", receipt.eventId()));
    }
}
