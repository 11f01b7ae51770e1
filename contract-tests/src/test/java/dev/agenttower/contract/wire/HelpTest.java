package dev.agenttower.contract.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.process.CommandResult;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.Programs;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {
    @RegisterExtension
    static final DaemonProcess TOWER = DaemonProcess.scripted();

    @AfterEach
    void nothing_was_created() {
        assertThat(TOWER.home()).isEmptyDirectory();
    }

    private static String help(String command) {
        CommandResult help = TOWER.run(command.split(" ")).orThrow();
        assertThat(help.err()).isEmpty();
        return help.out();
    }

    @Test
    void the_program_helps_with_and_without_being_asked() {
        String help = help("--help");
        assertThat(help)
                .startsWith("usage: agenttower")
                .contains("--version", "config", "paths", "init", "config paths", "config init", "config doctor")
                .contains("config subcommands:")
                .doesNotContainIgnoringCase("attach-log")
                .containsSubsequence(
                        "config",
                        "ensure-daemon",
                        "status",
                        "stop-daemon",
                        "scan",
                        "list-containers",
                        "list-panes",
                        "register-self",
                        "list-agents",
                        "set-role",
                        "set-label",
                        "set-capability");
        assertThat(help("-h")).isEqualTo(help);
        CommandResult bare = TOWER.run().orThrow();
        assertThat(bare.out()).isEqualTo(help);
    }

    @Test
    void the_program_tells_its_version() {
        assertThat(TOWER.runProcess("--version").orThrow().out()).isEqualTo("agenttower 0.1.0\n");
        CommandResult daemon =
                TOWER.finish(TOWER.launch("agenttowerd", "--version")).orThrow();
        assertThat(daemon.out()).isEqualTo("agenttowerd 0.1.0\n");
    }

    @Test
    void config_helps() {
        assertThat(help("config")).isEqualTo(help("config --help")).contains("paths", "init", "doctor");
        assertThat(help("config paths --help")).contains("paths");
        assertThat(help("config doctor --help").toLowerCase(Locale.ROOT)).containsAnyOf("diagnostic", "checks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"register-self", "list-agents", "set-role", "set-label", "set-capability"})
    void commands_for_agents_help(String command) {
        String help = help(command + " -h");
        assertThat(help)
                .startsWith("usage: agenttower " + command)
                .contains("--json")
                .doesNotContain("attach-log --target", "detach-log");
        if (command.equals("register-self")) {
            assertThat(help).contains("--attach-log");
        } else {
            assertThat(help).doesNotContainIgnoringCase("attach-log");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "--frobnicate",
                "config frobnicate",
                "config paths --json",
                "config init extra",
                "status --frobnicate",
                "ensure-daemon extra",
                "scan --json=1",
                "list-panes --container",
                "list-agents --role",
                "config doctor extra"
            })
    void a_usage_error_is_told_in_two_lines(String command) {
        CommandResult wrong = TOWER.run(command.split(" "));
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err().lines().toList())
                .hasSize(2)
                .satisfies(
                        lines -> assertThat(lines.get(0)).startsWith("usage: agenttower"),
                        lines -> assertThat(lines.get(1))
                                .startsWith("agenttower")
                                .contains(": error: "));
    }

    @Test
    void an_unknown_command_is_told_the_choices() {
        assertThat(TOWER.run("frobnicate").err())
                .contains("argument command: invalid choice: 'frobnicate' (choose from 'config', ");
        assertThat(TOWER.run("config", "frobnicate").err())
                .contains("agenttower config: error: argument subcommand: invalid choice: 'frobnicate'");
        assertThat(TOWER.run("status", "--frob").err())
                .endsWith("\nagenttower status: error: unrecognized arguments: --frob\n");
    }

    @Test
    void output_to_a_full_device_is_an_error() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Programs.SCRIPTED.launcher("agenttower").toString(), "--help")
                .redirectOutput(new File("/dev/full"));
        builder.environment().put("HOME", TOWER.home().toString());
        Process full = builder.start();

        assertThat(new String(full.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("error: stdout cannot be written, the output is incomplete: is the disk full?\n");
        assertThat(full.waitFor()).isEqualTo(1);
    }

    @Test
    void output_to_a_reader_that_has_gone_is_no_error() throws Exception {
        Process unread = TOWER.launchRaw("agenttower", "--help");
        unread.getInputStream().close();

        assertThat(unread.getErrorStream().readAllBytes()).isEmpty();
        assertThat(unread.waitFor()).isZero();
    }

    @Test
    void a_root_folder_of_the_tests_alone_is_refused() {
        TOWER.without("AGENTTOWER_TEST_FORCE_HOST_PEER").with("AGENTTOWER_TEST_PROC_ROOT", "");
        try {
            for (List<String> args : List.of(List.of("--version"), List.of("status"), List.of("config", "paths"))) {
                CommandResult refused = TOWER.run(args.toArray(String[]::new));
                assertThat(refused.exitCode()).isEqualTo(1);
                assertThat(refused.out()).isEmpty();
                assertThat(refused.err())
                        .isEqualTo("error: AGENTTOWER_TEST_PROC_ROOT is set outside the test harness; unset it before"
                                + " running production\n");
            }
            TOWER.with("AGENTTOWER_TEST_DOCKER_FAKE", "1").run("--version").orThrow();
        } finally {
            TOWER.without("AGENTTOWER_TEST_PROC_ROOT")
                    .without("AGENTTOWER_TEST_DOCKER_FAKE")
                    .with("AGENTTOWER_TEST_FORCE_HOST_PEER", "1");
        }
    }
}
