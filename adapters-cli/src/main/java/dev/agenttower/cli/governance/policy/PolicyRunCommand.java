package dev.agenttower.cli.governance.policy;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower policy run}. */
@Command(
        name = "run",
        description = "perform an action, if the policy allows it",
        footer = {
            "  agenttower policy run docs/x.md --action create --param content=- --spec SPEC-001 <x.md",
            "  agenttower policy run src/app.js --action patch --param old_string=a --param new_string=b"
        })
final class PolicyRunCommand implements Callable<Integer> {
    @Mixin
    private ActionRequest request;

    @Override
    public Integer call() {
        return request.send(false).status();
    }
}
