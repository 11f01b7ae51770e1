package dev.agenttower.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.terminal.ScreenSize;
import dev.agenttower.client.JsonText;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The option {@code --json}, and the output of a command in both forms. */
public final class Output {
    private final CliContext context;

    @Option(names = "--json", description = "print one line of JSON on stdout")
    private boolean isJson;

    public Output(CliContext context) {
        this.context = context;
    }

    /** The context of the run. */
    public CliContext context() {
        return context;
    }

    /** Whether {@code --json} was given. */
    public boolean isJson() {
        return isJson;
    }

    /** Prints a result as JSON with {@code --json}, otherwise its text. */
    public void print(JsonNode result, Supplier<?> text) {
        if (isJson) {
            printJson(result);
        } else {
            context.out().print(text.get());
        }
    }

    /** Prints the line that reports success to scripts. */
    public void printJson(JsonNode result) {
        ObjectNode envelope = JsonText.object().put("ok", true);
        envelope.set("result", result);
        context.out().print(JsonText.ascii(envelope) + "\n");
    }

    /** Prints rows: with {@code --json} as an array of this name, on a terminal as a table, otherwise as lines with a TAB between fields. */
    public void printRows(String name, Stream<? extends JsonNode> rows, Listing listing) {
        if (isJson) {
            ObjectNode result = JsonText.object();
            rows.forEach(result.putArray(name)::add);
            printJson(result);
        } else if (context.terminals().output()) {
            int columns = ScreenSize.current(context.environment()).columns();
            context.out().print(listing.columns(context.style(), columns));
        } else {
            context.out().print(listing.tabbed());
        }
    }
}
