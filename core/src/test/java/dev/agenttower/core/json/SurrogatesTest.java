package dev.agenttower.core.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SurrogatesTest {
    @Test
    void halves_are_found_anywhere_in_a_tree() {
        assertThat(Surrogates.arePaired(Map.of("a", List.of("\ud83d\ude00", 1, true))))
                .isTrue();
        assertThat(Surrogates.arePaired(null)).isTrue();
        assertThat(Surrogates.arePaired(Map.of("a", List.of("x", "\ud83d")))).isFalse();
        assertThat(Surrogates.arePaired(Map.of("\ude00\ud83d", 1))).isFalse();
    }

    @Property
    void a_mended_text_is_what_utf_8_carries(@ForAll @From("texts") String text) {
        String mended = Surrogates.mended(text);
        assertThat(new String(mended.getBytes(UTF_8), UTF_8)).isEqualTo(mended).hasSameSizeAs(text);
        assertThat(Surrogates.arePaired(text)).isEqualTo(mended.equals(text));
    }

    @Property
    void mended_json_says_the_mended_text(@ForAll @From("texts") String text) {
        byte[] json = JsonForm.canonical(text).getBytes(US_ASCII);
        assertThat(new String(Surrogates.mend(json), US_ASCII).replace("FFFD", "fffd"))
                .isEqualTo(JsonForm.canonical(Surrogates.mended(text)));
    }

    @Property
    void what_files_are_written_with_has_no_half(@ForAll @From("texts") String text) {
        for (String form : List.of(JsonForm.pretty(Map.of(text, text)), JsonForm.line(Map.of(text, text)))) {
            byte[] json = form.getBytes(US_ASCII);
            assertThat(Surrogates.mend(json.clone())).isEqualTo(json);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("\ud83d", "\ude00", "\ud83d\ude00", "\\", "\"", "u", "d83d", "a", "\u00e4", "\n")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }
}
