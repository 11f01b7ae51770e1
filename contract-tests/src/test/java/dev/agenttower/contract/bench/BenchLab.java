package dev.agenttower.contract.bench;

import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;

import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.pane.BenchTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/**
 * Real bench containers for one test class, on the engine that runs on this machine. Without an engine the test is skipped, and says so.
 */
public final class BenchLab implements AutoCloseable {
    private static final String SCRIPT =
            Path.of("bench", "bench-lab").toAbsolutePath().toString();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final String lab = "test-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();

    private BenchLab() {}

    /** Opens a lab; the test is skipped where no engine answers. */
    public static BenchLab open() {
        boolean answers = Command.attempt(List.of("docker", "version", "--format", "{{.Server.Version}}"))
                        .status()
                == 0;
        if (!answers) {
            String hint =
                    "SKIPPED: no container engine answers; start one with contract-tests/bench/bench-lab start-engine";
            System.err.println(hint);
            Assumptions.abort(hint);
        }
        return new BenchLab();
    }

    /**
     * Starts a container; its name is unique and ends with {@code suffix}, which should not say bench: a daemon that runs on this machine
     * takes a container of such a name for one of its own, and watches it too.
     */
    Bench up(String suffix) {
        String name = lab + "-" + NUMBER.incrementAndGet() + "-" + suffix;
        script("up", name);
        String id =
                Command.run("docker", "inspect", "--format", "{{.Id}}", name).strip();
        return new Bench(name, new ContainerId(id));
    }

    /** Starts a container with a tmux server of its user {@code dev}. */
    Bench upWithPanes(int panes) {
        return upWithPanes("py", panes);
    }

    Bench upWithPanes(String suffix, int panes) {
        Bench bench = up(suffix);
        script("panes", bench.name(), String.valueOf(panes));
        return bench;
    }

    /**
     * Starts a container of this machine's user, in which the programs of this machine run, with the built ones and Java among them.
     *
     * @param mounted a folder of this machine
     * @param at where it lies in the container, to be read only
     * @param more more options of {@code docker run}
     */
    public Bench upWithPrograms(String suffix, Path mounted, String at, String... more) {
        List<String> options = new ArrayList<>(List.of("-v", mounted + ":" + at + ":ro"));
        options.addAll(List.of(more));
        options.addAll(List.of("-e", "JAVA_HOME=" + System.getProperty("java.home")));
        String programs = Programs.REAL.folder().getParent().toString();
        for (String folder : List.of("/usr", "/lib", "/lib64", "/etc/java-17-openjdk", programs)) {
            if (Files.exists(Path.of(folder))) {
                options.addAll(List.of("-v", folder + ":" + folder + ":ro"));
            }
        }
        return upAsOwnUser(suffix, options);
    }

    /**
     * Starts a container of this machine's user, whose home is {@code /home/dev}.
     *
     * @param shared a folder of this machine
     * @param at where it lies in the container, to be read and written
     */
    Bench upSharing(String suffix, Path shared, String at) {
        return upAsOwnUser(suffix, List.of("-v", shared + ":" + at));
    }

    private Bench upAsOwnUser(String suffix, List<String> options) {
        script("image");
        String name = lab + "-" + NUMBER.incrementAndGet() + "-" + suffix;
        List<String> command = new ArrayList<>(List.of("docker", "run", "-d", "--name", name, "--network", "none"));
        command.addAll(List.of("--label", "dev.agenttower.bench-lab=" + lab));
        command.addAll(List.of("--user", Command.run("id", "-u").strip()));
        command.addAll(options);
        command.addAll(List.of(
                "agenttower-bench:local", "sh", "-c", "trap 'exit 0' TERM; while :; do sleep 3600 & wait $!; done"));
        return new Bench(name, new ContainerId(Command.run(command).strip()));
    }

    /** Runs a program of this machine, as its user, in a container that shares a folder with it; gives what it printed. */
    public String runInContainer(Path shared, String... arguments) {
        String user = Command.run("id", "-u").strip();
        List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "--network", "none", "--user", user));
        for (String folder : List.of("/usr", "/lib", "/lib64")) {
            command.addAll(List.of("-v", folder + ":" + folder + ":ro"));
        }
        command.addAll(List.of("-v", shared + ":" + shared, "agenttower-bench:local"));
        command.addAll(List.of(arguments));
        script("image");
        return Command.run(command);
    }

    private void script(String... arguments) {
        List<String> command = new ArrayList<>(List.of(SCRIPT));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("BENCH_LAB", lab);
        Command result = Command.attempt(builder);
        if (result.status() != 0) {
            throw new IllegalStateException(command + ": " + result.output());
        }
    }

    @Override
    public void close() {
        script("down");
    }

    /** A running container of the lab. */
    public record Bench(String name, ContainerId id) {
        BenchTarget target() {
            return new BenchTarget(id, name, "dev");
        }

        /** Lets a daemon that is not started yet watch this container only. */
        void watchedAloneBy(DaemonProcess tower) throws IOException {
            tower.init();
            Files.writeString(
                    tower.paths().configFile(),
                    "[containers]\nname_contains = [\"" + name + "\"]\n",
                    TRUNCATE_EXISTING);
        }

        /** Runs a program in the container as {@code dev}. */
        String exec(String... arguments) {
            return execAs("dev", arguments);
        }

        public String execAs(String user, String... arguments) {
            List<String> command = new ArrayList<>(List.of("docker", "exec", "-u", user, name));
            command.addAll(List.of(arguments));
            return Command.run(command);
        }

        /** Runs a shell line in the container as {@code dev}. */
        void freeze() {
            Command.run("docker", "pause", name);
        }

        void thaw() {
            Command.run("docker", "unpause", name);
        }

        String sh(String line) {
            return exec("sh", "-c", line);
        }

        void stop() {
            Command.run("docker", "rm", "-f", name);
        }
    }
}
