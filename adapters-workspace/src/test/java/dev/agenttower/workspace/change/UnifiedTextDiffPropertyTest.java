package dev.agenttower.workspace.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.change.TextDiff;
import dev.agenttower.core.governance.change.WholeTextDiff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Both diffs are such that patch(1) makes the one text of the other. */
class UnifiedTextDiffPropertyTest {
    @Property(tries = 60)
    void patch_makes_the_one_text_of_the_other(@ForAll("texts") String before, @ForAll("texts") String after)
            throws IOException, InterruptedException {
        Assume.that(Files.isExecutable(Path.of("/usr/bin/patch")));
        for (TextDiff diff : List.of(new UnifiedTextDiff(), new WholeTextDiff())) {
            String unified = diff.unified("f", before, after);
            assertThat(unified.isEmpty()).isEqualTo(before.equals(after));
            if (!unified.isEmpty()) {
                assertThat(patched(before, unified)).isEqualTo(after);
            }
        }
    }

    private static String patched(String before, String diff) throws IOException, InterruptedException {
        Path file = Files.createTempFile("diff", ".txt");
        Path patch = Files.createTempFile("diff", ".patch");
        try {
            Files.writeString(file, before);
            Files.writeString(patch, diff);
            Process process = new ProcessBuilder("patch", "--binary", "-s", file.toString(), patch.toString())
                    .redirectErrorStream(true)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(out + diff).isZero();
            return Files.exists(file) ? Files.readString(file) : "";
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(patch);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> lines = Arbitraries.of("a\n", "b\n", "c\n", "\n", "d\r\n");
        Arbitrary<String> last = Arbitraries.of("", "a", "b");
        return lines.list().ofMaxSize(12).flatMap(list -> last.map(end -> String.join("", list) + end));
    }
}
