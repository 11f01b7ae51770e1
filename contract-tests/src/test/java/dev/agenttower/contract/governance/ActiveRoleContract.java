package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.role.ActiveRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an {@link ActiveRole} must do. */
abstract class ActiveRoleContract {
    /** The active role of a project that says this; null for nothing. */
    abstract ActiveRole saying(@Nullable String role, @Nullable String spec);

    @Test
    void gives_what_the_project_says() {
        ActiveRole active = saying("Backend_Engineer", "SPEC-001");
        assertThat(active.role()).contains("Backend_Engineer");
        assertThat(active.spec()).contains("SPEC-001");
    }

    @Test
    void role_and_spec_are_named_apart() {
        assertThat(saying(null, "SPEC-001").role()).isEmpty();
        assertThat(saying(null, "SPEC-001").spec()).contains("SPEC-001");
        assertThat(saying("Architect", null).spec()).isEmpty();
    }

    @Test
    void leaves_out_the_blanks_around_a_name() {
        assertThat(saying(" Architect\r\n", "\tSPEC-001 ").role()).contains("Architect");
        assertThat(saying(" Architect\r\n", "\tSPEC-001 ").spec()).contains("SPEC-001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n"})
    void a_blank_names_nothing(String blank) {
        assertThat(saying(blank, blank).role()).isEmpty();
        assertThat(saying(blank, blank).spec()).isEmpty();
    }
}
