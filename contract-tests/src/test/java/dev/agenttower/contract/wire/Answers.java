package dev.agenttower.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Opens envelopes, after looking at every key of theirs. */
final class Answers {
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Answers() {}

    /** One JSON value. */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    /** A value as JSON. */
    static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /** The names of an object, in order. */
    static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** The texts of an array, in order. */
    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    /** One field of every element of an array, in order. */
    static List<String> each(JsonNode array, String field) {
        List<String> values = new ArrayList<>();
        array.forEach(element -> values.add(element.path(field).asText()));
        return values;
    }

    /** The result of an older method that succeeded. */
    static JsonNode result(JsonNode answer) {
        assertThat(keys(answer)).as(answer.toString()).containsExactly("ok", "result");
        assertThat(answer.path("ok")).isEqualTo(tree(true));
        return answer.path("result");
    }

    /** The message of an older method that refused. */
    static String refusal(JsonNode answer, String code) {
        assertThat(keys(answer)).as(answer.toString()).containsExactly("ok", "error");
        assertThat(answer.path("ok")).isEqualTo(tree(false));
        JsonNode error = answer.path("error");
        assertThat(keys(error)).containsExactly("code", "message");
        assertThat(error.path("code").asText()).as(answer.toString()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotBlank();
        return error.path("message").asText();
    }

    /** The result of a method of the contract that succeeded. */
    static JsonNode appResult(JsonNode answer) {
        assertThat(keys(answer)).as(answer.toString()).containsExactly("ok", "app_contract_version", "result");
        assertThat(answer.path("ok")).isEqualTo(tree(true));
        assertThat(answer.path("app_contract_version").asText()).isEqualTo("1.1");
        assertThat(answer.path("result").isObject()).isTrue();
        return answer.path("result");
    }

    /** The details of a method of the contract that refused. */
    static JsonNode appRefusal(JsonNode answer, String code) {
        assertThat(keys(answer)).as(answer.toString()).containsExactly("ok", "app_contract_version", "error");
        assertThat(answer.path("ok")).isEqualTo(tree(false));
        assertThat(answer.path("app_contract_version").asText()).isEqualTo("1.1");
        JsonNode error = answer.path("error");
        assertThat(keys(error)).containsExactly("code", "message", "details");
        assertThat(error.path("code").asText()).as(answer.toString()).isEqualTo(code);
        assertThat(error.path("message").asText()).isNotBlank();
        assertThat(error.path("details").isObject()).isTrue();
        return error.path("details");
    }

    /** Expects a refusal with exactly these details. */
    static void assertAppRefused(JsonNode answer, String code, Map<String, ?> details) {
        assertThat(appRefusal(answer, code)).as(answer.toString()).isEqualTo(tree(details));
    }

    /** Expects that a parameter was refused. */
    static void assertInvalid(JsonNode answer, String field, String reason) {
        assertAppRefused(answer, "validation_failed", Map.of("field", field, "reason", reason));
    }
}
