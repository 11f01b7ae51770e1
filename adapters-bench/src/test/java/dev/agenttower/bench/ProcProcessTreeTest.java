package dev.agenttower.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.human.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcProcessTreeTest {
    @TempDir
    Path proc;

    private void process(long pid, String name, long parent, long session, long start) throws IOException {
        Files.createDirectories(proc.resolve(String.valueOf(pid)));
        Files.writeString(
                proc.resolve(pid + "/stat"),
                pid + " (" + name + ") S " + parent + " " + pid + " " + session
                        + " 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 " + start + " 9 10 18446744073709551615\n");
    }

    private static LiveProcess live(long pid, long start, long session) {
        return new LiveProcess(new ProcessMark(pid, start), session);
    }

    @Test
    void a_lineage_goes_from_the_process_up_to_the_first_of_the_machine() throws IOException {
        process(1, "init", 0, 1, 0);
        process(20, "a) S 1 (b", 1, 20, 700);
        process(30, "curl", 20, 20, 700);
        assertThat(new ProcProcessTree(proc).lineage(30))
                .containsExactly(live(30, 700, 20), live(20, 700, 20), live(1, 0, 1));
    }

    @Test
    void there_is_no_lineage_when_one_of_those_above_cannot_be_looked_at() throws IOException {
        process(1, "init", 0, 1, 0);
        process(30, "curl", 20, 20, 800);
        assertThat(new ProcProcessTree(proc).lineage(30)).isEmpty();
        assertThat(new ProcProcessTree(proc).lineage(40)).isEmpty();
    }

    @Test
    void a_process_descends_from_the_one_that_started_it() {
        long own = ProcessHandle.current().pid();
        long parent = ProcessHandle.current().parent().orElseThrow().pid();
        List<LiveProcess> lineage = new ProcProcessTree(Path.of("/proc")).lineage(own);
        assertThat(lineage).extracting(process -> process.mark().pid()).startsWith(own, parent);
        assertThat(lineage.get(lineage.size() - 1).mark().pid()).isEqualTo(1);
    }
}
