package dev.agenttower.bench;

import dev.agenttower.core.caller.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Reads the working directory of a process from {@code /proc}, all links followed. Thread-safe. */
public final class ProcWorkingDirectory implements Function<Peer, Optional<String>> {
    private final Path procRoot;

    /** Reads {@code procRoot}, which is {@code /proc} except in tests. */
    public ProcWorkingDirectory(Path procRoot) {
        this.procRoot = procRoot;
    }

    @Override
    public Optional<String> apply(Peer peer) {
        try {
            return Optional.of(Files.readSymbolicLink(
                            procRoot.resolve(String.valueOf(peer.pid())).resolve("cwd"))
                    .toString());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
