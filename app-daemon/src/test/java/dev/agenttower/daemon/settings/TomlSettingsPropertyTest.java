package dev.agenttower.daemon.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.settings.InvalidSettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

final class TomlSettingsPropertyTest {
    private static Path folder = Path.of("unset");

    @BeforeContainer
    static void create_a_folder() throws IOException {
        folder = Files.createTempDirectory("settings");
    }

    @AfterContainer
    static void remove_the_folder() throws IOException {
        Files.deleteIfExists(folder.resolve("config.toml"));
        Files.deleteIfExists(folder);
    }

    @Property(tries = 500)
    void whatever_bytes_the_file_holds_only_the_declared_failure_is_thrown(@ForAll byte[] bytes) {
        readAll(bytes);
    }

    @Property(tries = 500)
    void whatever_text_the_file_holds_only_the_declared_failure_is_thrown(@ForAll("almostToml") String text) {
        readAll(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void readAll(byte[] bytes) {
        Path file = folder.resolve("config.toml");
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TomlSettings settings = new TomlSettings(file);
        failsAsDeclared(settings::containerRule);
        failsAsDeclared(settings::events);
        failsAsDeclared(settings::discovery);
    }

    private static void failsAsDeclared(Runnable reading) {
        try {
            reading.run();
        } catch (InvalidSettingsException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThanOrEqualTo(4096);
            assertThat(e.getMessage().chars()).allMatch(c -> c >= 0x20 || c == '\t' || c == '\n');
        }
    }

    @Provide
    Arbitrary<String> almostToml() {
        Arbitrary<String> key = Arbitraries.of(
                "containers",
                "events",
                "host",
                "discovery",
                "name_contains",
                "enabled",
                "live",
                "max_page_size",
                "long_running_grace_seconds",
                "\"\"",
                "a.b",
                "'");
        Arbitrary<String> value = Arbitraries.of(
                "1",
                "-1",
                "1e400",
                "99999999999999999999",
                "nan",
                "inf",
                "true",
                "'x'",
                "\"\\u0000\"",
                "\"\\uD800\"",
                "[]",
                "[1, 'x']",
                "[[[[[[]]]]]]",
                "{a = 1}",
                "{}",
                "1979-05-27",
                "07:32:00",
                "9999-99-99",
                "1979-05-27T00:32:00-07:00",
                "0x",
                "0b2",
                "1__0",
                "\"\"\"",
                "");
        Arbitrary<String> assignment = Combinators.combine(key, value).as((k, v) -> k + " = " + v + "\n");
        Arbitrary<String> header = key.map(k -> "[" + k + "]\n");
        Arbitrary<String> noise = Arbitraries.strings().ofMaxLength(6);
        return Arbitraries.oneOf(assignment, header, noise).list().ofMaxSize(8).map(lines -> String.join("", lines));
    }
}
