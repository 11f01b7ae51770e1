package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agenttower.core.governance.ledger.Integrity;
import dev.agenttower.workspace.ledger.FileLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program, in another language, verifies what we write and writes beside us. */
class LedgerReadByOthersTest {
    private static final Path SCRIPT =
            Path.of("src/test/python/verify_ledger.py").toAbsolutePath();

    @TempDir
    Path root;

    @BeforeEach
    void needs_python() {
        boolean hasPython = Files.isExecutable(Path.of("/usr/bin/python3")) || hasPythonOnPath();
        if (!hasPython) {
            System.err.println("SKIPPED: python3 is not installed, the ledger is not verified by another program");
        }
        assumeTrue(hasPython, "python3 is not installed");
    }

    @Test
    void another_program_finds_the_chain_whole() throws Exception {
        Path file = root.resolve("events.jsonl");
        FileLedger ledger = new FileLedger(file, InstantSource.system());
        ledger.append(LedgerContract.draft("plain"));
        ledger.append(LedgerContract.draft("hostile", "\u0000\u001f\"\\/\b\f\n\r\t\u007f\u00e9\ud83d\udd12\u2028"));
        ledger.append(LedgerContract.draft("numbers")
                .withData(Map.of(
                        "a", 1e-7, "b", 1e16, "c", 123456789012345680.0, "d", 0.1, "e", -0.0, "f", Long.MAX_VALUE)));
        ledger.append(LedgerContract.draft("keys")
                .withData(Map.of("\ud83d\udd12", 1, "\uffee", 2, "z", Map.of("y", List.of(true, false, 5e-324)))));

        assertThat(run("verify", file.toString())).isEqualTo("4");
    }

    @Test
    void another_program_can_write_at_the_same_time() throws Exception {
        Path file = root.resolve("events.jsonl");
        FileLedger ledger = new FileLedger(file, InstantSource.system());
        ledger.append(LedgerContract.draft("first"));
        List<Process> others = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            others.add(start("append", file.toString(), "40", name));
        }
        for (int i = 0; i < 200; i++) {
            ledger.append(LedgerContract.draft("ours"));
        }
        for (Process other : others) {
            assertThat(other.waitFor()).isZero();
        }
        ledger.append(LedgerContract.draft("last"));

        Integrity integrity = ledger.verify();
        assertThat(integrity.errors()).isEmpty();
        assertThat(integrity.events()).isEqualTo(282);
        assertThat(run("verify", file.toString())).isEqualTo("282");
    }

    private static String run(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return out.strip();
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("python3", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static boolean hasPythonOnPath() {
        try {
            Process process = new ProcessBuilder("python3", "--version")
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
