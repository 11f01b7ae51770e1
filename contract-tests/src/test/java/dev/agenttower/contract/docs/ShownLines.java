package dev.agenttower.contract.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a test between {@code // example: NAME} and {@code // end}, which a document shows as they are. */
final class ShownLines {
    private static final Path SOURCES = Programs.root().resolve("contract-tests/src/test/java");

    private ShownLines() {}

    static void assertShown(String document, Class<?> test, String... examples) throws IOException {
        String shown = Files.readString(Programs.root().resolve("docs").resolve(document));
        for (String example : examples) {
            assertThat(shown).contains("```java\n" + lines(test, example) + "```\n");
        }
    }

    private static String lines(Class<?> test, String example) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(SOURCES.resolve(test.getName().replace('.', '/') + ".java"))) {
            if (inside && line.strip().equals("// end")) {
                return String.join("\n", lines).stripIndent() + "\n";
            }
            if (inside) {
                lines.add(line);
            }
            inside |= line.strip().equals("// example: " + example);
        }
        throw new AssertionError("no example " + example);
    }
}
