package dev.agenttower.cli.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.cli.lifecycle.UnusableFileException;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.hook.HookVerdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agenttower hooks test}. */
@Command(
        name = "test",
        description = {
            "ask the daemon what it would answer to an input of a hook in this folder, and why",
            "nothing is filed, recorded or counted"
        },
        footer = {"  agenttower hooks test input.json", "  agenttower hooks test --client codex - <input.json"})
final class HookTestCommand implements Callable<Integer> {
    private final CliContext context;

    @Parameters(paramLabel = "FILE", description = "the input as a client writes it; - for stdin")
    private String file;

    @Option(
            names = "--client",
            paramLabel = "CLIENT",
            description = "claude, gemini or codex; default: what the input looks like")
    private @Nullable String client;

    @Mixin
    private Output output;

    HookTestCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        byte[] input = read();
        JsonNode fields = parsed(input);
        String event = fields.path("hook_event_name").asText();
        if (event.isEmpty()) {
            throw unusable("it has no hook_event_name, which every hook input has");
        }
        String name = client(fields).name();
        boolean isGoverned =
                HookSurroundings.governed(Path.of("").toAbsolutePath().normalize()) != null;
        HookVerdict verdict = Governance.ask(
                context,
                null,
                daemon -> daemon.hookVerdict(new HookSurroundings(context).call(name, event, null, isGoverned), input));
        ObjectNode result = JsonText.object().put("client", name).put("event", event);
        output.print(result.setAll((ObjectNode) verdict.raw()), () -> lines(name, event, verdict));
        return (verdict.answer().isDenial() ? ExitCode.REFUSED : ExitCode.OK).status();
    }

    private byte[] read() {
        try (InputStream in = file.equals("-") ? context.in() : Files.newInputStream(Path.of(file))) {
            return in.readNBytes(HookSurroundings.MAX_INPUT);
        } catch (IOException | InvalidPathException e) {
            throw unusable(UnusableFileException.reasonOf(e));
        }
    }

    private JsonNode parsed(byte[] input) {
        try {
            JsonNode fields = JsonText.parse(input);
            if (fields.isObject()) {
                return fields;
            }
        } catch (IOException e) {
            // told below
        }
        throw unusable("it is no JSON object");
    }

    private HookClient client(JsonNode fields) {
        List<HookClient> all = HookClients.all();
        List<HookClient> found = all.stream()
                .filter(each ->
                        client == null ? each.wrote(fields) : each.name().equals(client))
                .toList();
        if (found.size() == 1) {
            return found.get(0);
        }
        String names = all.stream().map(HookClient::name).collect(Collectors.joining(", "));
        throw client == null
                ? unusable("it does not show which client wrote it; name it with --client (" + names + ")")
                : new CommandFailure(
                        ExitCode.USAGE, "error: --client is one of " + names + ", not " + TerminalText.safe(client));
    }

    private CommandFailure unusable(String why) {
        return new CommandFailure(
                ExitCode.PRECONDITION, "error: cannot use " + TerminalText.safe(file) + ": " + TerminalText.safe(why));
    }

    private static String lines(String client, String event, HookVerdict verdict) {
        String text = verdict.answer().text();
        String shown = verdict.answer().isDenial() ? "denied" : text.isEmpty() ? "no opinion" : "a person is asked";
        Stream<String> head = Stream.of(line("verdict", shown), line("event", client, event, verdict.tool()));
        Stream<String> paths = verdict.paths().stream()
                .map(path ->
                        line("path", path.action(), path.path(), path.denial() == null ? "allowed" : path.denial()));
        Stream<String> said = text.lines().map(each -> line("prints", each));
        return Stream.of(head, paths, said).flatMap(each -> each).collect(Collectors.joining());
    }

    private static String line(String... fields) {
        return Stream.of(fields).map(TerminalText::safe).collect(Collectors.joining("\t")) + "\n";
    }
}
