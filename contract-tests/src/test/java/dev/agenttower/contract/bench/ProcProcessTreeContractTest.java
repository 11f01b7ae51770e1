package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.bench.ProcProcessTree;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.human.KnownClients;
import dev.agenttower.core.governance.human.PaneMark;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.governance.role.ProcessMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On files such as the kernel's, because no test can choose the numbers of real processes. */
final class ProcProcessTreeContractTest extends ProcessTreeContract {
    @TempDir
    Path proc;

    private final Map<Long, Entry> processes = new TreeMap<>();
    private long ticks = 100;

    @Override
    ProcessTree tree() {
        return new ProcProcessTree(proc, KnownClients.BUILT_IN);
    }

    @Override
    ProcessMark start(long pid, long parent, long session, long terminal) {
        remove(pid);
        write(pid, new Entry(parent, session, terminal, ++ticks));
        return new ProcessMark(pid, ticks);
    }

    @Override
    void end(long pid) {
        processes.remove(pid);
        remove(pid);
        Map.copyOf(processes).forEach((child, entry) -> {
            if (entry.parent == pid) {
                write(child, new Entry(1, entry.session, entry.terminal, entry.start));
            }
        });
    }

    @Override
    void namePane(long pid, PaneMark pane) {
        write(pid, "environ", "TMUX=/tmp/tmux-0/default," + pane.server() + ",0\0TMUX_PANE=" + pane.paneId() + "\0");
    }

    @Override
    void runProgram(long pid, String executable, List<String> words, String variable) {
        write(pid, "cmdline", String.join("\0", words) + "\0");
        write(pid, "environ", "A=b\0" + variable + "=1\0");
        try {
            Path exe = proc.resolve(pid + "/exe");
            Files.deleteIfExists(exe);
            Files.createSymbolicLink(exe, Path.of(executable));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void remove(long pid) {
        try {
            for (String file : new String[] {"stat", "environ", "cmdline", "exe", "status", ""}) {
                Files.deleteIfExists(proc.resolve(pid + "/" + file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void runAs(long pid, long user) {
        write(pid, "status", "Name:\tsh\nUid:" + ("\t" + user).repeat(4) + "\nGid:\t0\t0\t0\t0\n");
    }

    @Test
    void a_process_with_the_rights_of_two_users_is_of_none() {
        start(43, 41, 41, 0);
        write(43, "status", "Name:\tsudo\nUid:\t1000\t0\t0\t0\n");

        assertThat(tree().user(43)).isEqualTo(Peer.UNKNOWN);
    }

    private void write(long pid, Entry entry) {
        processes.put(pid, entry);
        write(
                pid,
                "stat",
                pid + " (sh) S " + entry.parent + " " + entry.session + " " + entry.session + " " + entry.terminal + " "
                        + "9 ".repeat(14) + entry.start + " 1000 2000\n");
    }

    private void write(long pid, String file, String text) {
        try {
            Files.writeString(
                    Files.createDirectories(proc.resolve(String.valueOf(pid))).resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Entry(long parent, long session, long terminal, long start) {}
}
