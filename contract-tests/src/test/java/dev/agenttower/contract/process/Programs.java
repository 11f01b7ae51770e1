package dev.agenttower.contract.process;

import dev.agenttower.cli.AgentTowerCli;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.contract.scripted.ScriptedAgentTower;
import dev.agenttower.daemon.CliContexts;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The two builds of the programs. */
public enum Programs {
    /** The distribution. */
    REAL("app-daemon/target/agenttower/bin"),
    /** The programs with a scripted world. */
    SCRIPTED("contract-tests/bin");

    private final Path folder;

    Programs(String folder) {
        this.folder = root().resolve(folder);
    }

    /** The folder of the launchers. */
    public Path folder() {
        if (!Files.isExecutable(
                Path.of("").toAbsolutePath().resolveSibling("app-daemon/target/agenttower/bin/agenttowerd"))) {
            throw new IllegalStateException(
                    "the distribution is not built: these tests need `mvn package` or `mvn verify`");
        }
        return folder;
    }

    /** The launcher of a program. */
    public Path launcher(String program) {
        return folder().resolve(program);
    }

    /** The launcher that runs a main class of the tests' own. */
    public static String javaProgram() {
        return SCRIPTED.launcher("java-program").toString();
    }

    /** Runs {@code agenttower} in this JVM, without input; returns its exit status. */
    int run(String[] args, Map<String, String> environment, PrintStream out, PrintStream err) {
        CliContext.Builder context =
                CliContexts.of(environment).programFolder(folder()).streams(InputStream.nullInputStream(), out, err);
        return this == SCRIPTED
                ? ScriptedAgentTower.run(args, environment, context, err)
                : AgentTowerCli.run(args, context.build());
    }

    /** The root of the clone. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return here.endsWith("contract-tests") ? here.getParent() : here;
    }
}
