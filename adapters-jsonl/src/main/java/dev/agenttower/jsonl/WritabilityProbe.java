package dev.agenttower.jsonl;

import dev.agenttower.core.health.Subsystem;
import dev.agenttower.core.health.SubsystemProbe;
import dev.agenttower.core.health.SubsystemState;
import dev.agenttower.core.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.PosixFileAttributes;
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
        try {
            PrivateFile.Seen seen = file.look();
            if (!seen.folder().isDirectory()) {
                return unavailable();
            }
            if (!Files.isWritable(file.folder())) {
                return degraded("the folder of " + name + " is not writable");
            }
            @Nullable PosixFileAttributes present = seen.file();
            if (present != null && !present.isRegularFile()) {
                return degraded(name + " is not a regular file");
            }
            if (present != null && !Files.isWritable(file.path())) {
                return degraded(name + " is not writable");
            }
            @Nullable String exposure = file.exposure(seen);
            return exposure == null
                    ? SubsystemState.ok(Subsystem.JSONL)
                    : degraded(name + " or its folder may be reached by others: " + exposure);
        } catch (NoSuchFileException missing) {
            return unavailable();
        } catch (IOException unreadable) {
            return degraded(
                    name + " cannot be looked at: " + unreadable.getClass().getSimpleName());
        }
    }

    private SubsystemState unavailable() {
        return SubsystemState.unavailable(Subsystem.JSONL, "the folder of " + name + " does not exist");
    }

    private static SubsystemState degraded(String reason) {
        return SubsystemState.degraded(Subsystem.JSONL, Text.singleLine(reason));
    }
}
