package dev.agenttower.cli;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.RegistryPreparer;
import dev.agenttower.cli.command.RegistryPreparer.Outcome;
import dev.agenttower.cli.lifecycle.PrivateFiles;
import dev.agenttower.cli.terminal.Terminals;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.core.settings.SettingsSource;
import dev.agenttower.core.settings.TowerPaths;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** An empty home folder in which the program is run, in this process. */
final class CliWorld {
    final Path home;
    final Path root;
    final Map<String, String> environment = new HashMap<>();
    SettingsSource settings = SettingsSource.defaults();
    RegistryPreparer registry = CliWorld::createEmpty;
    Terminals terminals = Terminals.NONE;
    String input = "";
    Charset inputCharset = StandardCharsets.UTF_8;

    CliWorld(Path folder) {
        home = folder.resolve("h");
        root = folder.resolve("r");
        environment.put("HOME", home.toString());
        environment.put("PATH", System.getenv("PATH"));
    }

    TowerPaths paths() {
        return TowerPaths.of(environment);
    }

    FakeDaemon daemon() throws IOException {
        PrivateFiles.ensureFolder(paths().logsDir(), paths().stateDir());
        return new FakeDaemon(paths().socket());
    }

    FakeGovernance governance() throws IOException {
        PrivateFiles.ensureFolder(paths().logsDir(), paths().stateDir());
        return new FakeGovernance(GovernanceClient.socketBeside(paths().socket()));
    }

    /** Lets the program find the signs of a container with this line in its control groups. */
    CliWorld inContainer(String cgroupLine) throws IOException {
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(root.resolve("proc/self/cgroup"), cgroupLine + "\n");
        return this;
    }

    CliWorld inPane(String tmux, String pane) {
        environment.put("TMUX", tmux);
        environment.put("TMUX_PANE", pane);
        return this;
    }

    Run run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = run(out, err, args);
        return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    int run(OutputStream out, OutputStream err, String... args) {
        return AgentTowerCli.run(args, context(out, err));
    }

    CliContext context(OutputStream out, OutputStream err) {
        return CliContext.newBuilder()
                .environment(environment)
                .streams(
                        new ByteArrayInputStream(input.getBytes(inputCharset)),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8))
                .terminals(terminals)
                .root(root)
                .programFolder(home.resolve("bin"))
                .settings(settings)
                .registry(registry)
                .version("0.1.0")
                .build();
    }

    private static Outcome createEmpty(Path database) {
        if (Files.exists(database)) {
            return new Outcome.Existed();
        }
        try {
            Files.createFile(database);
            return new Outcome.Created();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a run gave. */
    record Run(int status, String out, String err) {}
}
