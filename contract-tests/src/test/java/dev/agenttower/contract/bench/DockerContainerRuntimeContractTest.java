package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.bench.DockerAndTmux;
import dev.agenttower.contract.bench.BenchLab.Bench;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.RunningContainer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("docker")
final class DockerContainerRuntimeContractTest extends ContainerRuntimeContract {
    private BenchLab lab;
    private DockerAndTmux benches;

    @BeforeEach
    void open() {
        lab = BenchLab.open();
        benches = DockerAndTmux.open(System.getenv());
    }

    @AfterEach
    void close() {
        if (benches != null) {
            benches.close();
            lab.close();
        }
    }

    @Override
    ContainerRuntime runtime() {
        return benches.runtime();
    }

    @Override
    RunningContainer start(String suffix) {
        Bench bench = lab.up(suffix);
        return new RunningContainer(bench.id(), bench.name(), "agenttower-bench:local", "Up");
    }

    @Override
    void stop(ContainerId id) {
        Command.run("docker", "rm", "-f", id.value());
    }

    @Test
    void tells_what_the_engine_knows_of_a_container() {
        RunningContainer row = start("py");

        InspectedContainer found = runtime().inspect(List.of(row)).found().get(0);

        assertThat(found.image()).isEqualTo("agenttower-bench:local");
        assertThat(found.workingDir()).isEqualTo("/home/dev");
        assertThat(found.labels()).containsKey("dev.agenttower.bench-lab");
        assertThat(found.envKeys()).containsExactly("HOME");
        assertThat(benches.engineInstalled()).isTrue();
    }

    @Test
    void lists_a_renamed_container_under_its_new_name() {
        RunningContainer row = start("py");
        Command.run("docker", "rename", row.name(), row.name() + "-renamed");

        assertThat(runtime().listRunning())
                .filteredOn(container -> container.id().equals(row.id()))
                .extracting(RunningContainer::name)
                .containsExactly(row.name() + "-renamed");
    }
}
