package dev.agenttower.bench.tmux;

import dev.agenttower.bench.engine.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A shell on this host. */
final class LocalShell implements ShellChannel {
    private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final Process process;
    private final OutputStream input;
    private final InputStream output;
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();

    private LocalShell(Process process) {
        this.process = process;
        this.input = process.getOutputStream();
        this.output = process.getInputStream();
    }

    static LocalShell start(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new LocalShell(builder.start());
    }

    @Override
    public void send(byte[] bytes, Deadline deadline) throws IOException {
        input.write(bytes);
        input.flush();
    }

    // The JDK cannot wait for a pipe with a time limit.
    @Override
    public @Nullable List<String> readLines(Deadline deadline) throws IOException {
        while (output.available() == 0) {
            if (!process.isAlive() && output.available() == 0) {
                return null;
            }
            if (deadline.remainingNanos() <= 0) {
                throw new SocketTimeoutException("the shell did not answer in time");
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("interrupted");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        List<String> lines = new ArrayList<>();
        for (byte next : output.readNBytes(output.available())) {
            if (next == '\n') {
                lines.add(partial.toString(StandardCharsets.UTF_8));
                partial.reset();
            } else {
                partial.write(next);
            }
        }
        return lines;
    }

    @Override
    public boolean hasEnded() {
        try {
            return !process.isAlive() || output.available() > 0;
        } catch (IOException closed) {
            return true;
        }
    }

    @Override
    public void kill(long shell) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        close();
    }

    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException ended) {
            // It has ended before, and nothing is lost.
            return;
        }
    }
}
