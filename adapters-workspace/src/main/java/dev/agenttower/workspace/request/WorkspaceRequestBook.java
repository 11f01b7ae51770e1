package dev.agenttower.workspace.request;

import dev.agenttower.core.governance.project.TextCode;
import dev.agenttower.core.governance.request.RequestBook;
import dev.agenttower.core.governance.request.RequestBookException;
import dev.agenttower.unix.file.RegularFiles;
import dev.agenttower.workspace.file.GuardedFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The document {@code _cortex/requests.md}. Thread-safe. */
public final class WorkspaceRequestBook implements RequestBook {
    private final GuardedFile file;

    /** The document of the project below a directory. */
    public WorkspaceRequestBook(Path root) {
        Path cortex = root.resolve("_cortex");
        this.file = new GuardedFile(root, cortex.resolve("requests.md"), cortex.resolve("ops/.requests.lock"));
    }

    @Override
    public @Nullable String text() {
        try {
            return TextCode.UTF_8.decode(file.read());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    @Override
    public <T> T exclusively(Function<Writing, T> work) {
        try {
            return file.exclusively(() -> work.apply(new Held()));
        } catch (IOException e) {
            throw failure("write", e);
        }
    }

    private RequestBookException failure(String verb, IOException e) {
        return new RequestBookException("cannot " + verb + " '" + file.path() + "': " + e.getMessage(), e);
    }

    private final class Held implements Writing {
        @Override
        public @Nullable String text() {
            return WorkspaceRequestBook.this.text();
        }

        @Override
        public void save(String text) {
            try {
                checkUtf8();
                file.replace(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw failure("write", e);
            }
        }

        /** A document that is not UTF-8 was read with replacement characters, which must not be written. */
        private void checkUtf8() throws IOException {
            try {
                RegularFiles.text(file.read());
            } catch (CharacterCodingException e) {
                throw new IOException("is not UTF-8", e);
            } catch (NoSuchFileException e) {
                // a new document
            }
        }
    }
}
