package dev.agenttower.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AuditRecordTest {
    @Test
    void keeps_the_order_of_its_fields_and_does_not_change_with_its_source() {
        Map<String, Object> payload = new LinkedHashMap<>();
        List<Object> list = new ArrayList<>(Arrays.asList("b", null, 1));
        payload.put("z", list);
        payload.put("a", null);
        AuditRecord record = AuditRecord.of("some_change", payload);
        list.clear();
        payload.clear();

        assertThat(record.fields()).containsOnlyKeys("type", "payload");
        Map<?, ?> kept = (Map<?, ?>) record.fields().get("payload");
        assertThat(List.copyOf(kept.keySet())).isEqualTo(List.of("z", "a"));
        assertThat(kept.get("z")).isEqualTo(Arrays.asList("b", null, 1));
    }

    @Test
    void of_a_control_panel_names_origin_and_session_before_the_rest() {
        AuditRecord record = AuditRecord.ofApp("agent_registered", 3, Map.of("agent_id", "agt_0"));
        assertThat(record.fields().keySet()).containsExactly("event_type", "origin", "app_session_id", "agent_id");
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void refuses_what_JSON_cannot_carry(Object value) {
        assertThatIllegalArgumentException().isThrownBy(() -> AuditRecord.of("x", Map.of("deep", List.of(value))));
    }

    static List<Object> impossible() {
        Map<Object, Object> numbered = new HashMap<>();
        numbered.put(1, "one");
        return List.of(Double.NaN, Float.POSITIVE_INFINITY, new Object(), 'c', numbered);
    }
}
