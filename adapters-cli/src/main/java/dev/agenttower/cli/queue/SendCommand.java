package dev.agenttower.cli.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agenttower send}. */
@Command(
        name = "send",
        description = "send a prompt to an agent, as a person on the host",
        footer = {"  agenttower send backend \"run the tests\"", "  agenttower send backend - < prompt.txt"})
public final class SendCommand implements Callable<Integer> {
    private static final String STDIN = "-";

    @Parameters(index = "0", paramLabel = "AGENT", description = "the label or id of an agent")
    private String target;

    @Parameters(index = "1", paramLabel = "TEXT", description = "the prompt, or - for stdin")
    private String text;

    @Option(names = "--no-wait", description = "do not wait for the delivery")
    private boolean isUnwaited;

    @Option(
            names = "--wait-timeout",
            paramLabel = "SECONDS",
            description = "the longest wait for the delivery, from 0 to 300; default 10")
    private double patience = 10;

    @Option(
            names = "--wait",
            description =
                    "wait until the agent has finished its turn, and print its last message; its hooks must be installed")
    private boolean isAnswerAwaited;

    @Option(
            names = "--turn-timeout",
            paramLabel = "SECONDS",
            description = "the longest wait for the end of the turn, from 1 to 86400; default 600")
    private int turnPatience = 600;

    @Option(
            names = "--command",
            description =
                    "the text is a command of the client, such as /clear or !ls; without this, a text that begins with / or ! is refused")
    private boolean isCommand;

    @Mixin
    private SendOptionsArgs options;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        return QueueExit.run(output, this::send);
    }

    private int send() {
        if (isAnswerAwaited && (isUnwaited || turnPatience < 1 || turnPatience > 86_400)) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    isUnwaited ? "--wait goes without --no-wait" : "--turn-timeout takes 1 to 86400 seconds");
        }
        byte[] body = text.equals(STDIN) ? withoutLastLineFeed() : SentPrompt.bytes(text);
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            ObjectNode sender = SentPrompt.sender(daemon, output.context());
            if (isCommand) {
                sender.put("command", true);
            }
            JsonNode row = SentPrompt.send(daemon, options.addTo(sender), target, body, isUnwaited ? null : patience);
            if (isAnswerAwaited && AwaitedAnswer.mayCome(row)) {
                return new AwaitedAnswer(daemon, output)
                        .print(row.path("message_id").asText(), turnPatience);
            }
            int status = SentPrompt.report(output, "send", row, !isUnwaited);
            if (status != QueueExit.OK && !output.isJson()) {
                output.context().err().print("next: " + Advice.of(row) + "\n");
            }
            return status;
        }
    }

    /** A prompt is submitted anyway, so the line feed that ends a file would only add an empty line. */
    private byte[] withoutLastLineFeed() {
        byte[] body = SentPrompt.read(STDIN, output.context());
        boolean endsLine = body.length > 1 && body[body.length - 1] == '\n';
        return endsLine ? Arrays.copyOf(body, body.length - 1) : body;
    }
}
