package dev.agenttower.daemon.lifecycle;

import dev.agenttower.core.text.Text;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Texts for failures of the operating system. */
public final class Failures {
    private Failures() {}

    /** The reason of a failure, in one line and without the path, which the caller adds. */
    public static String reason(Throwable failure) {
        @Nullable Throwable inner = failure instanceof UncheckedIOException ? failure.getCause() : null;
        Throwable cause = inner == null ? failure : inner;
        if (cause instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (cause instanceof AccessDeniedException) {
            return "Permission denied";
        }
        @Nullable String text = cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
        return text == null || text.isBlank()
                ? cause.getClass().getSimpleName()
                : Text.singleLine(text, Text.MESSAGE_LIMIT);
    }
}
