package dev.agenttower.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.governance.human.BrokenPassphraseException;
import dev.agenttower.core.governance.human.PassphraseHash;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.workspace.file.JacksonJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PassphraseFileTest {
    private static final PassphraseHash HASH = PassphraseHash.create("open sesame".toCharArray(), new Random(1));

    @TempDir
    Path folder;

    private Path path;
    private long uid;

    @BeforeEach
    void name_the_file() throws IOException {
        path = folder.resolve("operator-passphrase.json");
        uid = ((Number) Files.getAttribute(folder, "unix:uid")).longValue();
    }

    private PassphraseFile file() {
        return new PassphraseFile(path, new JacksonJson(), uid);
    }

    private void write(String text, String mode) throws IOException {
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    @Test
    void holds_nothing_while_there_is_none() {
        assertThat(file().stored()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------"})
    void holds_what_was_stored(String mode) throws IOException {
        write(JsonForm.pretty(HASH.fields()), mode);
        assertThat(file().stored()).contains(HASH);
    }

    @ParameterizedTest
    @CsvSource({"rw-r-----, 0640", "rw----r--, 0604", "rw--w----, 0620", "rw-----w-, 0602", "rwxrwxrwx, 0777"})
    void is_not_used_when_others_may_read_or_write_it(String mode, String octal) throws IOException {
        write(JsonForm.pretty(HASH.fields()), mode);
        assertThatThrownBy(() -> file().stored())
                .isInstanceOf(BrokenPassphraseException.class)
                .hasMessage(path + " has mode " + octal + ", expected 0600");
    }

    @Test
    void is_not_used_when_it_belongs_to_somebody_else() throws IOException {
        write(JsonForm.pretty(HASH.fields()), "rw-------");
        uid++;
        assertThatThrownBy(() -> file().stored()).hasMessage(path + " belongs to uid " + (uid - 1) + ", not to " + uid);
    }

    @Test
    void is_not_used_when_it_is_no_regular_file() throws IOException {
        Path elsewhere = Files.writeString(folder.resolve("elsewhere"), JsonForm.pretty(HASH.fields()));
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(path, elsewhere);
        assertThatThrownBy(() -> file().stored()).hasMessage(path + " is a symlink, not a regular file");
        Files.delete(path);
        Files.createDirectory(path);
        assertThatThrownBy(() -> file().stored()).hasMessage(path + " is a directory, not a regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"algorithm\":\"none\"}", "{"})
    void is_not_used_when_it_is_broken(String text) throws IOException {
        write(text, "rw-------");
        assertThatThrownBy(() -> file().stored())
                .isInstanceOf(BrokenPassphraseException.class)
                .hasMessageContaining(path.toString());
    }

    @Test
    void is_not_used_when_it_is_too_large() throws IOException {
        write(JsonForm.pretty(HASH.fields()) + " ".repeat(5000), "rw-------");
        assertThatThrownBy(() -> file().stored())
                .hasMessage("cannot read " + path + ": " + path + ": is larger than 4096 bytes");
    }
}
