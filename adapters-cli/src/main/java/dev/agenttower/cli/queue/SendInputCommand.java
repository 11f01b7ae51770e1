package dev.agenttower.cli.queue;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.pane.CallerAgent;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.failure.RefusedException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code agenttower send-input}. */
@Command(
        name = "send-input",
        description = "send a prompt from the pane of a master to another agent",
        footer = {
            "  agenttower send-input --target backend --message \"run the tests\"",
            "  agenttower send-input --target agt_0123456789ab --message-file - --no-wait < prompt.txt"
        })
public final class SendInputCommand implements Callable<Integer> {
    @Option(names = "--target", paramLabel = "AGENT", required = true, description = "the id or label of an agent")
    private String target;

    @ArgGroup(multiplicity = "1")
    private @Nullable Message message;

    @Option(names = "--no-wait", description = "do not wait for the delivery")
    private boolean isUnwaited;

    @Option(
            names = "--wait-timeout",
            paramLabel = "SECONDS",
            description = "the longest wait for the delivery, from 0 to 300; default 10")
    private double patience = 10;

    @Mixin
    private SendOptionsArgs options;

    @Mixin
    private Output output;

    /** The text of the prompt. */
    static final class Message {
        @Option(names = "--message", paramLabel = "TEXT", required = true, description = "the prompt")
        private @Nullable String text;

        @Option(
                names = "--message-file",
                paramLabel = "PATH",
                required = true,
                description = "a file with the prompt, or - for stdin")
        private @Nullable String file;

        byte[] bytes(Output output) {
            return text != null ? SentPrompt.bytes(text) : SentPrompt.read(String.valueOf(file), output.context());
        }
    }

    @Override
    public Integer call() {
        return QueueExit.run(output, this::send);
    }

    private int send() {
        byte[] body = requireNonNull(message, "message").bytes(output);
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            ObjectNode pane;
            try {
                pane = new CallerAgent(daemon, output.context()).pane();
            } catch (RefusedException e) {
                return notInPane(e);
            }
            if (!pane.has("agent_id")) {
                throw CallerAgent.notRegistered();
            }
            ObjectNode sender = JsonText.object();
            sender.set("caller_pane", pane);
            JsonNode row = SentPrompt.send(daemon, options.addTo(sender), target, body, isUnwaited ? null : patience);
            return SentPrompt.report(output, "send-input", row, !isUnwaited);
        }
    }

    private int notInPane(RefusedException e) {
        String code = e.code().wire();
        String line = "send-input: sender_not_in_pane — " + code + ": " + code + ": " + e.getMessage();
        if (output.isJson()) {
            QueueExit.printRefusal(output, "sender_not_in_pane", line);
        } else {
            output.context().err().print(line + "\n");
        }
        return QueueExit.of("sender_not_in_pane");
    }
}
