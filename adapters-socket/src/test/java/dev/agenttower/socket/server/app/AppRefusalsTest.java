package dev.agenttower.socket.server.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.container.ContainerId;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.pane.PaneKey;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.socket.server.wire.Failure;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AppRefusalsTest {
    private static final PaneKey PANE = new PaneKey(new ContainerId("c1"), "/tmp/s", "main", 0, 0, "%7");
    private static final Map<String, Object> SUBJECT =
            Map.of("agent_id", "agt_parent", "pane_id", "%7", "container_id", "c1");
    private static final Map<String, Object> EVERYTHING = everything();

    private final AppRefusals refusals = new AppRefusals();

    private static Map<String, Object> everything() {
        Map<String, Object> details = new LinkedHashMap<>();
        for (String key : new String[] {
            "reason",
            "field",
            "daemon_app_contract_version",
            "agent_id",
            "pane_id",
            "mismatch_field",
            "route_id",
            "message_id",
            "scan_id",
            "container_id",
            "secret"
        }) {
            details.put(key, key);
        }
        details.put("client_app_contract_major", 2);
        details.put("size_limit_bytes", 1);
        details.put("actual_size_bytes", 2);
        return details;
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void every_code_is_said_in_the_closed_set_with_exactly_its_details(ErrorCode code) {
        Failure failure = refusals.apply(new RefusedException(code, "no", EVERYTHING));

        assertThat(failure.code().isApp()).isTrue();
        assertThat(failure.details().keySet()).isEqualTo(keys(failure.code()));
        assertThat(Envelope.APP.failure(failure).path("error").path("code").asText())
                .isEqualTo(failure.code().wire());
    }

    private static Set<String> keys(ErrorCode code) {
        return switch (code) {
            case MALFORMED_REQUEST, PERMISSION_DENIED -> Set.of("reason");
            case VALIDATION_FAILED -> Set.of("field", "reason");
            case APP_CONTRACT_MAJOR_UNSUPPORTED -> Set.of("daemon_app_contract_version", "client_app_contract_major");
            case PANE_ALREADY_REGISTERED, AGENT_NOT_FOUND -> Set.of("agent_id");
            case PANE_NOT_FOUND -> Set.of("pane_id", "mismatch_field");
            case ROUTE_NOT_FOUND -> Set.of("route_id");
            case QUEUE_MESSAGE_NOT_FOUND -> Set.of("message_id");
            case SCAN_TIMEOUT, SCAN_NOT_FOUND -> Set.of("scan_id");
            case CONTAINER_INACTIVE -> Set.of("container_id");
            case LOG_ATTACH_BLOCKED -> Set.of("agent_id", "reason");
            case PAYLOAD_TOO_LARGE -> Set.of("size_limit_bytes", "actual_size_bytes");
            default -> Set.of();
        };
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void no_code_needs_more_than_a_sentence(ErrorCode code) {
        Failure failure = refusals.apply(new RefusedException(code, ""));

        assertThat(failure.code().isApp()).isTrue();
        assertThat(failure.message()).isNotBlank();
    }

    @Test
    void codes_that_nothing_here_can_lead_to_are_faults() {
        EnumSet<ErrorCode> faults = EnumSet.noneOf(ErrorCode.class);
        for (ErrorCode code : ErrorCode.values()) {
            Failure failure = refusals.apply(new RefusedException(code, "secret", EVERYTHING));
            if (failure.code() == ErrorCode.INTERNAL_ERROR) {
                assertThat(failure.message()).doesNotContain("secret");
                faults.add(code);
            }
        }

        assertThat(faults)
                .contains(ErrorCode.INTERNAL_ERROR, ErrorCode.DOCKER_TIMEOUT, ErrorCode.BAD_JSON)
                .doesNotContain(ErrorCode.VALUE_OUT_OF_SET, ErrorCode.PARENT_INACTIVE, ErrorCode.AGENT_INACTIVE)
                .allMatch(code -> !code.isApp() || code == ErrorCode.INTERNAL_ERROR);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "PARENT_NOT_FOUND | AGENT_NOT_FOUND | {agent_id=agt_parent}",
                "PARENT_INACTIVE | AGENT_NOT_FOUND | {agent_id=agt_parent}",
                "MASTER_VIA_REGISTER_SELF_REJECTED | VALIDATION_FAILED | {field=role, reason=master_via_register_self_rejected}",
                "SWARM_PARENT_REQUIRED | VALIDATION_FAILED | {field=parent_agent_id, reason=swarm_parent_required}",
                "PARENT_ROLE_MISMATCH | VALIDATION_FAILED | {field=parent_agent_id, reason=parent_role_mismatch}",
                "PARENT_IMMUTABLE | VALIDATION_FAILED | {field=parent_agent_id, reason=parent_immutable}",
                "PARENT_ROLE_INVALID | VALIDATION_FAILED | {field=parent_agent_id, reason=parent_role_invalid}",
                "PANE_UNKNOWN_TO_DAEMON | PANE_NOT_FOUND | {pane_id=%7, mismatch_field=pane_id}",
                "TARGET_CONTAINER_INACTIVE | CONTAINER_INACTIVE | {container_id=c1}",
                "VALUE_OUT_OF_SET | VALIDATION_FAILED | {field=params, reason=value_out_of_set}",
                "FIELD_TOO_LONG | VALIDATION_FAILED | {field=params, reason=field_too_long}",
                "AGENT_NOT_FOUND | AGENT_NOT_FOUND | {agent_id=agt_parent}",
                "MASTER_CONFIRM_REQUIRED | VALIDATION_FAILED | {field=role, reason=master_confirm_required}",
            })
    void codes_of_the_older_methods_are_translated(ErrorCode from, ErrorCode to, String details) {
        Failure failure = refusals.apply(new RefusedException(from, "no", SUBJECT));

        assertThat(failure.code()).isEqualTo(to);
        assertThat(failure.details()).hasToString(details);
    }

    @Test
    void an_inactive_agent_is_not_found() {
        Failure failure =
                refusals.apply(new RefusedException(ErrorCode.AGENT_INACTIVE, "no", Map.of("agent_id", "agt_x")));

        assertThat(failure.code()).isEqualTo(ErrorCode.AGENT_NOT_FOUND);
        assertThat(failure.details()).hasToString("{agent_id=agt_x}");
    }

    @ParameterizedTest
    @EnumSource(
            value = ErrorCode.class,
            names = {"VALUE_OUT_OF_SET", "FIELD_TOO_LONG", "PROJECT_PATH_INVALID"})
    void the_field_that_breaks_a_rule_is_named(ErrorCode code) {
        Failure failure = refusals.apply(new RefusedException(code, "no", Map.of("field", "label")));

        assertThat(failure.details()).hasToString("{field=label, reason=" + code.wire() + "}");
        assertThat(failure.message()).isEqualTo("no");
    }
}
