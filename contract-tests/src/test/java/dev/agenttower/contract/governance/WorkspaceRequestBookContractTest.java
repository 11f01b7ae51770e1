package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.agenttower.core.governance.request.RequestBook;
import dev.agenttower.core.governance.request.RequestBookException;
import dev.agenttower.workspace.request.WorkspaceRequestBook;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceRequestBookContractTest extends RequestBookContract {
    @TempDir
    Path root;

    @Override
    RequestBook book() {
        return new WorkspaceRequestBook(root);
    }

    private Path document() throws IOException {
        return Files.createDirectories(root.resolve("_cortex")).resolve("requests.md");
    }

    @Test
    void a_document_that_is_not_UTF_8_is_read_and_never_written() throws IOException {
        byte[] latin = "# Cross-Role Requests\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(document(), latin);
        RequestBook book = book();
        assertThat(book.text()).startsWith("# Cross-Role Requests\n");
        assertThatExceptionOfType(RequestBookException.class)
                .isThrownBy(() -> book.exclusively(writing -> {
                    writing.save(writing.text() + "more");
                    return 0;
                }))
                .withMessage("cannot write '" + document() + "': is not UTF-8");
        assertThat(document()).hasBinaryContent(latin);
    }

    @Test
    void a_document_that_is_too_large_is_named_with_the_limit() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(document().toFile(), "rw")) {
            file.setLength((16 << 20) + 1);
        }
        assertThatExceptionOfType(RequestBookException.class)
                .isThrownBy(() -> book().text())
                .withMessageContaining(document() + ": is larger than 16777216 bytes");
    }
}
