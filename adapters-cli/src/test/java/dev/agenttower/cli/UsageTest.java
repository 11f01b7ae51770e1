package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.CliWorld.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private static final String TOP = "usage: agenttower [-h] [--version] command ...\n";

    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void create_world() {
        world = new CliWorld(folder);
    }

    @ParameterizedTest
    @CsvSource({
        "config paths --json, agenttower config paths, [-h], --json",
        "status --nonsense, agenttower status, [-h] [--json] [--routing], --nonsense",
        "status extra, agenttower status, [-h] [--json] [--routing], extra",
        "--nonsense status, agenttower, [-h] [--version] command ..., --nonsense status",
        "config --json, agenttower config, [-h] subcommand ..., --json",
        "config init a b, agenttower config init, [-h], a b",
        "scr show a b, agenttower scr show, [-h] [--project=NAME] [--json] SCR_ID, b"
    })
    void what_is_not_recognized_is_named_below_how_the_command_is_called(
            String args, String command, String synopsis, String unrecognized) {
        assertThat(world.run(args.split(" ")))
                .isEqualTo(new Run(
                        2,
                        "",
                        "usage: " + command + " " + synopsis + "\n" + command + ": error: unrecognized arguments: "
                                + unrecognized + "\n"));
    }

    @Test
    void an_unknown_command_is_answered_with_the_choices() {
        Run run = world.run("nonsense");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith(
                        TOP + "agenttower: error: argument command: invalid choice: 'nonsense' (choose from 'config',"
                                + " 'ensure-daemon', ")
                .endsWith(")\n");
    }

    @Test
    void an_unknown_config_command_names_its_level() {
        assertThat(world.run("config", "nonsense").err())
                .isEqualTo(
                        "usage: agenttower config [-h] subcommand ...\nagenttower config: error: argument subcommand:"
                                + " invalid choice: 'nonsense' (choose from 'paths', 'init', 'doctor')\n");
    }

    @ParameterizedTest
    @CsvSource({
        "statsu, did you mean 'status'?",
        "list-agent, did you mean 'list-agents'?",
        "list, 'list-agents'",
        "scr autorize, did you mean 'authorize'?"
    })
    void an_unknown_command_is_answered_with_the_nearest_ones(String args, String suggestion) {
        Run run = world.run(args.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err()).contains("(choose from ").contains(suggestion).endsWith("?)\n");
    }

    @Test
    void output_to_a_full_device_is_an_error() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        assertThat(world.run(full, err, "--version")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("error: stdout cannot be written, the output is incomplete: is the disk full?\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"set-role", "set-role --target agt_0123456789ab", "set-label --label x", "set-capability"})
    void missing_options_are_named_on_two_lines(String args) {
        Run run = world.run(args.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err()).contains(": error: the following arguments are required: --");
    }

    @Test
    void an_option_without_its_value_is_an_error() {
        Run run = world.run("list-panes", "--container");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).endsWith("agenttower list-panes: error: argument --container: expected one argument\n");
    }

    @Test
    void an_ambiguous_abbreviation_is_an_error() {
        Run run = world.run("set-role", "--target", "agt_0123456789ab", "--r", "x", "--c", "--c=1");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list-panes --active --cont=py-bench --js",
                "list-panes --container=py-bench --json --active-only",
                "list-panes --act --container py-bench --j",
                "list-panes --container other --container py-bench --json --active-only"
            })
    void long_options_may_be_abbreviated_and_take_their_value_after_an_equals_sign(String args) throws IOException {
        try (FakeDaemon daemon = world.daemon().on("list_panes", "{'panes': []}")) {
            Run run = world.run(args.split(" "));

            assertThat(run).isEqualTo(new Run(0, "{\"ok\": true, \"result\": {\"panes\": []}}\n", ""));
            assertThat(daemon.params("list_panes")).isEqualTo("{\"active_only\": true, \"container\": \"py-bench\"}");
        }
    }

    @Test
    void without_home_there_is_one_line_and_no_stack_trace() {
        world.environment.remove("HOME");
        Run run = world.run("config", "paths");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("error: HOME is not set").endsWith("\n");
    }
}
