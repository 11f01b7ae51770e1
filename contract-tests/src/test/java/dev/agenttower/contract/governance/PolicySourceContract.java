package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.policy.Policy;
import dev.agenttower.core.governance.policy.PolicyFiles;
import dev.agenttower.core.governance.policy.PolicyProblem;
import dev.agenttower.core.governance.policy.PolicySource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link PolicySource} must do. */
abstract class PolicySourceContract {
    private static final String JURISDICTIONS =
            "{\"jurisdictions\": {\"Dev\": [\"src/\"], \"Ops\": {\"paths\": [\"ops\"], \"action_types\": [\"edit\"], \"locked\": true}}}";
    private static final String SPECS =
            "{\"specs\": {\"SPEC-1\": {\"title\": \"T\", \"status\": \"approved\", \"roles\": [\"Dev\"], \"action_types\": [\"edit\"], \"paths\": [\"src\"]}}}";

    abstract PolicySource source();

    /** Replaces or removes a policy file. */
    abstract void put(String file, @Nullable String text);

    @Test
    void reads_roles_in_both_forms_and_specs() {
        put(PolicyFiles.JURISDICTIONS, JURISDICTIONS);
        put(PolicyFiles.SPECS, SPECS);
        Policy policy = source().current();
        assertThat(policy.problems()).isEmpty();
        assertThat(policy.isInJurisdiction("Dev", "src/a")).isTrue();
        assertThat(policy.roles().get("Ops").locked()).isTrue();
        assertThat(policy.authorizes("SPEC-1", "Dev", "edit")).isTrue();
        assertThat(policy.isCovered("SPEC-1", "src/a")).isTrue();
        assertThat(policy.spelled("dEV")).isEqualTo("Dev");
        assertThat(policy.spelled("Other")).isEqualTo("Other");
    }

    @Test
    void notices_every_change() {
        put(PolicyFiles.JURISDICTIONS, JURISDICTIONS);
        put(PolicyFiles.SPECS, SPECS);
        PolicySource source = source();
        for (int i = 0; i < 50; i++) {
            put(PolicyFiles.SPECS, SPECS);
            assertThat(source.current().authorizes("SPEC-1", "Dev", "edit")).isTrue();
            put(PolicyFiles.SPECS, SPECS.replace("approved", "aPproved"));
            assertThat(source.current().authorizes("SPEC-1", "Dev", "edit")).isFalse();
        }
        put(PolicyFiles.SPECS, null);
        assertThat(source.current().specs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"specs\": []}",
                "{\"specs\": {\"S\": []}}",
                "{\"specs\": {\"S\": {\"roles\": \"Dev\"}}}",
                "{\"specs\": {}} x"
            })
    void a_broken_file_allows_nothing_and_is_named(String text) {
        put(PolicyFiles.JURISDICTIONS, JURISDICTIONS);
        put(PolicyFiles.SPECS, text);
        Policy policy = source().current();
        assertThat(policy.specs()).isEmpty();
        assertThat(policy.problems()).extracting(PolicyProblem::file).containsExactly(PolicyFiles.SPECS);
        assertThat(policy.roles()).hasSize(2);
    }

    @Test
    void settings_may_be_missing_and_tell_the_default_role_apart_from_none() {
        assertThat(source().current().settings().defaultRole()).isEqualTo("Backend_Engineer");
        put(PolicyFiles.SETTINGS, "{\"default_role\": null, \"sovereign_paths\": [\"secrets/\"]}");
        Policy policy = source().current();
        assertThat(policy.settings().defaultRole()).isNull();
        assertThat(policy.protectedPaths().isSovereign("secrets/key")).isTrue();
        assertThat(policy.problemOf(PolicyFiles.SETTINGS)).isNull();
        put(PolicyFiles.SETTINGS, "{\"default_role\": \"Dev\"}");
        assertThat(source().current().settings().defaultRole()).isEqualTo("Dev");
        put(PolicyFiles.SETTINGS, "{\"default_role\": 7}");
        assertThat(source().current().problemOf(PolicyFiles.SETTINGS)).isNotNull();
    }
}
