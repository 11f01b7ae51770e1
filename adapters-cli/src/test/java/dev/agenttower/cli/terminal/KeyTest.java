package dev.agenttower.cli.terminal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "q,QUIT",
                "Q,QUIT",
                "k,UP",
                "j,DOWN",
                "b,PAGE_UP",
                "g,FIRST",
                "G,LAST",
                "x,NONE",
                "~[A,UP",
                "~OB,DOWN",
                "~[H,FIRST",
                "~[1~,FIRST",
                "~[F,LAST",
                "~[4~,LAST",
                "~[5~,PAGE_UP",
                "~[6~,PAGE_DOWN",
                "~[99~,NONE",
                "~,NONE",
                "~x,NONE",
                "~[,NONE",
                "~[C,NONE"
            })
    void keys_are_told_by_their_bytes(String typed, Key key) throws IOException {
        String bytes = typed.startsWith("~") ? "\u001b" + typed.substring(1) : typed;
        InputStream in = new ByteArrayInputStream(bytes.getBytes(ISO_8859_1));
        assertThat(Key.of(in.read(), in)).isEqualTo(key);
    }
}
