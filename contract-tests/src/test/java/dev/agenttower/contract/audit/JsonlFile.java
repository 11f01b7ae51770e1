package dev.agenttower.contract.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a file of audit lines back. */
final class JsonlFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final TypeReference<LinkedHashMap<String, @Nullable Object>> FIELDS = new TypeReference<>() {};

    private JsonlFile() {}

    /** The records of the file without their stamps, each of which is checked. */
    static List<Map<String, @Nullable Object>> read(Path file) throws IOException {
        List<Map<String, @Nullable Object>> records = new ArrayList<>();
        for (String line : Files.readAllLines(file, UTF_8)) {
            assertThat(line).startsWith("{\"ts\":\"");
            Map<String, @Nullable Object> fields = JSON.readValue(line, FIELDS);
            assertThat((String) fields.remove("ts"))
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00");
            records.add(fields);
        }
        return records;
    }
}
