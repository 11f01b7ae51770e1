package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.CliWorld.Run;
import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.terminal.Terminals;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void create_world() {
        world = new CliWorld(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-h", "--help", "--he"})
    void the_help_of_the_program_names_what_it_must(String arg) {
        Run run = arg.isEmpty() ? world.run() : world.run(arg);

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("usage: agenttower")
                .contains("--version", "config", "paths", "init", "scan", "list-containers", "list-panes")
                .contains("config subcommands:", "config paths", "config init", "config doctor");
    }

    @Test
    void config_alone_shows_its_help() {
        Run run = world.run("config");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("usage: agenttower config", "paths", "init", "doctor");
        assertThat(world.run("config", "--help")).isEqualTo(run);
    }

    static Stream<String> commands() {
        CliContext context = new CliWorld(Path.of("/nonexistent")).context(System.out, System.err);
        return commands(AgentTowerCommand.parser(List.of(), context), "");
    }

    private static Stream<String> commands(CommandLine parent, String prefix) {
        return parent.getSubcommands().entrySet().stream()
                .flatMap(entry -> entry.getValue().getSubcommands().isEmpty()
                        ? Stream.of(prefix + entry.getKey())
                        : commands(entry.getValue(), prefix + entry.getKey() + " "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_help_with_an_example(String path) {
        Run run = world.run((path + " --help").split(" "));

        assertThat(run.status()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("usage: agenttower " + path)
                .containsPattern("examples?:\n.*agenttower")
                .doesNotContain("%n", "@|", "\u001b");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void no_help_but_its_own_speaks_of_the_doctor_or_of_logs(String path) {
        String help = world.run((path + " --help").split(" ")).out().toLowerCase(Locale.ROOT);

        if (path.endsWith("doctor")) {
            assertThat(help).containsAnyOf("diagnostic", "checks");
        } else {
            assertThat(help).doesNotContain("doctor");
        }
        if (path.equals("register-self") || path.equals("adopt")) {
            assertThat(help).contains("--attach-log").doesNotContain("attach-log --target", "detach-log");
        } else if (path.equals("attach-log") || path.equals("detach-log")) {
            assertThat(help).contains(path + " --target");
        } else {
            assertThat(help).doesNotContain("attach-log", "detach-log");
        }
    }

    @Test
    void the_version_is_printed_and_nothing_is_created() {
        assertThat(world.run("--version")).isEqualTo(new Run(0, "agenttower 0.1.0\n", ""));
        assertThat(world.run("--vers").out()).isEqualTo("agenttower 0.1.0\n");
        assertThat(Files.exists(world.home)).isFalse();
    }

    @Test
    void help_is_coloured_on_a_terminal_unless_no_color_forbids_it() {
        world.terminals = new Terminals(true, true, true);
        assertThat(world.run("status", "--help").out()).contains("\u001b[1m");

        world.environment.put("NO_COLOR", "1");
        assertThat(world.run("status", "--help").out()).doesNotContain("\u001b");
    }

    @Test
    void the_completion_script_knows_all_commands_and_options() {
        Run run = world.run("completion");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("ensure-daemon", "register-self", "--active-only", "doctor", "complete ");
    }

    @Test
    void the_completion_script_completes_labels_where_an_agent_is_named(@TempDir Path folder) throws Exception {
        Path program = Files.writeString(
                folder.resolve("agenttower"),
                "printf 'AGENT_ID\\tLABEL\\tROLE\\nagt_0123456789ab\\tapi worker\\tslave\\nagt_0123456789ac\\t\\tslave\\n'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Path script = Files.writeString(
                folder.resolve("script"), world.run("completion").out());

        assertThat(completions(program, script, "set-label", "--json", "--target", ""))
                .containsExactly("agt_0123456789ab", "api\\ worker", "agt_0123456789ac");
        assertThat(completions(program, script, "send", "ap")).containsExactly("api\\ worker");
        assertThat(completions(program, script, "register-self", "--parent", "x"))
                .isEmpty();
        assertThat(completions(program, script, "agent", "forget", "ap")).containsExactly("api\\ worker");
        assertThat(completions(program, script, "set-lab")).containsExactly("set-label");
        assertThat(completions(program, script, "send", "api", "ap")).isEmpty();
    }

    private static List<String> completions(Path program, Path script, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("bash", "-c"));
        line.add("source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMP_LINE=\"$*\"; COMPREPLY=();"
                + " _complete_agenttower_and_agents; printf '%s\\n' \"${COMPREPLY[@]}\"");
        line.addAll(List.of("bash", script.toString(), program.toString()));
        line.addAll(List.of(words));
        Process shell = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        shell.getOutputStream().close();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return out.lines().filter(name -> !name.isBlank()).toList();
    }
}
