package dev.agenttower.daemon.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.agent.AdoptionRule;
import dev.agenttower.core.agent.Capability;
import dev.agenttower.core.agent.LabelPattern;
import dev.agenttower.core.agent.NamePattern;
import dev.agenttower.core.agent.Role;
import dev.agenttower.core.event.EventRule;
import dev.agenttower.core.event.EventType;
import dev.agenttower.core.governance.human.KnownClient;
import dev.agenttower.core.settings.ContainerRule;
import dev.agenttower.core.settings.DiscoverySettings;
import dev.agenttower.core.settings.DiscoverySettings.HostBenchMode;
import dev.agenttower.core.settings.EventSettings;
import dev.agenttower.core.settings.InvalidSettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TomlSettingsTest {
    @TempDir
    private Path folder;

    private TomlSettings settings(String toml) throws IOException {
        return new TomlSettings(Files.writeString(file(), toml));
    }

    private Path file() {
        return folder.resolve("config.toml");
    }

    @Test
    void gives_the_defaults_where_the_file_is_missing() {
        TomlSettings settings = new TomlSettings(file());
        assertThat(settings.containerRule()).isEqualTo(ContainerRule.DEFAULT);
        assertThat(settings.events()).isEqualTo(EventSettings.DEFAULT);
        assertThat(settings.discovery()).isEqualTo(DiscoverySettings.DEFAULT);
    }

    @Test
    void gives_the_defaults_where_tables_and_keys_are_missing() throws IOException {
        TomlSettings settings = settings("[containers]\nscan_interval_seconds = 5\n[other]\nx = 1\n");
        assertThat(settings.containerRule()).isEqualTo(ContainerRule.DEFAULT);
        assertThat(settings.events()).isEqualTo(EventSettings.DEFAULT);
    }

    @Test
    void reads_further_clients_of_agents() throws IOException {
        assertThat(settings("").agentClients()).isEmpty();
        assertThat(settings("[[agents.clients]]\ntitle = 'Mine'\nprograms = ['my-agent']\nvariables = ['MY_AGENT']\n")
                        .agentClients())
                .containsExactly(new KnownClient("Mine", Set.of("my-agent"), Set.of(), Set.of("MY_AGENT")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "programs=['x'] | title must be a string",
                "title='x' | needs programs, folders or variables",
                "title='x', programs='x' | programs must be an array of at most 100 strings",
                "title='x', programs=[''] | programs must hold strings of 1 to 200 characters",
                "title='x', regex=['.*'] | unknown key 'regex'"
            })
    void names_the_broken_client(String client, String message) throws IOException {
        TomlSettings settings = settings("agents.clients = [{title='ok', programs=['a']}, {" + client + "}]");
        assertThatThrownBy(settings::checkRules)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("[[agents.clients]] number 2 " + message);
    }

    @ParameterizedTest
    @CsvSource({"wait, false", "type, true"})
    void reads_when_prompts_are_typed(String when, boolean joins) throws IOException {
        assertThat(settings("[queue]\nwhen_working = '" + when + "'\n").joinsTurns())
                .isEqualTo(joins);
        assertThat(settings("").joinsTurns()).isFalse();
        assertThatThrownBy(settings("[queue]\nwhen_working = 'soon'\n")::checkRules)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("[queue] when_working");
        assertThat(settings("[queue]\nwhen_typing = 'send'\n").joinsInput()).isTrue();
        assertThat(settings("").joinsInput()).isFalse();
        assertThatThrownBy(settings("[queue]\nwhen_typing = 'type'\n")::checkRules)
                .hasMessageContaining("[queue] when_typing");
    }

    @Test
    void reads_the_file_anew_at_each_call() throws IOException {
        TomlSettings settings = settings("[containers]\nname_contains = ['one']\n");
        assertThat(settings.containerRule().needles()).containsExactly("one");
        Files.writeString(file(), "[containers]\nname_contains = [' two ']\n");
        assertThat(settings.containerRule().needles()).containsExactly("two");
    }

    @Test
    void a_silent_agent_is_stuck_after_the_seconds_of_the_file() throws IOException {
        assertThat(settings("[agents]\n").stuckAfter()).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings("[agents]\nstuck_after = 10\n").stuckAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "86401", "'x'", "1.5", "true"})
    void another_time_is_refused_before_the_daemon_starts(String value) throws IOException {
        assertThatThrownBy(settings("[agents]\nstuck_after = " + value + "\n")::checkRules)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("[agents] stuck_after must be an integer from 10 to 86400; got ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x = ", "[containers\n", "a = 1\na = 2\n", "= 3", "\u0000"})
    void names_the_file_that_is_no_toml(String toml) throws IOException {
        assertThatThrownBy(settings(toml)::containerRule)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageStartingWith("failed to parse " + file() + ": ");
    }

    @Test
    void names_the_file_that_is_not_utf_8() throws IOException {
        Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThatThrownBy(new TomlSettings(file())::events)
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("failed to parse " + file() + ": not UTF-8");
    }

    @Test
    void bounds_and_cleans_messages() throws IOException {
        String needle = "x".repeat(5000);
        assertThatThrownBy(settings("[containers]\nname_contains = ['" + needle + "']\n")::containerRule)
                .isInstanceOf(InvalidSettingsException.class)
                .satisfies(failure -> assertThat(failure.getMessage()).hasSizeLessThanOrEqualTo(2048));
    }

    @Nested
    class Containers {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "containers = 5 | [containers] must be a TOML table; got integer",
                    "containers = 'x' | [containers] must be a TOML table; got string",
                    "containers.name_contains = 5 | [containers] name_contains must be a list of strings; got 5 (integer)",
                    "containers.name_contains = true | [containers] name_contains must be a list of strings; got true (boolean)",
                    "containers.name_contains = [] | [containers] name_contains must be a non-empty list of non-empty strings; got []",
                    "containers.name_contains = ['a', 7] | [containers] name_contains[1] must be a string; got 7 (integer)",
                    "containers.name_contains = [1.5] | [containers] name_contains[0] must be a string; got 1.5 (float)",
                    "containers.name_contains = [\"a\", \"  \"] | [containers] name_contains[1] is blank after strip(); originally \"  \"",
                })
        void refuses_what_breaks_a_rule(String toml, String message) throws IOException {
            assertThatThrownBy(settings(toml)::containerRule).hasMessage(message);
        }

        @Test
        void refuses_more_than_32_needles_and_needles_of_more_than_128_characters() throws IOException {
            String many = "containers.name_contains = [" + "'a',".repeat(33) + "]";
            assertThatThrownBy(settings(many)::containerRule)
                    .hasMessage("[containers] name_contains has 33 entries; max is 32");
            String needle = "y".repeat(129);
            assertThatThrownBy(settings("containers.name_contains = ['" + needle + "']")::containerRule)
                    .hasMessage("[containers] name_contains[0] is 129 chars; max is 128; value=\"" + needle + "\"");
        }
    }

    @Nested
    class Events {
        @Test
        void reads_every_key() throws IOException {
            EventSettings read = settings("""
                            [events]
                            reader_cycle_wallclock_cap_seconds = 2
                            per_cycle_byte_cap_bytes = 100
                            per_event_excerpt_cap_bytes = 10
                            excerpt_truncation_marker = "~"
                            debounce_activity_window_seconds = 0.5
                            pane_exited_grace_seconds = 3
                            long_running_grace_seconds = 90.5
                            default_page_size = 4
                            max_page_size = 5
                            follow_long_poll_max_seconds = 6
                            follow_session_idle_timeout_seconds = 7
                            """).events();
            assertThat(read).isEqualTo(new EventSettings(2.0, 100, 10, "~", 0.5, 3.0, 90.5, 4, 5, 6.0, 7.0));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "events = []                              | [events] must be a TOML table; got array",
                    "events.nonsense = 1                      | [events] unknown key 'nonsense'",
                    "events.max_page_size = true              | [events] max_page_size must be an integer; got true",
                    "events.max_page_size = 5.0               | [events] max_page_size must be an integer; got 5.0",
                    "events.max_page_size = 51                | [events] max_page_size must be ≤ 50; got 51",
                    "events.max_page_size = 0                 | [events] max_page_size must be > 0; got 0",
                    "events.long_running_grace_seconds = true | [events] long_running_grace_seconds must be a number; got true",
                    "events.long_running_grace_seconds = 'x'  | [events] long_running_grace_seconds must be a number; got \"x\"",
                    "events.long_running_grace_seconds = -1   | [events] long_running_grace_seconds must be > 0; got -1",
                    "events.pane_exited_grace_seconds = 30.5  | [events] pane_exited_grace_seconds must be ≤ 30.0; got 30.5",
                    "events.debounce_activity_window_seconds=6| [events] debounce_activity_window_seconds must be ≤ 5.0; got 6",
                    "events.excerpt_truncation_marker = 3     | [events] excerpt_truncation_marker must be a string; got 3",
                    "events.max_page_size = 20                | [events] default_page_size (50) must be ≤ max_page_size (20)",
                    "events.per_cycle_byte_cap_bytes = 1000   | [events] per_cycle_byte_cap_bytes (1000) must be ≥ per_event_excerpt_cap_bytes (1024)",
                })
        void refuses_what_breaks_a_rule(String toml, String message) throws IOException {
            assertThatThrownBy(settings(toml)::events).hasMessage(message);
        }

        @Test
        void reads_rules_of_ones_own() throws IOException {
            List<EventRule> rules = settings("""
                            [[events.rules]]
                            name = "deployed"
                            type = "completed"
                            priority = 15
                            pattern = '^deployed (a+)+$'
                            """).eventRules();
            assertThat(rules).singleElement().satisfies(rule -> {
                assertThat(rule.id()).isEqualTo("own.deployed.v1");
                assertThat(rule.type()).isEqualTo(EventType.COMPLETED);
                assertThat(rule.priority()).isEqualTo(15);
                assertThat(rule.pattern().test("deployed aaa")).isTrue();
                assertThat(rule.pattern().test("deployed " + "a".repeat(10_000) + "b"))
                        .isFalse();
            });
            assertThat(settings("").eventRules()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "name='a', type='error', priority=1, pattern='('    | [[events.rules]] number 2 pattern is none of RE2",
                    "name='a', type='error', priority=1                 | [[events.rules]] number 2 pattern must be a string",
                    "name='a', type='error', priority=1, pattern='((a{1,100}){1,100}){1,100}b' | [[events.rules]] number 2 pattern repeats",
                    "name='a', type='error', priority=1, pattern='.{1,1000}.{1,1000}.{1,1000}' | [[events.rules]] number 2 pattern is too large",
                    "name='A', type='error', priority=1, pattern='x'    | [[events.rules]] number 2 name must be",
                    "name='a', type='long_running', priority=1, pattern='x' | [[events.rules]] number 2 type must be one of",
                    "name='a', type='error', priority=999, pattern='x'  | [[events.rules]] number 2 priority must be 1 to 998",
                    "name='a', type='error', priority=1, patern='x'     | [[events.rules]] number 2 unknown key 'patern'",
                    "name='ok', type='error', priority=1, pattern='x'   | [[events.rules]] number 2 name is taken",
                })
        void names_the_place_of_a_broken_rule(String rule, String message) throws IOException {
            String good = "{name='ok', type='error', priority=1, pattern='x'}";
            assertThatThrownBy(settings("events.rules = [" + good + ", {" + rule + "}]")::eventRules)
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageStartingWith(message);
        }

        @ParameterizedTest
        @ValueSource(strings = {"nan", "inf", "-inf"})
        void refuses_numbers_that_are_no_length_of_time(String number) throws IOException {
            assertThatThrownBy(settings("events.long_running_grace_seconds = " + number)::events)
                    .isInstanceOf(InvalidSettingsException.class);
        }
    }

    @Nested
    class Adoption {
        @Test
        void has_no_rules_by_default() throws IOException {
            assertThat(settings("").adoptionRules()).isEmpty();
            assertThat(settings("[adoption]\n").adoptionRules()).isEmpty();
        }

        @Test
        void reads_rules_in_their_order() throws IOException {
            List<AdoptionRule> rules = settings("""
                            [[adoption.rules]]
                            container = "api-*"
                            session = "work"
                            role = "slave"
                            capability = "claude"
                            label = "{container}-{window}"
                            attach_log = true

                            [[adoption.rules]]
                            session = "*"
                            """).adoptionRules();
            assertThat(rules)
                    .containsExactly(
                            new AdoptionRule(
                                    "[[adoption.rules]] number 1",
                                    new NamePattern("api-*"),
                                    new NamePattern("work"),
                                    Role.SLAVE,
                                    Capability.CLAUDE,
                                    new LabelPattern("{container}-{window}"),
                                    true),
                            new AdoptionRule(
                                    "[[adoption.rules]] number 2",
                                    null,
                                    new NamePattern("*"),
                                    Role.UNKNOWN,
                                    Capability.UNKNOWN,
                                    new LabelPattern(""),
                                    false));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "role='slave'                       | needs a container or a session",
                    "session=''                         | session must have 1 to 128 characters; got \"\"",
                    "container=3                        | container must be a string; got 3",
                    "session='*', role='boss'           | role \"boss\" is unknown; use one of master, slave",
                    "session='*', role='master'         | role: no rule makes an agent master",
                    "session='*', role='swarm'          | role: no rule makes an agent swarm",
                    "session='*', capability='gpt'      | capability \"gpt\" is unknown",
                    "session='*', label='{host}'        | label has the unknown placeholder {host}; use {container}",
                    "session='*', attach_log='yes'      | attach_log must be true or false; got \"yes\"",
                    "session='*', sesion='x'            | unknown key 'sesion'"
                })
        void names_the_place_of_a_broken_rule(String rule, String message) throws IOException {
            TomlSettings settings = settings("adoption.rules = [{session='ok'}, {" + rule + "}]");
            assertThatThrownBy(settings::adoptionRules)
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageStartingWith("[[adoption.rules]] number 2 " + message);
            assertThatThrownBy(settings::checkRules).isInstanceOf(InvalidSettingsException.class);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "adoption = 3 | [adoption] must be a TOML table",
                    "adoption.rule = 3 | [adoption] unknown key 'rule'",
                    "adoption.rules = 3 | [adoption] rules must be an array of tables; got 3 (integer)",
                    "adoption.rules = [3] | [[adoption.rules]] number 1 must be a table; got 3"
                })
        void refuses_what_is_no_list_of_rules(String toml, String message) throws IOException {
            assertThatThrownBy(settings(toml)::adoptionRules)
                    .isInstanceOf(InvalidSettingsException.class)
                    .hasMessageStartingWith(message);
        }
    }

    @Nested
    class Discovery {
        @ParameterizedTest
        @CsvSource({"true,ON", "false,OFF", "'\"auto\"',AUTO"})
        void knows_three_modes_of_the_host(String value, HostBenchMode mode) throws IOException {
            assertThat(settings("host.enabled = " + value).discovery().host()).isEqualTo(mode);
        }

        @Test
        void turns_watching_off() throws IOException {
            assertThat(settings("[discovery]\nlive = false\n").discovery().live())
                    .isFalse();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "host.enabled = 1 | [host] enabled must be \"auto\", true or false; got 1",
                    "host.enabled = 'on' | [host] enabled must be \"auto\", true or false; got \"on\"",
                    "host = 1 | [host] must be a TOML table; got integer",
                    "discovery.live = 1 | [discovery] live must be true or false; got 1",
                })
        void refuses_what_breaks_a_rule(String toml, String message) throws IOException {
            assertThatThrownBy(settings(toml)::discovery).hasMessage(message);
        }
    }
}
