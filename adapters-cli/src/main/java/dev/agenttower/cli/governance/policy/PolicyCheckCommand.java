package dev.agenttower.cli.governance.policy;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower policy check}. */
@Command(
        name = "check",
        description = "check whether a role may perform an action, without performing it",
        footer = {
            "  agenttower policy check src/app.js --action edit --spec SPEC-001 --role Developer",
            "  agenttower policy check --action git_push --param branch=main --spec SPEC-001"
        })
final class PolicyCheckCommand implements Callable<Integer> {
    @Mixin
    private ActionRequest request;

    @Override
    public Integer call() {
        return request.send(true).status();
    }
}
