package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.drift.FileSnapshot;
import dev.agenttower.core.governance.drift.Fingerprint;
import dev.agenttower.core.governance.drift.SovereignFiles;
import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What {@link SovereignFiles} must do. */
abstract class SovereignFilesContract {
    private static final String SPECS = "config/specs.json";

    abstract SovereignFiles files();

    /** Replaces the content of a file, or creates it with the directories above it. */
    abstract void write(String path, String text);

    abstract void delete(String path);

    /** Puts a symbolic link into the project. */
    abstract void link(String path, String target);

    private FileSnapshot look(String... paths) {
        return files().snapshot(Arrays.asList(paths));
    }

    static Fingerprint fingerprint(String text) {
        return Fingerprint.of(Sha256.hex(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void a_file_has_the_hash_of_its_content_and_a_missing_one_nothing() {
        write(SPECS, "caf\u00e9");
        assertThat(look(SPECS, "config/none.json", "none/none"))
                .isEqualTo(new FileSnapshot(Map.of(SPECS, fingerprint("caf\u00e9")), Set.of()));
    }

    @Test
    void every_change_is_seen_also_of_the_same_length() {
        for (int i = 0; i < 50; i++) {
            write(SPECS, "content " + (i % 10));
            assertThat(look(SPECS).files()).containsExactly(Map.entry(SPECS, fingerprint("content " + (i % 10))));
        }
        delete(SPECS);
        assertThat(look(SPECS).files()).isEmpty();
    }

    @Test
    void of_a_directory_all_files_below_it_are_looked_at() {
        write("secrets/one", "1");
        write("secrets/deep/er/two", "2");
        write("other/three", "3");
        assertThat(look("secrets"))
                .isEqualTo(new FileSnapshot(
                        Map.of("secrets/one", fingerprint("1"), "secrets/deep/er/two", fingerprint("2")), Set.of()));
        delete("secrets/deep");
        assertThat(look("secrets").files()).containsOnlyKeys("secrets/one");
    }

    @Test
    void a_link_says_where_it_leads_and_has_the_content_that_is_read_through_it() {
        write("elsewhere/specs", "a");
        link(SPECS, "../elsewhere/specs");
        Fingerprint found = look(SPECS).files().get(SPECS);
        assertThat(found.sha256()).isEqualTo(fingerprint("a").sha256());
        assertThat(found.note()).isEqualTo("a link to elsewhere/specs");
        write("elsewhere/specs", "b");
        assertThat(look(SPECS).files().get(SPECS).sha256())
                .isEqualTo(fingerprint("b").sha256());
    }

    @Test
    void a_link_in_the_place_of_the_directory_shows_as_well() {
        write("elsewhere/specs.json", "a");
        link("config", "elsewhere");
        assertThat(look(SPECS, "config/none.json").files())
                .containsExactly(
                        Map.entry(SPECS, new Fingerprint(fingerprint("a").sha256(), "a link to elsewhere/specs.json")));
    }

    @Test
    void a_link_that_leads_nowhere_or_in_circles_is_there_all_the_same() {
        link("one", "nowhere");
        link("two", "two");
        Map<String, Fingerprint> found = look("one", "two").files();
        assertThat(found.keySet()).containsExactly("one", "two");
        assertThat(found.values())
                .allMatch(fingerprint ->
                        fingerprint.sha256() == null && fingerprint.note().startsWith("a link to "));
    }

    @Test
    void a_link_below_a_directory_is_not_followed() {
        write("elsewhere/file", "a");
        write("secrets/one", "1");
        link("secrets/more", "../elsewhere");
        Map<String, Fingerprint> found = look("secrets").files();
        assertThat(found).containsOnlyKeys("secrets/one", "secrets/more");
        assertThat(found.get("secrets/more").sha256()).isNull();
        assertThat(found.get("secrets/more").note()).startsWith("a link to ");
    }

    @Test
    void what_lies_too_deep_is_unknown_and_silences_nothing_else() {
        String deepest = "secrets" + "/d".repeat(256);
        write("secrets/one", "1");
        write(deepest + "/two", "2");
        write(deepest + "/d/three", "3");
        write(deepest + "/d/d/four", "4");
        assertThat(look("secrets"))
                .isEqualTo(new FileSnapshot(
                        Map.of("secrets/one", fingerprint("1"), deepest + "/two", fingerprint("2")),
                        Set.of(deepest + "/d")));
        delete(deepest + "/d");
        assertThat(look("secrets").unknown()).isEmpty();
    }

    @Test
    void looking_changes_nothing() {
        look(SPECS, ".claude/settings.json", "secrets");
        assertThat(look("config", ".claude", "secrets")).isEqualTo(new FileSnapshot(Map.of(), Set.of()));
    }
}
