package dev.agenttower.contract.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SourcesTest {
    @Test
    void production_code_never_reads_a_variable_of_the_tests() throws IOException {
        Path root = Path.of("").toAbsolutePath().getParent();
        try (Stream<Path> files = Files.walk(root, 20)) {
            List<Path> readers = files.filter(file -> file.toString().contains("/src/main/"))
                    .filter(file -> !file.startsWith(root.resolve("contract-tests")))
                    .filter(Files::isRegularFile)
                    .filter(SourcesTest::namesTestVariable)
                    .toList();
            assertThat(readers)
                    .as("what a test can switch in production, an attacker can switch as well")
                    .isEmpty();
        }
    }

    private static boolean namesTestVariable(Path file) {
        try {
            return Files.readString(file).contains("AGENTTOWER_TEST_");
        } catch (IOException e) {
            return false; // not text
        }
    }
}
