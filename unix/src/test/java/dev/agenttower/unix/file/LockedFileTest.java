package dev.agenttower.unix.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LockedFileTest {
    @TempDir
    private Path folder;

    @Test
    void is_free_once_closed_though_a_process_that_is_being_started_holds_a_duplicate() throws IOException {
        Path file = Files.createFile(folder.resolve("lock"));
        LockedFile held = LockedFile.await(file);
        int duplicate = duplicate(held);
        try {
            assertThat(LockedFile.take(file)).isNull();
            held.close();
            try (LockedFile again = LockedFile.take(file)) {
                assertThat(again).isNotNull();
            }
        } finally {
            LibC.close(duplicate);
        }
    }

    private static int duplicate(LockedFile file) {
        int number = Integer.parseInt(file.path().getFileName().toString());
        return Function.getFunction("c", "dup").invokeInt(new Object[] {number});
    }
}
