package dev.agenttower.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.human.KnownClients;
import dev.agenttower.core.governance.human.PaneMark;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcProcessTreeTest {
    @TempDir
    Path proc;

    private ProcProcessTree tree;

    @BeforeEach
    void open() throws IOException {
        tree = new ProcProcessTree(proc);
        process(1, "init", 0, 1, 0, 2);
        process(40, "tmux: server", 1, 40, 0, 500);
        process(41, "sh", 40, 41, 34816, 501);
        process(42, "a) S 1 (b", 41, 41, 34816, 600);
    }

    private void process(long pid, String name, long parent, long session, long terminal, long start)
            throws IOException {
        // as the kernel writes it: number, name, state, parent, group, session, terminal, then 14 others, then the
        // start
        write(
                pid,
                "stat",
                pid + " (" + name + ") S " + parent + " " + session + " " + session + " " + terminal + " "
                        + "9 ".repeat(14) + start + " 1000 2000\n");
    }

    private void write(long pid, String file, String text) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(String.valueOf(pid)));
        Files.writeString(folder.resolve(file), text, StandardCharsets.ISO_8859_1);
    }

    @Test
    void recognises_clients_by_program_script_and_environment() throws IOException {
        ProcProcessTree known = new ProcProcessTree(proc, KnownClients.BUILT_IN);
        assertThat(known.isOfKnownClient(41)).as("unreadable").isFalse();
        write(41, "environ", "HOME=/home/dev\0CLAUDECODER=1\0EDITOR=vi\0");
        write(41, "cmdline", "-bash\0");
        assertThat(known.isOfKnownClient(41)).isFalse();
        assertThat(known.isOfKnownClient(999)).isFalse();

        write(42, "environ", "HOME=/home/dev\0CLAUDECODE=1\0");
        assertThat(known.isOfKnownClient(42)).isTrue();
        assertThat(tree.isOfKnownClient(42)).isFalse();
        write(40, "cmdline", "/usr/bin/node\0--no-warnings\0/opt/node_modules/.bin/gemini\0--yolo\0");
        assertThat(known.isOfKnownClient(40)).isTrue();
        Files.createSymbolicLink(proc.resolve("41/exe"), Path.of("/opt/bin/codex (deleted)"));
        assertThat(known.isOfKnownClient(41)).isTrue();
    }

    @Nested
    final class Lineage {
        @Test
        void of_all_processes_end_early_where_one_is_gone_or_younger_than_its_child() throws IOException {
            process(60, "sh", 59, 60, 0, 700);
            process(61, "sh", 62, 61, 0, 700);
            process(62, "sh", 1, 62, 0, 800);
            assertThat(tree.lineages())
                    .hasSize(7)
                    .contains(tree.lineage(42), tree.lineage(62))
                    .contains(List.of(new LiveProcess(new ProcessMark(60, 700), new KernelSession(60, 700), 0)))
                    .contains(List.of(new LiveProcess(new ProcessMark(61, 700), new KernelSession(61, 700), 0)));
            assertThat(new ProcProcessTree(proc.resolve("none")).lineages()).isEmpty();
        }

        @Test
        void tell_which_sessions_have_members() throws IOException {
            process(60, "sh", 1, 59, 0, 700);
            assertThat(tree.inhabited()).accepts(new KernelSession(41, 501), new KernelSession(59, 690));
            assertThat(tree.inhabited()).rejects(new KernelSession(41, 500), new KernelSession(58, 1));
            assertThat(new ProcProcessTree(proc.resolve("none")).inhabited()).accepts(new KernelSession(58, 1));
        }

        @Test
        void ends_where_a_process_came_into_a_container_from_outside() throws IOException {
            process(70, "sh", 0, 0, 0, 700);
            assertThat(tree.lineage(70))
                    .extracting(process -> process.mark().pid())
                    .containsExactly(70L);
        }

        @Test
        void is_unknown_when_a_process_above_it_is_gone() throws IOException {
            process(80, "sh", 79, 80, 0, 800);
            assertThat(tree.lineage(80)).isEmpty();
        }

        @Test
        void is_unknown_when_it_goes_round_in_circles() throws IOException {
            process(90, "a", 91, 90, 0, 900);
            process(91, "b", 90, 90, 0, 901);
            assertThat(tree.lineage(90)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "43", "43 (sh", "43 (sh) S", "43 (sh) S x 1 1 0 1 1", "43 sh S 1 1 1 0"})
        void is_unknown_when_the_kernel_is_not_understood(String stat) throws IOException {
            write(43, "stat", stat);
            assertThat(tree.lineage(43)).isEmpty();
        }
    }

    @Nested
    final class Find {
        @Test
        void gives_a_process_whatever_its_name() {
            assertThat(tree.find(42)).contains(new ProcessMark(42, 600));
        }

        @Test
        void gives_nothing_for_what_cannot_be_looked_at() throws IOException {
            write(43, "stat", "torn");
            assertThat(tree.find(43)).isEmpty();
        }
    }

    @Nested
    final class Running {
        @Test
        void is_what_cannot_be_looked_at() throws IOException {
            write(43, "stat", "torn");
            assertThat(tree.isRunning(new ProcessMark(43, 1))).isTrue();
        }
    }

    @Nested
    final class InnermostNumber {
        @Test
        void is_the_last_of_its_numbers() throws IOException {
            write(42, "status", "Name:\tsh\nNSpid:\t42\t17\t3\nNSsid:\t9\t8\t7\n");
            write(41, "status", "Name:\tsh\nNSpid:\t41\n");
            assertThat(tree.innermostNumber(42)).isEqualTo(3);
            assertThat(tree.innermostNumber(41)).isEqualTo(41);
        }

        @Test
        void is_the_given_one_where_that_cannot_be_told() throws IOException {
            write(42, "status", "Name:\tsh\n");
            write(41, "status", "NSpid:\tx\n");
            assertThat(tree.innermostNumber(42)).isEqualTo(42);
            assertThat(tree.innermostNumber(41)).isEqualTo(41);
            assertThat(tree.innermostNumber(4711)).isEqualTo(4711);
        }
    }

    @Nested
    final class PaneOfTheEnvironment {
        private void environment(String... variables) throws IOException {
            write(42, "environ", String.join("\0", List.of(variables)) + "\0");
        }

        @Test
        void is_that_of_the_server_and_the_id() throws IOException {
            environment("HOME=/root", "TMUX=/tmp/tmux-0/a,b,40,7", "NOT_TMUX_PANE=%1", "TMUX_PANE=%3");
            assertThat(tree.startedIn(42)).contains(new PaneMark(40, "%3"));
        }

        @Test
        void is_none_where_something_is_missing_or_malformed() throws IOException {
            assertThat(tree.startedIn(42)).isEmpty();
            environment("HOME=/root");
            assertThat(tree.startedIn(42)).isEmpty();
            environment("TMUX=/tmp/tmux-0/a,40,0");
            assertThat(tree.startedIn(42)).isEmpty();
            environment("TMUX_PANE=%3");
            assertThat(tree.startedIn(42)).isEmpty();
            environment("TMUX=,", "TMUX_PANE=%3");
            assertThat(tree.startedIn(42)).isEmpty();
            environment("TMUX=/tmp/a,x,0", "TMUX_PANE=%3");
            assertThat(tree.startedIn(42)).isEmpty();
        }
    }

    @Test
    void reads_the_machine_that_it_runs_on() {
        ProcProcessTree real = new ProcProcessTree(Path.of("/proc"));
        long own = ProcessHandle.current().pid();
        List<LiveProcess> lineage = real.lineage(own);
        assertThat(lineage).hasSizeGreaterThan(1);
        assertThat(lineage.get(0).mark().pid()).isEqualTo(own);
        assertThat(lineage.get(1).mark().pid())
                .isEqualTo(ProcessHandle.current().parent().orElseThrow().pid());
        assertThat(real.isRunning(lineage.get(0).mark())).isTrue();
        assertThat(real.lineage(own)).isEqualTo(lineage);
    }
}
