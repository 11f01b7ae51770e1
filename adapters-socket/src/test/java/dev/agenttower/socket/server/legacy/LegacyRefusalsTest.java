package dev.agenttower.socket.server.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.server.wire.Envelope;
import dev.agenttower.socket.server.wire.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LegacyRefusalsTest {
    private final LegacyRefusals refusals = new LegacyRefusals();

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void every_code_of_the_older_set_is_said_as_it_is_and_others_are_faults(ErrorCode code) {
        Failure failure = refusals.apply(new RefusedException(code, "why", Map.of("secret", 1)));

        assertThat(failure.code()).isEqualTo(code.isLegacy() ? code : ErrorCode.INTERNAL_ERROR);
        assertThat(Envelope.LEGACY.failure(failure).path("error").fieldNames())
                .toIterable()
                .containsExactly("code", "message");
    }

    @Test
    void messages_are_one_bounded_line_and_never_empty() {
        assertThat(message("a\tb\nc\u0007" + "x".repeat(3_000)))
                .startsWith("a b cx")
                .hasSize(2_048);
        assertThat(message("\u0007")).isEqualTo("agent_not_found");
    }

    private String message(String given) {
        return refusals.apply(new RefusedException(ErrorCode.AGENT_NOT_FOUND, given))
                .message();
    }
}
