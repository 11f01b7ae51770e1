package dev.agenttower.daemon.log;

import dev.agenttower.core.lifecycle.LifecycleEvent;
import dev.agenttower.core.lifecycle.LifecycleLog;
import dev.agenttower.core.text.Text;
import dev.agenttower.core.time.Timestamps;
import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's log: {@code <time>\tlevel=<level>\tevent=<token>[\t<key>=<value>]...}, one write for each line, appended.
 *
 * <p>Thread-safe. Lines that cannot be written are lost, because a failing log must not stop the daemon.
 */
public final class DaemonLog implements LifecycleLog, AutoCloseable {
    private final OutputStream out;
    private final InstantSource clock;

    private DaemonLog(OutputStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
    }

    /**
     * Opens the log for appending and gives it mode 0600.
     *
     * @throws IOException if that fails
     */
    public static DaemonLog open(Path file, InstantSource clock) throws IOException {
        OutputStream out = RegularFiles.append(file);
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            out.close();
            throw e;
        }
        return new DaemonLog(out, clock);
    }

    @Override
    public void report(LifecycleEvent event, Map<String, ?> fields) {
        StringBuilder line = begin(event.level().token());
        field(line, "event", event.token());
        fields.forEach((name, value) -> field(line, name, value));
        write(line.append('\n').toString());
    }

    /**
     * Writes a line that is not a lifecycle event.
     *
     * @param trace subsequent lines, each with its line end; may be empty
     */
    public void note(String level, String logger, String message, String trace) {
        StringBuilder line = begin(level);
        field(line, "logger", logger);
        field(line, "message", message);
        write(line.append('\n').append(trace).toString());
    }

    /** Writes a failure, with its stack trace. */
    public void failure(String what, Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        note("error", "agenttowerd", what, trace.toString());
    }

    private StringBuilder begin(String level) {
        return new StringBuilder(Timestamps.micros(clock.instant()))
                .append("\tlevel=")
                .append(level);
    }

    private static void field(StringBuilder line, String name, @Nullable Object value) {
        String text = value == null ? "" : Text.singleLine(value.toString(), Text.MESSAGE_LIMIT);
        line.append('\t').append(name).append('=').append(text);
    }

    private synchronized void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // There is no other place to report it.
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }
}
