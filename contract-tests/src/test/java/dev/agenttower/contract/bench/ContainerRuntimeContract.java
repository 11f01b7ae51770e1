package dev.agenttower.contract.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.container.ContainerRuntime;
import dev.agenttower.core.container.InspectedContainer;
import dev.agenttower.core.container.Inspection;
import dev.agenttower.core.container.RunningContainer;
import dev.agenttower.core.container.ScanProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every container engine must do. */
abstract class ContainerRuntimeContract {
    /** The engine under test. */
    abstract ContainerRuntime runtime();

    /** Starts a container whose name ends with {@code suffix}, as user {@code dev}. */
    abstract RunningContainer start(String suffix);

    /** Stops a container and removes it. */
    abstract void stop(ContainerId id);

    @Test
    void lists_the_running_containers_each_once_for_its_name() {
        RunningContainer first = start("py");
        RunningContainer second = start("redis");

        List<RunningContainer> rows = runtime().listRunning();

        assertThat(rows).filteredOn(row -> row.id().equals(first.id())).hasSize(1);
        assertThat(rows).extracting(RunningContainer::name).contains(first.name(), second.name());
        assertThat(rows).extracting(RunningContainer::name).noneMatch(name -> name.startsWith("/"));
    }

    @Test
    void does_not_list_a_container_that_has_stopped() {
        RunningContainer container = start("py");
        stop(container.id());

        assertThat(runtime().listRunning()).extracting(RunningContainer::id).doesNotContain(container.id());
    }

    @Test
    void inspects_in_the_order_of_the_request() {
        RunningContainer first = start("a");
        RunningContainer second = start("b");

        Inspection inspection = runtime().inspect(List.of(second, first));

        assertThat(inspection.failures()).isEmpty();
        assertThat(inspection.found())
                .extracting(InspectedContainer::id, InspectedContainer::name)
                .containsExactly(tuple(second.id(), second.name()), tuple(first.id(), first.name()));
        assertThat(inspection.found()).allSatisfy(found -> {
            assertThat(found.status()).isEqualTo("running");
            assertThat(found.configUser()).isEqualTo("dev");
        });
    }

    @Test
    void a_container_that_cannot_be_inspected_keeps_no_other_from_being_answered() {
        RunningContainer there = start("py");
        RunningContainer gone = start("go");
        stop(gone.id());

        Inspection inspection = runtime().inspect(List.of(gone, there));

        assertThat(inspection.found()).extracting(InspectedContainer::id).containsExactly(there.id());
        assertThat(inspection.failures()).extracting(ScanProblem::container).containsExactly(gone.id());
    }

    @Test
    void inspects_nothing_when_nothing_is_asked() {
        assertThat(runtime().inspect(List.of())).isEqualTo(new Inspection(List.of(), List.of()));
    }

    @Test
    void answers_many_threads_at_once() throws Exception {
        RunningContainer container = start("py");
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Inspection>> answers = new ArrayList<>();
            for (int call = 0; call < 40; call++) {
                answers.add(threads.submit(() -> {
                    assertThat(runtime().listRunning())
                            .extracting(RunningContainer::id)
                            .contains(container.id());
                    return runtime().inspect(List.of(container));
                }));
            }
            for (Future<Inspection> answer : answers) {
                assertThat(answer.get().found()).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
