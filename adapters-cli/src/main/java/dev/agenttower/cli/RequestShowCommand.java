package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OperandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.governance.RoleRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower request show}. */
final class RequestShowCommand implements Command {
    private static final OperandForm ID = OperandForm.required("REQ_ID", "the request, such as REQ-028");

    @Override
    public CommandForm form() {
        return CommandName.REQUEST_SHOW
                .form(List.of(GovernanceAccess.PROJECT, OptionForm.JSON), "agenttower request show REQ-028")
                .withOperands(ID);
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        RoleRequest request;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            request = access.client().request(arguments.required(ID.name()));
        }
        if (arguments.json()) {
            DaemonAccess.printResult(context, request.json());
            return ExitCode.OK;
        }
        Facts facts = new Facts()
                .add("id", request.id())
                .add("title", request.title())
                .add("status", request.status())
                .add("from", request.author())
                .add("to", request.toRole())
                .add("date", request.date())
                .add("type", request.type())
                .add("priority", request.priority());
        request.relatedSpecs().forEach(spec -> facts.add("related_spec", spec));
        @Nullable String description = request.description();
        String shown = description == null ? request.summary() : description;
        if (!shown.isEmpty()) {
            facts.block("Description", shown, GovernanceAccess.style(context));
        }
        context.out().print(facts);
        return ExitCode.OK;
    }
}
