package dev.agenttower.contract.bench;

import dev.agenttower.bench.DockerAndTmux;
import dev.agenttower.core.container.ContainerChanges.Listener;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.BenchTarget;
import java.util.concurrent.CountDownLatch;

/** A process that watches the container it is given, until it is killed. */
final class WatchingProcess {
    private WatchingProcess() {}

    public static void main(String[] arguments) throws InterruptedException {
        DockerAndTmux benches = DockerAndTmux.open(System.getenv());
        var containers = benches.containerChanges().watch(new Listener() {
            @Override
            public void connected() {
                System.out.println("connected");
            }

            @Override
            public void changed() {
                System.out.println("changed");
            }

            @Override
            public void lost(String reason) {
                System.out.println(reason);
            }
        });
        var panes = benches.paneChanges()
                .watch(
                        new BenchTarget(new ContainerId(arguments[0]), "watched", "dev"),
                        () -> System.out.println("panes"));
        new CountDownLatch(1).await();
        containers.close();
        panes.close();
    }
}
