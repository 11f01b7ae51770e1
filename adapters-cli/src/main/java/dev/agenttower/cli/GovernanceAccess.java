package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.governance.Listing;
import dev.agenttower.cli.terminal.HiddenQuestions;
import dev.agenttower.cli.terminal.Questions;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.cli.terminal.Style;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.GovernanceClient;
import dev.agenttower.socket.client.GovernanceRefusedException;
import dev.agenttower.socket.client.JsonText;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The way from a command to the governance API: the HTTP socket beside the daemon's other one, in the project that is meant. */
final class GovernanceAccess implements AutoCloseable {
    static final OptionForm PROJECT = OptionForm.value(
            "--project", "NAME", "the governed project; default: the one you work in, or the only one");
    static final OptionForm PASSPHRASE_STDIN =
            OptionForm.flag("--passphrase-stdin", "read the operator's passphrase from the first line of stdin");
    static final OptionForm ROLE =
            OptionForm.value("--role", "ROLE", "in this role; default: $ADT_ROLE, or what `whoami` says");
    static final OptionForm AGENT = OptionForm.value("--agent", "NAME", "as this agent; default: $ADT_AGENT, or CLI");

    private static final int ATTEMPTS = 3;

    private final Arguments arguments;
    private final CliContext context;
    private final GovernanceClient client;

    private GovernanceAccess(Arguments arguments, CliContext context) {
        this.arguments = arguments;
        this.context = context;
        GovernanceClient anywhere = new GovernanceClient(
                GovernanceClient.socketBeside(context.socket().path()));
        client = anywhere.inProject(arguments.value(PROJECT.name()));
    }

    static GovernanceAccess of(Arguments arguments, CliContext context) {
        return new GovernanceAccess(arguments, context);
    }

    GovernanceClient client() {
        return client;
    }

    /** Does what only a human may do, and asks the human for the passphrase if the daemon does. */
    <T> T asHuman(Function<GovernanceClient, T> deed) {
        if (arguments.has(PASSPHRASE_STDIN.name())) {
            @Nullable String line = new Questions(context.in(), context.err()).line();
            if (line == null) {
                throw new RefusedException(ErrorCode.BAD_REQUEST, "there is no passphrase on stdin");
            }
            return deed.apply(client.withPassphrase(line));
        }
        try (HiddenQuestions questions = new Questions(context.in(), context.err()).hidden()) {
            GovernanceClient known = client;
            for (int attempt = 0; ; attempt++) {
                try {
                    return deed.apply(known);
                } catch (GovernanceRefusedException e) {
                    if (attempt == ATTEMPTS || !asksForPassphrase(e)) {
                        throw e;
                    }
                    known = client.withPassphrase(passphrase(questions, attempt, e));
                }
            }
        }
    }

    /** Whether it may help to ask: not when no passphrase can be the right one, and not when nobody is there. */
    private boolean asksForPassphrase(GovernanceRefusedException refusal) {
        boolean isAsked =
                refusal.code().equals("passphrase_required") || refusal.code().equals("passphrase_wrong");
        return isAsked
                && !refusal.details().has("problem")
                && context.terminals().input()
                && context.terminals().error();
    }

    private static String passphrase(HiddenQuestions questions, int attempt, GovernanceRefusedException refusal) {
        @Nullable String answer = questions.ask(attempt == 0 ? "Operator passphrase: " : "That is not it. Operator passphrase: ");
        if (answer == null || answer.isEmpty()) {
            throw refusal;
        }
        return answer;
    }

    /** Prints rows: as JSON under a name, for scripts, or for a person. */
    static void print(Arguments arguments, CliContext context, String name, Stream<JsonNode> json, Listing listing) {
        if (arguments.json()) {
            ObjectNode result = JsonText.object();
            json.forEach(result.putArray(name)::add);
            DaemonAccess.printResult(context, result);
        } else if (context.terminals().output()) {
            context.out()
                    .print(listing.columns(
                            style(context),
                            ScreenSize.current(context.environment()).columns()));
        } else {
            context.out().print(listing.tabbed());
        }
    }

    static Style style(CliContext context) {
        return new Style(context.allowsColour(context.terminals().output()));
    }

    @Override
    public void close() {
        client.close();
    }
}
