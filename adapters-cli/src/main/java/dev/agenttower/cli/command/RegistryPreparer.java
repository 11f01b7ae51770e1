package dev.agenttower.cli.command;

import java.nio.file.Path;

/** Creates or migrates the registry, for {@code config init}. */
@FunctionalInterface
public interface RegistryPreparer {
    /** Prepares and closes the registry. On failure, an implementation must remove the files that it created. */
    Outcome prepare(Path database);

    /** The result. */
    sealed interface Outcome {
        /** The registry was created. */
        record Created() implements Outcome {}

        /** The registry existed, and is now up to date. */
        record Existed() implements Outcome {}

        /**
         * The database reports an error.
         *
         * @param message the database's error text
         */
        record Failed(String message) implements Outcome {}

        /**
         * A file or directory is unsafe or unusable.
         *
         * @param path the file or directory
         * @param reason such as {@code file mode 0o644 broader than required 0o600}
         */
        record Unsafe(Path path, String reason) implements Outcome {}
    }
}
