package dev.agenttower.contract.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.WireConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** A process that calls {@code app.hello} without a client id, prints the answer, and runs until its input ends. Not thread-safe. */
final class PanelProcess {
    private final Process process;
    private final BufferedReader out;

    private PanelProcess(Process process) {
        this.process = process;
        this.out = process.inputReader();
    }

    /** Takes the socket. */
    public static void main(String[] args) throws IOException {
        try (WireConnection connection = WireConnection.to(Path.of(args[0]))) {
            System.out.println(
                    connection.send("{\"method\":\"app.hello\"}\n").readLine().orElseThrow());
        }
        System.in.read();
    }

    /** Starts one, which ends with the daemon's test at the latest. */
    static PanelProcess start(DaemonProcess tower) {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        PanelProcess.class.getName(),
                        tower.paths().socket().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("HOME", tower.home().toString());
        try {
            return new PanelProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the daemon answered. Waits for it. */
    JsonNode answer() {
        try {
            return Answers.json(out.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process, and waits until it is gone. */
    void end() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
