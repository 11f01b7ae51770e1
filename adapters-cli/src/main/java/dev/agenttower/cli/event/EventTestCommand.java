package dev.agenttower.cli.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.lifecycle.UnusableFileException;
import dev.agenttower.client.JsonText;
import dev.agenttower.core.event.Classification;
import dev.agenttower.core.event.EventClassifier;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agenttower events test}: what the rules say about a file, without the daemon. */
@Command(
        name = "test",
        description = "show what the rules find in a file, without the daemon; own rules of config.toml included",
        footer = {"  agenttower events test build.log", "  make 2>&1 | agenttower events test -"})
final class EventTestCommand implements Runnable {
    private static final int MOST_BYTES = 1 << 20;

    private final CliContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "a log, or - for stdin")
    private String file;

    @Mixin
    private Output output;

    EventTestCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        EventClassifier classifier = new EventClassifier(
                context.settings().events(), context.eventRules().get());
        try (InputStream in = open()) {
            long number = 0;
            for (byte[] line = line(in); line.length > 0; line = line(in)) {
                print(++number, classifier.classify(text(line)));
            }
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailure(
                    ExitCode.PRECONDITION,
                    "error: cannot read " + EventText.visible(file) + ": " + UnusableFileException.reasonOf(e),
                    e);
        }
    }

    private InputStream open() throws IOException {
        return new BufferedInputStream(file.equals("-") ? context.in() : Files.newInputStream(Path.of(file)));
    }

    /** A line with its LF, at most a megabyte of it; empty at the end. */
    private static byte[] line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(128);
        int read = in.read();
        while (read >= 0) {
            line.write(read);
            if (read == '\n' || line.size() == MOST_BYTES) {
                break;
            }
            read = in.read();
        }
        return line.toByteArray();
    }

    private static String text(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        text = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private void print(long number, Classification found) {
        if (output.isJson()) {
            ObjectNode row = JsonText.object()
                    .put("line", number)
                    .put("event_type", found.type().wire())
                    .put("classifier_rule_id", found.ruleId())
                    .put("excerpt", found.excerpt());
            context.out().print(EventText.json(row));
        } else {
            context.out()
                    .print(String.format(
                            Locale.ROOT,
                            "%6d  %-22s %-26s %s\n",
                            number,
                            found.type().wire(),
                            found.ruleId(),
                            EventText.visible(found.excerpt())));
        }
    }
}
