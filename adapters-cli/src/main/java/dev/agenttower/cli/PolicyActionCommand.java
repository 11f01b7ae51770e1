package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OperandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.governance.ActionWish;
import dev.agenttower.socket.client.governance.Ruling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower policy check} and {@code agenttower policy run}: the same question, and what follows from it. */
final class PolicyActionCommand implements Command {
    private static final OperandForm PATH =
            OperandForm.optional("PATH", "the file, relative to the project; none for an action without one");
    private static final String ACTION = "--action";
    private static final String RATIONALE = "--rationale";
    private static final String PARAM = "--param";
    private static final String SESSION = "--session-id";
    private static final String SOVEREIGN = "sovereign_path_violation";
    private static final String DONE = "success";
    private static final String NOT_EXECUTED = "not_executed";

    private final boolean isDryRun;

    PolicyActionCommand(boolean isDryRun) {
        this.isDryRun = isDryRun;
    }

    @Override
    public CommandForm form() {
        List<OptionForm> options = new ArrayList<>(List.of(
                OptionForm.required(ACTION, "ACTION", "edit, patch, create, delete, git_commit, git_push, ..."),
                SpecOption.FORM,
                GovernanceAccess.ROLE,
                GovernanceAccess.AGENT,
                OptionForm.value(RATIONALE, "TEXT", "why; stands on the ledger"),
                OptionForm.repeatable(
                        PARAM,
                        "KEY=VALUE",
                        isDryRun
                                ? "a parameter of the action, such as branch=main; may be repeated"
                                : "a parameter of the action, such as content=-, where - is stdin; may be repeated"),
                OptionForm.value(SESSION, "ID", "the session that it belongs to"),
                GovernanceAccess.PROJECT,
                OptionForm.JSON));
        CommandForm form = isDryRun
                ? CommandName.POLICY_CHECK.form(
                        options,
                        "agenttower policy check src/app.js --action edit --spec SPEC-001 --role Developer",
                        "agenttower policy check --action git_push --param branch=main --spec SPEC-001")
                : CommandName.POLICY_RUN.form(
                        options,
                        "agenttower policy run docs/x.md --action create --param content=- --spec SPEC-001 <x.md",
                        "agenttower policy run src/app.js --action patch --param old_string=a --param new_string=b");
        return form.withOperands(PATH);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        Ruling ruling;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            @Nullable String rationale = arguments.value(RATIONALE);
            ruling = access.client()
                    .decide(new ActionWish(
                            OwnActor.of(arguments, context, access.client()),
                            SpecOption.of(arguments, context, access.client()),
                            arguments.required(ACTION),
                            params(arguments, context),
                            rationale == null ? "asked on the command line" : rationale,
                            isDryRun,
                            arguments.value(SESSION)));
        }
        return ruling instanceof Ruling.Allowed allowed
                ? allowed(allowed, arguments, context)
                : denied((Ruling.Denied) ruling, arguments, context);
    }

    private static ObjectNode params(Arguments arguments, CliContext context) {
        ObjectNode params = JsonText.object();
        @Nullable String path = arguments.value(PATH.name());
        if (path != null) {
            params.put("file", path);
        }
        boolean isStdinTaken = false;
        for (String param : arguments.values(PARAM)) {
            int sign = param.indexOf('=');
            if (sign <= 0) {
                throw new RefusedException(ErrorCode.BAD_REQUEST, PARAM + " takes KEY=VALUE");
            }
            String value = param.substring(sign + 1);
            if (GivenText.isOnStdin(value) && isStdinTaken) {
                throw new RefusedException(ErrorCode.BAD_REQUEST, "only one parameter can be read from stdin");
            }
            isStdinTaken |= GivenText.isOnStdin(value);
            params.put(param.substring(0, sign), GivenText.of(value, context));
        }
        return params;
    }

    private static ExitCode allowed(Ruling.Allowed allowed, Arguments arguments, CliContext context) {
        String status = allowed.result().path("status").asText(DONE);
        boolean isWell = allowed.isDryRun() || status.equals(DONE) || status.equals(NOT_EXECUTED);
        if (arguments.json()) {
            ObjectNode result = JsonText.object().put("status", "allowed");
            if (allowed.isDryRun()) {
                result.put("dry_run", true);
            } else {
                result.set("result", allowed.result());
            }
            DaemonAccess.printResult(context, result);
        } else {
            Facts facts = new Facts().add("allowed", true);
            allowed.result()
                    .properties()
                    .forEach(field -> facts.add(field.getKey(), field.getValue().asText()));
            context.out().print(facts);
        }
        return isWell ? ExitCode.OK : ExitCode.DEGRADED;
    }

    private static ExitCode denied(Ruling.Denied denied, Arguments arguments, CliContext context) {
        if (arguments.json()) {
            ObjectNode result = JsonText.object().put("status", "denied").put("reason", denied.reason());
            if (denied.detail() != null) {
                result.put("detail", denied.detail());
            }
            DaemonAccess.printResult(context, result);
        } else {
            Facts facts = new Facts().add("allowed", false).add("reason", denied.reason());
            if (denied.detail() != null) {
                facts.add("detail", denied.detail());
            }
            if (denied.reason().equals(SOVEREIGN)) {
                facts.add("next", "`agenttower scr propose` puts a change of it before a human");
            }
            context.out().print(facts);
        }
        return ExitCode.REFUSED;
    }
}
