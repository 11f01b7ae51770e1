package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.bench.ProcHostGate;
import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class ProcHostGateContractTest extends HostGateContract {
    private final HostGate gate = new ProcHostGate(Path.of("/proc"));

    @Override
    HostGate gate() {
        return gate;
    }

    @Override
    Peer onHost() {
        return new Peer(1000, ProcessHandle.current().pid());
    }

    @Override
    Peer gone() {
        try {
            Process process = new ProcessBuilder("true").start();
            process.waitFor();
            return new Peer(1000, process.pid());
        } catch (IOException notStarted) {
            throw new IllegalStateException(notStarted);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    @Tag("docker")
    void refuses_a_process_in_a_container() {
        try (BenchLab lab = BenchLab.open()) {
            Bench bench = lab.up("py");
            String pid = Command.run("docker", "inspect", "--format", "{{.State.Pid}}", bench.name())
                    .strip();

            assertThat(gate.isOnHost(new Peer(1000, Long.parseLong(pid)))).isFalse();
        }
    }
}
