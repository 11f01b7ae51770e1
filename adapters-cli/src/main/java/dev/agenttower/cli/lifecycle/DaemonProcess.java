package dev.agenttower.cli.lifecycle;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A started daemon: its process, and its log output since the start. */
final class DaemonProcess {
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final int MAX_LOG_BYTES = 64 << 10;
    private static final int TAIL_LINES = 10;

    private final Process process;
    private final Path log;
    private final long logStart;

    private DaemonProcess(Process process, Path log, long logStart) {
        this.process = process;
        this.log = log;
        this.logStart = logStart;
    }

    /** Starts the program in its own session, so that it outlives the terminal, with its output appended to the log. */
    static DaemonProcess start(String program, Map<String, String> environment, Path log) throws IOException {
        PrivateFiles.createFile(log, "");
        long logStart = Files.size(log);
        ProcessBuilder builder = new ProcessBuilder(
                Files.isExecutable(SETSID) ? List.of(SETSID.toString(), program, "run") : List.of(program, "run"));
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectInput(new File("/dev/null"));
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.redirectErrorStream(true);
        return new DaemonProcess(builder.start(), log, logStart);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitStatus() {
        return process.exitValue();
    }

    void terminate() {
        process.destroy();
    }

    /** The reason for its end: the first line that begins with {@code error:}, else its last lines. */
    String lastWords() {
        List<String> lines = output().lines().toList();
        for (String line : lines) {
            if (line.startsWith("error:")) {
                return line;
            }
        }
        return String.join("\n", lines.subList(Math.max(lines.size() - TAIL_LINES, 0), lines.size()));
    }

    private String output() {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long size = Math.max(file.length() - logStart, 0);
            byte[] bytes = new byte[(int) Math.min(size, MAX_LOG_BYTES)];
            file.seek(logStart);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
