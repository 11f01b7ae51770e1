package dev.agenttower.cli.governance.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.GivenText;
import dev.agenttower.cli.governance.ActorOptions;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.governance.SpecOption;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.policy.ProposedAction;
import dev.agenttower.client.governance.policy.Ruling;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options and output shared by {@code policy check} and {@code policy run}, which send the same request. */
final class ActionRequest {
    private static final String SOVEREIGN = "sovereign_path_violation";
    private static final String DONE = "success";
    private static final String NOT_EXECUTED = "not_executed";

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "PATH",
            description = "the file, relative to the project; none for an action without one")
    private @Nullable String path;

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            required = true,
            description = "edit, patch, create, delete, git_commit, git_push, ...")
    private String action;

    @Mixin
    private SpecOption spec;

    @Mixin
    private ActorOptions actor;

    @Option(names = "--rationale", paramLabel = "TEXT", description = "the reason; recorded in the ledger")
    private @Nullable String rationale;

    @Option(
            names = "--param",
            paramLabel = "KEY=VALUE",
            description = "a parameter of the action, such as branch=main; content=- reads the value from stdin;"
                    + " may be repeated")
    private List<String> params = List.of();

    @Option(names = "--session-id", paramLabel = "ID", description = "the session of the action")
    private @Nullable String session;

    @Mixin
    private Governance governance;

    /** Requests a decision on the action and, unless it is a dry run, its execution. */
    ExitCode send(boolean isDryRun) {
        Ruling ruling = governance.ask(client -> client.decide(new ProposedAction(
                actor.actor(client),
                spec.spec(client),
                action,
                params(),
                rationale == null ? "asked on the command line" : rationale,
                isDryRun,
                session)));
        return ruling instanceof Ruling.Allowed allowed ? allowed(allowed) : denied((Ruling.Denied) ruling);
    }

    private ObjectNode params() {
        ObjectNode object = JsonText.object();
        if (path != null) {
            object.put("file", path);
        }
        boolean isStdinTaken = false;
        for (String param : params) {
            int sign = param.indexOf('=');
            if (sign <= 0) {
                throw new RefusedException(ErrorCode.BAD_REQUEST, "--param takes KEY=VALUE");
            }
            String value = param.substring(sign + 1);
            if (GivenText.isOnStdin(value) && isStdinTaken) {
                throw new RefusedException(ErrorCode.BAD_REQUEST, "only one parameter can be read from stdin");
            }
            isStdinTaken |= GivenText.isOnStdin(value);
            object.put(
                    param.substring(0, sign),
                    GivenText.of(value, governance.output().context()));
        }
        return object;
    }

    private ExitCode allowed(Ruling.Allowed allowed) {
        ObjectNode result = JsonText.object().put("status", "allowed");
        if (allowed.isDryRun()) {
            result.put("dry_run", true);
        } else {
            result.set("result", allowed.result());
        }
        Facts facts = new Facts().add("allowed", true);
        allowed.result()
                .properties()
                .forEach(field -> facts.add(field.getKey(), field.getValue().asText()));
        governance.print(result, () -> facts);
        String status = allowed.result().path("status").asText(DONE);
        boolean isWell = allowed.isDryRun() || status.equals(DONE) || status.equals(NOT_EXECUTED);
        return isWell ? ExitCode.OK : ExitCode.DEGRADED;
    }

    private ExitCode denied(Ruling.Denied denied) {
        ObjectNode result = JsonText.object().put("status", "denied").put("reason", denied.reason());
        Facts facts = new Facts().add("allowed", false).add("reason", denied.reason());
        if (denied.detail() != null) {
            result.put("detail", denied.detail());
            facts.add("detail", denied.detail());
        }
        if (denied.reason().equals(SOVEREIGN)) {
            facts.add("next", "`agenttower scr propose` puts a change of it before a human");
        }
        governance.print(result, () -> facts);
        return ExitCode.REFUSED;
    }
}
