package dev.agenttower.core.agent.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateSequenceTest {
    private static final String STOP = "\u001b\\";

    private static String last(String output) {
        return shown(StateSequence.last(ByteBuffer.wrap(output.getBytes(UTF_8))));
    }

    private static String shown(Optional<Reading> reading) {
        return reading.map(found -> found.state().wire()).orElse("-");
    }

    /** All that Codex printed in a session: a prompt, a dialog that was answered, the end. */
    private static byte[] recorded() throws IOException {
        try (InputStream in = StateSequenceTest.class.getResourceAsStream("/screens/codex/session.raw")) {
            return in.readAllBytes();
        }
    }

    @Test
    void a_recorded_session_tells_each_state_once_however_it_is_cut() throws IOException {
        byte[] all = recorded();
        for (int size : new int[] {1, 7, 100}) {
            List<String> states = new ArrayList<>();
            for (int from = 0; from < all.length; from += size) {
                int begin = Math.max(0, from - 64);
                int end = Math.min(all.length, from + size);
                StateSequence.last(
                                ByteBuffer.wrap(all, begin, end - begin).slice().position(from - begin))
                        .ifPresent(reading -> states.add(reading.state().wire()));
            }
            assertThat(states)
                    .as("parts of " + size)
                    .containsExactly(
                            "idle", "working", "idle", "working", "waiting_permission", "working", "idle", "idle");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "state=error:app=codex, error",
        "state=blocked:app=codex:kind=question, waiting_input",
        "state=clear, -",
        "state=later:app=codex, -",
        "'', -",
        "state:=:::working, -"
    })
    void a_sequence_tells_a_state(String text, String state) {
        assertThat(last("\u001b]7501;" + text + STOP + "x")).isEqualTo(state);
        assertThat(last("\u001b]7501;" + text + "\u0007")).isEqualTo(state);
        assertThat(last("\u001b]7501;" + text)).isEqualTo("-");
    }

    @Test
    void the_last_whole_sequence_counts() {
        String working = "\u001b]7501;state=working:app=codex" + STOP;
        assertThat(last(working + "\u001b]7501;state=idle:app=codex" + STOP)).isEqualTo("idle");
        assertThat(last(working + "\u001b]7501;state=id")).isEqualTo("working");
        assertThat(last(working + "\u001b]7501;" + "x".repeat(500) + STOP)).isEqualTo("working");
    }

    @Property
    void any_output_tells_something_or_nothing(@ForAll byte[] output, @ForAll @IntRange(max = 100) int position) {
        ByteBuffer bytes = ByteBuffer.wrap(output).position(Math.min(position, output.length));
        assertThat(StateSequence.last(bytes).filter(found -> found.evidence() != Evidence.CLIENT))
                .isEmpty();
    }
}
