package dev.agenttower.contract.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads JSON as the strictest of readers do; with jq as well, where there is one. */
final class StrictJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private StrictJson() {}

    /** Reads values, one a line. */
    static void read(String lines) {
        for (String line : lines.split("\n")) {
            try {
                check(JSON.readTree(line));
            } catch (IOException e) {
                throw new UncheckedIOException(line, e);
            }
        }
        jq(lines);
    }

    private static void check(JsonNode value) {
        if (value.isDouble()) {
            assertThat(value.doubleValue()).isFinite();
        } else if (value.isTextual()) {
            assertWhole(value.textValue());
        }
        value.fieldNames().forEachRemaining(StrictJson::assertWhole);
        value.forEach(StrictJson::check);
    }

    private static void assertWhole(String text) {
        assertThat(new String(text.getBytes(UTF_8), UTF_8)).isEqualTo(text);
    }

    private static void jq(String text) {
        boolean isThere = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "jq")));
        if (!isThere) {
            return;
        }
        try {
            Process jq = new ProcessBuilder("jq", ".").redirectErrorStream(true).start();
            try (var in = jq.getOutputStream()) {
                in.write(text.getBytes(UTF_8));
            }
            String output = new String(jq.getInputStream().readAllBytes(), UTF_8);
            assertThat(jq.waitFor()).as(output).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
