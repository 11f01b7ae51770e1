package dev.agenttower.core.governance.human;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnownClientsTest {
    private static boolean isKnown(String executable, String command, String... variables) {
        return KnownClients.BUILT_IN.recognise(executable, List.of(command.split(" ")), Set.of(variables));
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/node, node --no-warnings /opt/n/node_modules/.bin/gemini --yolo",
        "/usr/bin/node, node /opt/node_modules/@google/gemini-cli/bundle/gemini.js",
        "/usr/bin/node, /usr/bin/node /opt/node_modules/@openai/codex/bin/codex.js",
        "/opt/codex/bin/codex, codex app-server --listen unix:// --managed-daemon",
        "/home/dev/.local/share/claude/claude, claude --resume",
        "/usr/bin/bash, claude",
        "/bin/dash, /bin/sh /opt/bin/claude --resume",
        "/bin/dash, sh -o errexit /opt/bin/claude",
        "/usr/bin/node, node --require x.js /opt/node_modules/@google/gemini-cli/bundle/gemini.js",
        "/usr/local/bin/goose, goose session",
        "/usr/bin/node, other-name --a --b --c --d --e --f --g --h /opt/node_modules/@openai/codex/bin/codex.js",
        "/usr/bin/python3.11, python3 /home/dev/.local/bin/aider"
    })
    void a_client_is_recognised_by_its_program_or_script(String executable, String command) {
        assertThat(isKnown(executable, command)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"CLAUDECODE", "GEMINI_CLI", "CODEX_MANAGED_BY_NPM"})
    void what_a_client_started_is_recognised_by_its_environment(String variable) {
        assertThat(isKnown("/usr/bin/bash", "bash", "HOME", variable)).isTrue();
        assertThat(isKnown("/usr/bin/bash", "bash", "HOME", variable + "_DIR")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/bash, -bash",
        "/usr/bin/vim, vim claude",
        "/usr/bin/grep, grep codex /opt/node_modules/@openai/codex/README.md",
        "/usr/bin/node, node server.js --claude",
        "/usr/bin/node, node build.js claude",
        "/usr/bin/python3, python3 manage.py aider",
        "/usr/bin/claude-desktop, claude-desktop",
        "'', ''"
    })
    void others_are_not(String executable, String command) {
        assertThat(isKnown(executable, command, "HOME", "EDITOR")).isFalse();
        assertThat(KnownClients.NONE.recognise("/usr/bin/claude", List.of("claude"), Set.of("CLAUDECODE")))
                .isFalse();
    }

    @Test
    void a_command_of_a_shell_is_no_script() {
        assertThat(KnownClients.BUILT_IN.recognise("/bin/dash", List.of("sh", "-c", "cd src/claude"), Set.of()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/x/claude, sh, HOME, its program /x/claude is that of Claude Code",
        "/bin/dash, /y/codex, HOME, its program /y/codex is that of Codex",
        "/bin/node, node /z/gemini, CLAUDECODE, 'its environment has CLAUDECODE, as Claude Code sets it'",
        "/bin/node, node /z/gemini, HOME, its script /z/gemini is that of Gemini CLI"
    })
    void the_sign_tells_why(String executable, String command, String variable, String sign) {
        assertThat(KnownClients.BUILT_IN.sign(executable, List.of(command.split(" ")), Set.of(variable)))
                .contains(sign);
    }

    @Test
    void settings_add_clients() {
        KnownClients more = KnownClients.BUILT_IN.with(
                List.of(new KnownClient("Mine", Set.of("my-agent"), Set.of(), Set.of("MY_AGENT"))));
        assertThat(more.recognise("/x/my-agent", List.of(), Set.of())).isTrue();
        assertThat(more.recognise("/x/sh", List.of("sh"), Set.of("MY_AGENT"))).isTrue();
        assertThat(more.recognise("/x/claude", List.of(), Set.of())).isTrue();
    }
}
