package dev.agenttower.workspace;

import dev.agenttower.core.governance.role.WorkingCopy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks git, with a limit of ten seconds for each question. What git does not answer cannot be told. Thread-safe.
 *
 * <p>Settings of the repository can make git run programs, and an agent that wrote them would have these run by the daemon. Those that can be
 * overruled are; that nothing below the daemon is taken for a human does the rest.
 */
public final class GitWorkingCopy implements WorkingCopy {
    private static final int LIMIT_SECONDS = 10;

    private final Path root;

    /** The working copy below a directory. */
    public GitWorkingCopy(Path root) {
        this.root = root;
    }

    @Override
    public String uncommitted() {
        String status = git("status", "--porcelain");
        return status == null ? "" : status;
    }

    @Override
    public @Nullable String commit() {
        String hash = git("rev-parse", "HEAD");
        return hash == null ? null : hash.strip();
    }

    private @Nullable String git(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("git", "-C", root.toString(), "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"));
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile("agenttower-git", ".txt");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return null;
                }
                return process.exitValue() == 0 ? new String(Files.readAllBytes(out), StandardCharsets.UTF_8) : null;
            } finally {
                Files.deleteIfExists(out);
            }
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
