package dev.agenttower.contract.process;

import java.nio.file.Files;
import java.nio.file.Path;

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

    /** The root of the clone. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return here.endsWith("contract-tests") ? here.getParent() : here;
    }
}
