package dev.agenttower.cli;

import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.socket.client.governance.FiledRequest;
import dev.agenttower.socket.client.governance.RequestDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code agenttower request file}. */
final class RequestFileCommand implements Command {
    private static final String TO = "--to";
    private static final String TITLE = "--title";
    private static final String DESCRIPTION = "--description";
    private static final String PRIORITY = "--priority";
    private static final String TYPE = "--type";
    private static final String SPEC = "--spec";

    @Override
    public CommandForm form() {
        return CommandName.REQUEST_FILE.form(
                List.of(
                        OptionForm.required(TO, "ROLE", "the role that is asked"),
                        OptionForm.required(TITLE, "TEXT", "what is asked, in one line"),
                        OptionForm.value(DESCRIPTION, "TEXT", "the same at length; - reads it from stdin"),
                        OptionForm.value(PRIORITY, "PRIORITY", "default: MEDIUM"),
                        OptionForm.value(TYPE, "TYPE", "default: SPEC_REQUEST"),
                        OptionForm.repeatable(SPEC, "SPEC_ID", "a spec that it is about; may be repeated"),
                        GovernanceAccess.ROLE,
                        GovernanceAccess.AGENT,
                        GovernanceAccess.PROJECT,
                        OptionForm.JSON),
                "agenttower request file --to DevOps_Engineer --title 'A staging host' --role Backend_Engineer");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        FiledRequest filed;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            filed = access.client()
                    .fileRequest(new RequestDraft(
                            OwnActor.of(arguments, context, access.client()),
                            arguments.required(TO),
                            arguments.required(TITLE),
                            GivenText.of(orElse(arguments.value(DESCRIPTION), ""), context),
                            orElse(arguments.value(PRIORITY), "MEDIUM"),
                            orElse(arguments.value(TYPE), "SPEC_REQUEST"),
                            arguments.values(SPEC)));
        }
        DaemonAccess.printResult(
                context,
                arguments,
                filed.json(),
                () -> new Facts()
                        .add("req_id", filed.id())
                        .add("status", filed.status())
                        .add("event_id", filed.eventId()));
        return ExitCode.OK;
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null ? fallback : value;
    }
}
