package dev.agenttower.cli.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.agent.AgentTarget;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.DaemonAccess;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.lifecycle.UnusableFileException;
import dev.agenttower.cli.terminal.TerminalText;
import dev.agenttower.client.DaemonErrorException;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.Timeouts;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.text.Redaction;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code agenttower logs}. */
@Command(
        name = "logs",
        description = "show what an agent's pane printed, as it was recorded",
        footer = {"  agenttower logs api", "  agenttower logs api --follow --lines 20"})
public final class LogsCommand implements Runnable {
    private static final long LONGEST_WAIT_MILLIS = 1000;

    @Parameters(index = "0", paramLabel = "AGENT", description = "the id or label of an agent")
    private String agent;

    @Option(
            names = {"-f", "--follow"},
            description = "continue with new lines, until Ctrl-C")
    private boolean isFollowed;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            description = "begin with the last N lines; default ${DEFAULT-VALUE}")
    private long lines = 200;

    @Option(names = "--raw", description = "keep escape sequences, such as colours; secrets are replaced all the same")
    private boolean isRaw;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (lines < 0) {
            throw new RefusedException(ErrorCode.VALUE_OUT_OF_SET, "--lines must be 0 or more; got " + lines);
        }
        Path file = Path.of(path());
        try (LogLines log = new LogLines(file, this::print, this::tellOfMissed)) {
            if (lines == 0) {
                log.skipToEnd();
            } else {
                log.skipToLast(lines);
            }
            log.printNew();
            if (isFollowed) {
                follow(file, log);
            } else {
                log.printUnfinished();
            }
        } catch (NoSuchFileException e) {
            throw new RefusedException(ErrorCode.LOG_FILE_MISSING, "log file " + file + " is missing");
        } catch (IOException e) {
            throw new RefusedException(
                    ErrorCode.LOG_FILE_MISSING,
                    "log file " + file + " cannot be read: " + UnusableFileException.reasonOf(e));
        }
    }

    /** The file that the agent's pane is recorded in, or was last. */
    private String path() {
        try (DaemonAccess daemon = DaemonAccess.of(output.context())) {
            JsonNode attachment = status(daemon).path("attachment");
            if (!attachment.isObject()) {
                throw new RefusedException(
                        ErrorCode.ATTACHMENT_NOT_FOUND,
                        "agent " + agent + " was never recorded; `agenttower attach-log --target " + agent
                                + "` begins it");
            }
            tellIfStopped(attachment);
            return attachment.path("log_path").asText();
        }
    }

    private JsonNode status(DaemonAccess daemon) {
        try {
            return daemon.call(
                    "attach_log_status", DaemonAccess.agentParams().put("agent_id", agent), Timeouts.answerWithin(5));
        } catch (DaemonErrorException e) {
            throw AgentTarget.refusal(e, agent, true, daemon);
        }
    }

    private void tellIfStopped(JsonNode attachment) {
        if (attachment.has("stopped_at")) {
            output.context()
                    .err()
                    .print("nothing is recorded since "
                            + attachment.path("stopped_at").asText() + ": "
                            + TerminalText.safe(
                                    attachment.path("stopped_reason").asText()) + "\n");
        }
    }

    private void follow(Path file, LogLines log) throws IOException {
        CliContext context = output.context();
        try (WatchService changes = FileSystems.getDefault().newWatchService()) {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                folder.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            }
            while (!context.out().checkError()) {
                WatchKey changed = changes.poll(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (changed != null) {
                    changed.pollEvents();
                    changed.reset();
                }
                log.printNew();
                context.out().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellOfMissed(long bytes) {
        output.context()
                .err()
                .print(bytes + " bytes were moved to the older parts of the log before they could be shown\n");
    }

    private void print(String line) {
        String redacted = Redaction.redact(line);
        String shown = isRaw ? redacted : LogText.plain(redacted);
        CliContext context = output.context();
        context.interruption()
                .guard(() -> context.out()
                        .print((output.isJson()
                                        ? JsonText.ascii(JsonText.object().put("line", shown))
                                        : shown) + "\n"));
    }
}
