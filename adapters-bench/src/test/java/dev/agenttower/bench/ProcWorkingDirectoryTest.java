package dev.agenttower.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.caller.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcWorkingDirectoryTest {
    @TempDir
    Path proc;

    @Test
    void is_where_the_link_of_the_process_leads() throws IOException {
        Path folder = Files.createDirectories(proc.resolve("42"));
        Files.createSymbolicLink(folder.resolve("cwd"), Path.of("/srv/demo/src"));
        assertThat(new ProcWorkingDirectory(proc).apply(new Peer(0, 42))).contains("/srv/demo/src");
    }

    @Test
    void is_unknown_where_there_is_no_process_or_it_may_not_be_looked_at() throws IOException {
        Files.writeString(Files.createDirectories(proc.resolve("43")).resolve("cwd"), "no link");
        assertThat(new ProcWorkingDirectory(proc).apply(new Peer(0, 42))).isEmpty();
        assertThat(new ProcWorkingDirectory(proc).apply(new Peer(0, 43))).isEmpty();
        assertThat(new ProcWorkingDirectory(proc).apply(new Peer(0, Peer.UNKNOWN)))
                .isEmpty();
    }

    @Test
    void is_the_real_one_of_this_process() throws IOException {
        Peer self = new Peer(0, ProcessHandle.current().pid());
        assertThat(new ProcWorkingDirectory(Path.of("/proc")).apply(self))
                .contains(Path.of("").toRealPath().toString());
    }
}
