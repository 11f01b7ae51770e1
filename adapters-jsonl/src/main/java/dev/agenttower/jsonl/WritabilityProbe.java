package dev.agenttower.jsonl;

import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks whether a line can be appended to a file. Reports the file name without its folder. Thread-safe. */
final class WritabilityProbe implements SubsystemProbe {
    private final PrivateFile file;
    private final String name;

    WritabilityProbe(PrivateFile file) {
        this.file = file;
        this.name = String.valueOf(file.path().getFileName());
    }

    @Override
    public SubsystemState probe() {
        Path path = file.path();
        if (!Files.isDirectory(file.folder())) {
            return SubsystemState.unavailable(Subsystem.JSONL, "the folder of " + name + " does not exist");
        }
        if (!Files.isWritable(file.folder())) {
            return degraded("the folder of " + name + " is not writable");
        }
        boolean present = Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        if (present && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            return degraded(name + " is not a regular file");
        }
        if (present && !Files.isWritable(path)) {
            return degraded(name + " is not writable");
        }
        return exposed();
    }

    private SubsystemState exposed() {
        try {
            @Nullable String exposure = file.exposure();
            return exposure == null
                    ? SubsystemState.ok(Subsystem.JSONL)
                    : degraded(name + " or its folder may be reached by others: " + exposure);
        } catch (IOException unreadable) {
            return degraded(
                    name + " cannot be looked at: " + unreadable.getClass().getSimpleName());
        }
    }

    private static SubsystemState degraded(String reason) {
        return SubsystemState.degraded(Subsystem.JSONL, Text.singleLine(reason));
    }
}
