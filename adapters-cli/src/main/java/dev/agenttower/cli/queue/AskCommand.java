package dev.agenttower.cli.queue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agenttower ask}. */
@Command(
        name = "ask",
        description = "send a prompt, wait for the end of the turn, and print the agent's last message alone",
        footer = {"  agenttower ask backend which tests fail?", "  agenttower ask --role Tester run the tests"})
public final class AskCommand implements Callable<Integer> {
    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "ask the one idle agent that `agenttower run` started in this role, in place of AGENT")
    private @Nullable String role;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "the longest wait for the answer, from 1 to 86400; default 600")
    private int patience = 600;

    @Parameters(
            arity = "1..*",
            paramLabel = "[AGENT] TEXT",
            description = "the label or id of an agent, and the prompt")
    private List<String> words = List.of();

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        return QueueExit.run(output, this::ask);
    }

    private int ask() {
        int first = role == null ? 1 : 0;
        if (words.size() <= first || patience < 1 || patience > 86_400) {
            throw new RefusedException(
                    ErrorCode.BAD_REQUEST,
                    words.size() <= first
                            ? "what is asked? agenttower ask AGENT TEXT"
                            : "--timeout takes 1 to 86400 seconds");
        }
        byte[] body = SentPrompt.bytes(String.join(" ", words.subList(first, words.size())));
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            String target = role == null ? words.get(0) : idleOf(daemon, role);
            JsonNode row = SentPrompt.sendAsOperator(daemon, output.context(), target, body, null);
            if (!AwaitedAnswer.mayCome(row)) {
                return SentPrompt.report(output, "ask", row, true);
            }
            return answer(
                    daemon,
                    new AwaitedAnswer(daemon, output)
                            .await(row.path("message_id").asText(), patience));
        }
    }

    private int answer(DaemonAccess daemon, JsonNode row) {
        if (!row.path("answered_at").isTextual()) {
            if (row.path("agent_ended").asBoolean()) {
                return failed(row, "agent_ended", "the agent ended before it answered");
            }
            boolean isTyped = row.path("delivered_at").isTextual();
            return AwaitedAnswer.mayCome(row)
                    ? failed(
                            row,
                            isTyped ? "delivery_wait_timeout" : "held",
                            isTyped ? "the turn has not ended" : Advice.of(row))
                    : SentPrompt.report(output, "ask", row, true);
        }
        for (JsonNode agent : daemon.activeAgents(null)) {
            boolean isTarget = agent.path("agent_id").equals(row.path("target").path("agent_id"));
            if (isTarget && agent.path("state").asText("").equals("error")) {
                return failed(row, "turn_failed", agent.path("state_detail").asText(""));
            }
        }
        if (output.isJson()) {
            output.context().out().print(JsonText.compact(row) + "\n");
        } else {
            AwaitedAnswer.printText(row, output);
        }
        return QueueExit.OK;
    }

    private int failed(JsonNode row, String outcome, String why) {
        if (output.isJson()) {
            output.context().out().print(JsonText.compact(row) + "\n");
        }
        output.context()
                .err()
                .print("ask failed: " + outcome + " — " + TerminalText.escaped(why) + " (msg="
                        + row.path("message_id").asText() + ")\n");
        return QueueExit.ofOutcome(outcome);
    }

    private static String idleOf(DaemonAccess daemon, String role) {
        List<JsonNode> idle = new ArrayList<>();
        for (JsonNode agent : daemon.activeAgents(null)) {
            if (agent.path("governance_role").asText("").equals(role)
                    && agent.path("state").asText("").equals("idle")) {
                idle.add(agent);
            }
        }
        if (idle.size() == 1) {
            return idle.get(0).path("agent_id").asText();
        }
        String labels = String.join(
                ", ", idle.stream().map(agent -> agent.path("label").asText()).toList());
        throw idle.isEmpty()
                ? new RefusedException(ErrorCode.AGENT_NOT_FOUND, "no idle agent runs in the role " + role)
                : new RefusedException(
                        ErrorCode.TARGET_LABEL_AMBIGUOUS,
                        "several idle agents run in the role " + role + ": " + labels);
    }
}
