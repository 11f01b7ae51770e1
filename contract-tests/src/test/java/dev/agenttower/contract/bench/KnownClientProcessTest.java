package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.bench.ProcProcessTree;
import dev.agenttower.core.governance.human.KnownClients;
import dev.agenttower.core.governance.human.ProcessTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that look like clients of agents, and such that do not. Each waits for its input to end. */
final class KnownClientProcessTest {
    private static final Path SHELL = Path.of("/bin/sh");
    private static final String WAIT = "echo $$; read line";

    @TempDir
    Path folder;

    private final ProcessTree tree = new ProcProcessTree(Path.of("/proc"), KnownClients.BUILT_IN);
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    private Path copy(String name) throws IOException {
        return Files.copy(SHELL, folder.resolve(name));
    }

    private Path script(String name, String interpreter) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!" + interpreter + "\n" + WAIT + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** Starts a program in an environment without the marks of clients, and gives the number that it prints. */
    private long start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/bin:/bin");
        Process process = builder.start();
        started.add(process);
        BufferedReader out = process.inputReader();
        return Long.parseLong(out.readLine());
    }

    private void isKnown(long pid, String sign) {
        assertThat(tree.clientSign(pid))
                .hasValueSatisfying(found -> assertThat(found).contains(sign));
    }

    @Test
    void a_program_of_the_name_even_after_its_file_is_gone() throws IOException {
        Path claude = copy("claude");
        long pid = start(claude.toString(), "-c", WAIT);
        isKnown(pid, "its program " + claude + " is that of Claude Code");
        assertThat(tree.program(pid)).isEqualTo(claude.toString());
        Files.delete(claude);
        isKnown(pid, "its program " + claude);
    }

    @Test
    void scripts_of_the_name_and_in_the_folder_of_its_package() throws IOException {
        isKnown(start(script("claude", "/bin/sh").toString()), "that of Claude Code");
        Path node = copy("node");
        isKnown(start(node.toString(), script("bin/gemini", "/none").toString(), "--yolo"), "that of Gemini CLI");
        String codex =
                script("node_modules/@openai/codex/bin/codex.js", "/none").toString();
        isKnown(start(node.toString(), codex), "its script " + codex + " is that of Codex");
    }

    @Test
    void a_renamed_copy_is_known_by_the_environment_of_what_it_starts() throws IOException {
        Path renamed = copy("editor");
        long pid = start(renamed.toString(), "-c", WAIT);
        assertThat(tree.clientSign(pid)).as("nothing tells").isEmpty();
        isKnown(start("/usr/bin/env", "CLAUDECODE=1", renamed.toString(), "-c", WAIT), "CLAUDECODE");
    }

    @Test
    void a_name_that_the_process_gives_itself() throws IOException {
        isKnown(start("/bin/bash", "-c", "exec -a codex /bin/sh -c '" + WAIT + "'"), "its program codex");
    }

    @Test
    void what_a_client_left_behind_below_another_parent_keeps_its_environment() throws IOException {
        long pid = start("/usr/bin/env", "GEMINI_CLI=1", "/bin/sh", "-c", "(setsid sh -c 'echo $$; sleep 60' &)");
        Process client = started.get(0);
        await().atMost(Duration.ofSeconds(20)).until(() -> !client.isAlive());
        try {
            assertThat(tree.lineage(pid))
                    .isNotEmpty()
                    .noneMatch(process -> process.mark().pid() == client.pid());
            isKnown(pid, "its environment has GEMINI_CLI, as Gemini CLI sets it");
        } finally {
            ProcessHandle.of(pid).ifPresent(orphan -> {
                orphan.descendants().forEach(ProcessHandle::destroyForcibly);
                orphan.destroyForcibly();
            });
        }
    }

    @Test
    void others_are_not() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("claude"));
        Path plain = Files.copy(SHELL, elsewhere.resolve("tool"));
        assertThat(tree.clientSign(start(plain.toString(), "-c", WAIT, "claude")))
                .isEmpty();
        assertThat(tree.clientSign(start("/bin/sh", "-c", WAIT + " # codex"))).isEmpty();
        assertThat(tree.clientSign(start("/bin/sh", script("build.sh", "/none").toString(), "gemini")))
                .isEmpty();
    }
}
