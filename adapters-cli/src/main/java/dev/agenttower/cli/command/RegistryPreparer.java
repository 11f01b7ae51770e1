package dev.agenttower.cli.command;

import java.nio.file.Path;

/** Creates or migrates the registry and closes it again, for {@code config init}. */
@FunctionalInterface
public interface RegistryPreparer {
    /** Prepares the registry. An implementation must remove the files that it created when it fails. */
    Outcome prepare(Path database);

    /** How it went. */
    sealed interface Outcome {
        /** The registry was created. */
        record Created() implements Outcome {}

        /** The registry was there, and is current now. */
        record Existed() implements Outcome {}

        /**
         * The database refuses.
         *
         * @param message in the database's words
         */
        record Failed(String message) implements Outcome {}

        /**
         * A file or directory is not safe to use, or cannot be used.
         *
         * @param path the offending one
         * @param reason such as {@code file mode 0o644 broader than required 0o600}
         */
        record Unsafe(Path path, String reason) implements Outcome {}
    }
}
