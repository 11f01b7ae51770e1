package dev.agenttower.cli.governance.policy;

import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.PassphraseOption;
import dev.agenttower.client.governance.change.Receipt;
import dev.agenttower.client.governance.policy.RoleChange;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agenttower policy set-role}. */
@Command(
        name = "set-role",
        description = "change the jurisdiction of a role",
        footer = {
            "  agenttower policy set-role Developer --path src/ --path test/",
            "  agenttower policy set-role Developer --lock"
        })
final class PolicySetRoleCommand implements Runnable {
    @Parameters(paramLabel = "ROLE", description = "the role, as `policy roles` writes it")
    private String role;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "a path of its jurisdiction; may be repeated; replaces all existing ones")
    private @Nullable List<String> paths;

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "an action to list for it; may be repeated; replaces all existing ones")
    private @Nullable List<String> actions;

    @Option(names = "--lock", description = "lock it against further changes")
    private boolean isLocked;

    @Option(names = "--unlock", description = "unlock it first")
    private boolean isUnlocked;

    @Mixin
    private PassphraseOption passphrase;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        if (paths == null && actions == null && !isLocked && !isUnlocked) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST, "nothing is to be changed; add --path, --action, --lock or --unlock");
        }
        RoleChange change = new RoleChange(paths, actions, isLocked ? Boolean.TRUE : null, isUnlocked);
        Receipt receipt = governance.ask(client -> passphrase.call(client, human -> human.changeRole(role, change)));
        governance.print(receipt.json(), () -> new Facts().add("role", role).add("event_id", receipt.eventId()));
    }
}
