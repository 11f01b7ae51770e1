package dev.agenttower.core.governance.human;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PassphraseHashTest {
    @Test
    void knows_its_passphrase_after_it_was_stored() {
        PassphraseHash hash = PassphraseHash.create("s\u00e9same".toCharArray(), new SecureRandom());
        PassphraseHash stored = PassphraseHash.of(hash.fields());
        assertThat(stored.matches("s\u00e9same".toCharArray())).isTrue();
        assertThat(stored.matches("sesame".toCharArray())).isFalse();
        assertThat(stored.matches(new char[0])).isFalse();
        assertThat(hash.toString()).doesNotContain(hash.hash()).doesNotContain(hash.salt());
    }

    @Test
    void refuses_what_is_malformed_or_too_quick_to_guess() {
        Map<String, Object> fields = new LinkedHashMap<>(
                PassphraseHash.create("a".toCharArray(), new SecureRandom()).fields());
        fields.put("iterations", 1);
        assertThatThrownBy(() -> PassphraseHash.of(fields)).isInstanceOf(BrokenPassphraseException.class);
        assertThatThrownBy(() -> PassphraseHash.of(Map.of())).isInstanceOf(BrokenPassphraseException.class);
    }
}
