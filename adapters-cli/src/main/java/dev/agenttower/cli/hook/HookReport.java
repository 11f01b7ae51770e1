package dev.agenttower.cli.hook;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.JsonText;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a command did to the hook of one client, or found of it.
 *
 * @param client the name of the client
 * @param state one word
 * @param file the file of its settings
 * @param problem why the client does not run the hook, or null
 * @param lastCall when its hook was last heard, and at which event, or null
 */
record HookReport(
        String client,
        String state,
        Path file,
        @Nullable String problem,
        @Nullable String lastCall) {
    HookReport(String client, String state, Path file, @Nullable String problem) {
        this(client, state, file, problem, null);
    }

    /** Prints the reports, a line each, with their problems as a last field; or one object with {@code --json}. */
    static void print(List<HookReport> reports, Output output) {
        ObjectNode result = JsonText.object();
        ArrayNode clients = result.putArray("clients");
        reports.forEach(report -> clients.add(report.json()));
        output.print(result, () -> reports.stream().map(HookReport::line).collect(Collectors.joining()));
    }

    HookReport withoutProblem() {
        return new HookReport(client, state, file, null);
    }

    HookReport withCall(String call) {
        return new HookReport(client, state, file, problem, call);
    }

    /** The report of a client that runs without its hook. */
    HookReport silent(String process) {
        return new HookReport(client, HookSurvey.SILENT, file, process, lastCall);
    }

    private ObjectNode json() {
        ObjectNode json =
                JsonText.object().put("client", client).put("state", state).put("file", file.toString());
        if (lastCall != null) {
            json.put("last_call", lastCall);
        }
        return problem == null ? json : json.put("problem", problem);
    }

    private String line() {
        String fields = Stream.of(client, state, file.toString())
                .map(TerminalText::safe)
                .collect(Collectors.joining("\t"));
        String last = lastCall == null ? "" : "\tlast call: " + TerminalText.safe(lastCall);
        return fields + last + (problem == null ? "" : "\t" + TerminalText.safe(problem)) + "\n";
    }
}
