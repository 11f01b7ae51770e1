package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.CliWorld.Run;
import dev.agenttower.client.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HookCommandsTest {
    private static final List<String> CLAUDE_EVENTS = List.of(
            "PreToolUse",
            "SessionStart",
            "SessionEnd",
            "UserPromptSubmit",
            "PostToolUse",
            "PermissionRequest",
            "Notification",
            "Stop",
            "StopFailure",
            "SubagentStart",
            "SubagentStop");
    private static final List<String> GEMINI_EVENTS = List.of(
            "BeforeTool", "SessionStart", "SessionEnd", "BeforeAgent", "AfterAgent", "AfterTool", "Notification");
    private static final List<String> CODEX_EVENTS = List.of(
            "PreToolUse",
            "SessionStart",
            "SessionEnd",
            "UserPromptSubmit",
            "PostToolUse",
            "PermissionRequest",
            "Stop",
            "Interrupt",
            "SubagentStart",
            "SubagentStop");

    @TempDir
    Path folder;

    private CliWorld world;
    private Path project;
    private Path program;
    private Path claude;
    private Path gemini;
    private Path codex;
    private Path config;

    @BeforeEach
    void create_world() throws IOException {
        folder = folder.toRealPath();
        world = new CliWorld(folder);
        project = Files.createDirectories(folder.resolve("shop"));
        program = Files.createDirectories(world.home.resolve("bin")).resolve("agenttower-hook");
        Files.writeString(program, "#!/bin/sh\n");
        setMode(program, "rwxr-xr-x");
        claude = project.resolve(".claude/settings.json");
        gemini = project.resolve(".gemini/settings.json");
        codex = project.resolve(".codex/hooks.json");
        config = world.home.resolve(".codex/config.toml");
    }

    private Run hooks(String action, String... more) {
        List<String> args = new ArrayList<>(List.of("hooks", action));
        args.addAll(List.of(more));
        args.addAll(List.of("--project", project.toString()));
        return world.run(args.toArray(String[]::new));
    }

    private String status(String client) {
        return hooks("status")
                .out()
                .lines()
                .filter(line -> line.startsWith(client))
                .findFirst()
                .orElseThrow();
    }

    private String lines(String state) {
        return "claude\t" + state + "\t" + claude + "\ngemini\t" + state + "\t" + gemini + "\ncodex\t" + state + "\t"
                + codex + "\n";
    }

    private void trustProject() throws IOException {
        write(config, "[projects.\"" + project + "\"]\ntrust_level = \"trusted\"\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }

    private static void setMode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static JsonNode json(String text) {
        return JsonText.parseWhole(text);
    }

    /** The command of this installation. */
    private String command(String client, String event) {
        return "'" + program + "' " + client + " " + event;
    }

    /** Codex cuts the time of two events, and what it trusts is the time that it keeps. */
    private static int seconds(String client, String event) {
        boolean isCut =
                client.equals("codex") && List.of("SessionEnd", "Interrupt").contains(event);
        return event.equals("PreToolUse") ? 15 : isCut ? 3 : 5;
    }

    /** The tables that trust our hooks: that of the tools at a place, the others alone at their events. */
    private String trust(int group, int index) throws Exception {
        List<String> tables = new ArrayList<>();
        for (String event : CODEX_EVENTS) {
            boolean isTool = event.equals("PreToolUse");
            String snake = event.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
            String identity = "{\"event_name\":\"" + snake + "\",\"hooks\":[{\"async\":false,\"command\":\"'" + program
                    + "' codex " + event + "\",\"timeout\":" + seconds("codex", event) + ",\"type\":\"command\"}]}";
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
            tables.add("[hooks.state.\"" + codex + ":" + snake + ":" + (isTool ? group + ":" + index : "0:0")
                    + "\"]\ntrusted_hash = \"sha256:" + HexFormat.of().formatHex(hash) + "\"\n");
        }
        // In the order in which the settings name the events.
        return String.join("\n", tables);
    }

    /** The settings of a file without those of our hooks that only tell of the agent, each of which must be as it should be. */
    private JsonNode withoutStates(Path file, String client, List<String> events) throws IOException {
        JsonNode settings = json(read(file));
        ObjectNode hooks = (ObjectNode) settings.path("hooks");
        for (String event : events.subList(1, events.size())) {
            ObjectNode hook = JsonText.object().put("type", "command").put("command", command(client, event));
            if (client.equals("gemini")) {
                hook.put("timeout", 5000).put("name", "agenttower");
            } else {
                hook.put("timeout", seconds(client, event));
            }
            ArrayNode groups = (ArrayNode) hooks.path(event);
            assertThat(groups.get(groups.size() - 1)).isEqualTo(json("{\"hooks\": [" + hook + "]}"));
            groups.remove(groups.size() - 1);
            if (groups.isEmpty()) {
                hooks.remove(event);
            }
        }
        return settings;
    }

    /** The files that this program has left beside those of the clients. */
    private List<Path> left() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().contains(".agenttower-"))
                    .toList();
        }
    }

    @Nested
    class Install {
        @Test
        void enters_the_hook_of_each_client() throws Exception {
            trustProject();

            assertThat(hooks("install")).isEqualTo(new Run(0, lines("installed"), ""));
            assertThat(read(claude)).startsWith("""
                    {
                      "hooks": {
                        "PreToolUse": [
                          {
                            "hooks": [
                              {
                                "type": "command",
                                "command": "%s",
                                "timeout": 15,
                                "onFailure": "block"
                              }
                            ]
                          }
                        ],
                        "SessionStart": [
                    """.formatted(command("claude", "PreToolUse")));
            assertThat(withoutStates(claude, "claude", CLAUDE_EVENTS))
                    .isEqualTo(json("""
                    {"hooks": {"PreToolUse": [{"hooks": [
                     {"type": "command", "command": "%s", "timeout": 15, "onFailure": "block"}]}]}}
                    """.formatted(command("claude", "PreToolUse"))));
            assertThat(withoutStates(gemini, "gemini", GEMINI_EVENTS))
                    .isEqualTo(json("""
                    {"hooks": {"BeforeTool": [{"hooks": [
                     {"type": "command", "command": "%s", "timeout": 15000, "name": "agenttower"}]}]}}
                    """.formatted(command("gemini", "BeforeTool"))));
            assertThat(withoutStates(codex, "codex", CODEX_EVENTS))
                    .isEqualTo(json("""
                    {"hooks": {"PreToolUse": [{"hooks": [{"type": "command", "command": "%s", "timeout": 15}]}]}}
                    """.formatted(command("codex", "PreToolUse"))));
            assertThat(read(config))
                    .isEqualTo("[projects.\"" + project + "\"]\ntrust_level = \"trusted\"\n\n" + trust(0, 0));
            assertThat(left()).containsExactly(config.resolveSibling("config.toml.agenttower-backup"));
        }

        @Test
        void enters_only_the_clients_that_are_named_and_each_once() {
            assertThat(hooks("install", "gemini", "gemini").out()).isEqualTo("gemini\tinstalled\t" + gemini + "\n");
            assertThat(List.of(claude, codex, config)).noneMatch(Files::exists);
        }

        @Test
        void an_unknown_client_is_a_usage_error() {
            Run run = hooks("install", "aider");

            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .endsWith("argument CLIENT: invalid choice: 'aider' (choose from claude, gemini, codex)\n");
        }

        @Test
        void user_and_project_exclude_each_other() {
            assertThat(hooks("install", "--user").status()).isEqualTo(2);
            assertThat(List.of(claude, codex, config)).noneMatch(Files::exists);
        }

        @Test
        void the_settings_of_the_user_lie_in_the_home_folder() throws Exception {
            Run run = world.run("hooks", "install", "--user");

            Path userCodex = world.home.resolve(".codex/hooks.json");
            assertThat(run.err()).isEmpty();
            assertThat(run.out().lines())
                    .containsExactly(
                            "claude\tinstalled\t" + world.home.resolve(".claude/settings.json"),
                            "gemini\tinstalled\t" + world.home.resolve(".gemini/settings.json"),
                            "codex\tinstalled\t" + userCodex);
            assertThat(read(config)).isEqualTo(trust(0, 0).replace(codex.toString(), userCodex.toString()));
            assertThat(world.run("hooks", "status", "--user").status()).isZero();
        }

        @Test
        void a_folder_that_does_not_exist_is_refused() {
            Path none = folder.resolve("none");

            Run run = world.run("hooks", "install", "--project", none.toString());

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).isEqualTo("error: --project \"" + none + "\" is no folder\ncode: bad_request\n");
            assertThat(world.run("hooks", "install", "--project", program.toString())
                            .status())
                    .isEqualTo(3);
        }

        @Test
        void a_project_is_known_by_its_real_path() throws Exception {
            Path link = Files.createSymbolicLink(folder.resolve("link"), project);

            world.run("hooks", "install", "codex", "--project", link.toString());

            assertThat(read(config)).isEqualTo(trust(0, 0));
        }

        @Test
        void json_is_one_object() {
            assertThat(hooks("install", "claude", "--json").out())
                    .isEqualTo("{\"ok\": true, \"result\": {\"clients\": [{\"client\": \"claude\","
                            + " \"state\": \"installed\", \"file\": \"" + claude + "\"}]}}\n");
        }

        @Test
        void what_keeps_the_hook_from_running_is_noted() throws Exception {
            Files.delete(program);

            assertThat(hooks("install", "claude"))
                    .isEqualTo(new Run(
                            0,
                            "claude\tinstalled\t" + claude + "\n",
                            "note: claude: its program does not exist: " + program + "\n"));
            assertThat(json(hooks("install", "claude", "--json").out())
                            .at("/result/clients/0/problem")
                            .asText())
                    .startsWith("its program does not exist");
        }

        @Test
        void a_second_run_changes_no_byte() throws Exception {
            trustProject();
            hooks("install");
            // The same settings in another layout.
            String text = json(read(claude)).toString();
            write(claude, text);
            String written = read(config);
            FileTime time = Files.getLastModifiedTime(codex);

            assertThat(hooks("install")).isEqualTo(new Run(0, lines("unchanged"), ""));
            assertThat(read(claude)).isEqualTo(text);
            assertThat(read(config)).isEqualTo(written);
            assertThat(Files.getLastModifiedTime(codex)).isEqualTo(time);
        }

        @Test
        void everything_else_stays_in_its_order() throws Exception {
            write(claude, """
                    {"model": "opus", "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "say done"}]}],
                     "PreToolUse": [{"matcher": "Write", "hooks": [{"type": "command", "command": "z", "timeout": 1.5},
                     {"type": "prompt", "prompt": "ü \\u001b"}]}, {"hooks": [{"type": "command", "command": "a"}]}],
                     "Later": []}, "env": {"B": "1", "A": "2"}, "big": 12345678901234567890, "tiny": 1.10}
                    """);

            hooks("install", "claude");

            assertThat(JsonText.unicode(withoutStates(claude, "claude", CLAUDE_EVENTS)))
                    .isEqualTo("""
                    {"model": "opus", "hooks": {"Stop": [{"hooks": [{"type": "command", "command": "say done"}]}], \
                    "PreToolUse": [{"matcher": "Write", "hooks": [{"type": "command", "command": "z", "timeout": 1.5}, \
                    {"type": "prompt", "prompt": "ü \\u001B"}]}, {"hooks": [{"type": "command", "command": "a"}]}, \
                    {"hooks": [{"type": "command", "command": "%s", "timeout": 15, "onFailure": "block"}]}], \
                    "Later": []}, "env": {"B": "1", "A": "2"}, "big": 12345678901234567890, "tiny": 1.10}\
                    """.formatted(command("claude", "PreToolUse")));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/old/bin/agenttower-hook claude PreToolUse",
                    "'/o l d/bin/agenttower-hook' claude PreToolUse",
                    "\"/o l d/agenttower-hook\" claude PreToolUse",
                    "  /o\\ d/agenttower-hook;true",
                    "agenttower-hook claude PreToolUse"
                })
        void an_older_hook_of_ours_is_replaced_in_its_place(String old) throws Exception {
            write(claude, """
                    {"hooks": {"PreToolUse": [
                     {"hooks": [{"type": "command", "command": "a"}, {"type": "command", "command": "%s", "if": "Bash"}]},
                     {"hooks": [{"type": "command", "command": "b"}]}]}}
                    """.formatted(old.replace("\\", "\\\\").replace("\"", "\\\"")));

            assertThat(hooks("install", "claude").out()).contains("\tinstalled\t");

            assertThat(withoutStates(claude, "claude", CLAUDE_EVENTS))
                    .isEqualTo(json("""
                    {"hooks": {"PreToolUse": [
                     {"hooks": [{"type": "command", "command": "a"},
                      {"type": "command", "command": "%s", "timeout": 15, "onFailure": "block"}]},
                     {"hooks": [{"type": "command", "command": "b"}]}]}}
                    """.formatted(command("claude", "PreToolUse"))));
        }

        @Test
        void several_hooks_of_ours_become_one_for_all_tools() throws Exception {
            write(gemini, """
                    {"hooks": {"BeforeTool": [
                     {"matcher": "write", "hooks": [{"type": "command", "command": "/x/agenttower-hook gemini BeforeTool"}]},
                     {"matcher": "x", "hooks": [{"type": "command", "command": "x"}]},
                     {"hooks": [{"type": "command", "command": "/y/agenttower-hook", "timeout": "bad"}]},
                     {"hooks": [{"type": "command", "command": "/z/agenttower-hook"}]}]}}
                    """);

            hooks("install", "gemini");

            assertThat(withoutStates(gemini, "gemini", GEMINI_EVENTS))
                    .isEqualTo(json("""
                    {"hooks": {"BeforeTool": [
                     {"matcher": "x", "hooks": [{"type": "command", "command": "x"}]},
                     {"hooks": [{"type": "command", "command": "%s", "timeout": 15000, "name": "agenttower"}]}]}}
                    """.formatted(command("gemini", "BeforeTool"))));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "echo agenttower-hook",
                    "/x/agenttower-hooks claude",
                    "sh -c '/x/agenttower-hook'",
                    "/x/agenttower-hook.sh",
                    ""
                })
        void a_command_that_only_looks_like_ours_stays(String command) throws Exception {
            write(gemini, """
                    {"hooks": {"BeforeTool": [{"hooks": [{"type": "command", "command": "%s"}]}]}}
                    """.formatted(command));

            hooks("install", "gemini");

            JsonNode groups = json(read(gemini)).at("/hooks/BeforeTool");
            assertThat(groups).hasSize(2);
            assertThat(groups.at("/0/hooks/0/command").asText()).isEqualTo(command);
        }

        @Test
        void other_settings_among_the_hooks_of_gemini_stay() throws Exception {
            write(gemini, "{\"hooks\": {\"enabled\": true, \"disabled\": [\"x\"]}}");

            hooks("install", "gemini");

            assertThat(json(read(gemini)).at("/hooks/disabled/0").asText()).isEqualTo("x");
        }

        @Test
        void a_path_is_quoted_for_the_shell() throws Exception {
            world = new CliWorld(Files.createDirectories(folder.resolve("it's $HOME")));

            hooks("install", "claude");

            assertThat(json(read(claude))
                            .at("/hooks/PreToolUse/0/hooks/0/command")
                            .asText())
                    .isEqualTo("'" + folder + "/it'\\''s $HOME/h/bin/agenttower-hook' claude PreToolUse");
            assertThat(hooks("install", "claude").out()).contains("\tunchanged\t");
        }

        @Test
        void keeps_the_mode_and_one_backup_of_the_first_content() throws Exception {
            write(claude, "{\"a\":1}");
            setMode(claude, "rw-r-----");

            hooks("install", "claude");
            hooks("uninstall", "claude");
            hooks("install", "claude");

            Path backup = project.resolve(".claude/settings.json.agenttower-backup");
            assertThat(read(backup)).isEqualTo("{\"a\":1}");
            assertThat(mode(claude)).isEqualTo("rw-r-----");
            assertThat(mode(backup)).isEqualTo("rw-r-----");
            assertThat(left()).containsExactly(backup);
        }

        @Test
        void a_symbolic_link_in_place_of_a_file_is_refused() throws Exception {
            Path target = Files.writeString(folder.resolve("target"), "{}");
            Files.createDirectories(claude.getParent());
            Files.createSymbolicLink(claude, target);

            Run run = hooks("install");

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).startsWith("error: " + claude + ": a symbolic link");
            assertThat(read(target)).isEqualTo("{}");
            assertThat(List.of(gemini, codex, config)).noneMatch(Files::exists);
        }

        @Test
        void a_folder_in_place_of_a_file_is_refused() throws Exception {
            Files.createDirectories(claude);

            assertThat(hooks("install").err()).startsWith("error: " + claude + ": not a regular file\n");
        }

        @Test
        void a_folder_that_cannot_be_made_is_reported() throws Exception {
            Files.writeString(project.resolve(".claude"), "");

            Run run = hooks("install", "claude");

            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).startsWith("error: " + claude + ": ").doesNotContain("Exception");
        }
    }

    @Nested
    class Refusal {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{'a': }                                         | not JSON: ",
                    "``                                              | not JSON: the text is empty",
                    "{} {}                                           | not JSON: something follows the value, line 1",
                    "{'a': 1, 'a': 2}                                | not JSON: ",
                    "{'a': 1 /* why */}                              | not JSON: ",
                    "[]                                              | not a JSON object",
                    "{'hooks': []}                                   | hooks is not an object",
                    "{'hooks': null}                                 | hooks is not an object",
                    "{'hooks': {'EVENT': {}}}                        | hooks.EVENT is not an array",
                    "{'hooks': {'Stop': 5}}                          | hooks.Stop is not an array",
                    "{'hooks': {'EVENT': [5]}}                       | hooks.EVENT[0] is not an object",
                    "{'hooks': {'EVENT': [{}]}}                      | hooks.EVENT[0].hooks is not an array",
                    "{'hooks': {'EVENT': [{'hooks': ['x']}]}}        | hooks.EVENT[0].hooks[0] is not an object"
                })
        void settings_of_another_shape_are_refused_and_nothing_is_changed(String text, String problem)
                throws Exception {
            for (Map.Entry<String, Path> client :
                    Map.of("claude", claude, "gemini", gemini, "codex", codex).entrySet()) {
                Path file = client.getValue();
                String event = file.equals(gemini) ? "BeforeTool" : "PreToolUse";
                String written = text.replace('\'', '"').replace("EVENT", event);
                write(file, written);

                Run run = hooks("install");

                assertThat(run.status()).isEqualTo(3);
                assertThat(run.out()).isEmpty();
                assertThat(run.err())
                        .startsWith("error: " + file + ": " + problem.replace("EVENT", event))
                        .endsWith("code: conflict\n")
                        .doesNotContain("Exception", "jackson");
                assertThat(hooks("uninstall")).isEqualTo(run);
                assertThat(status(client.getKey())).startsWith(client.getKey() + "\tbroken\t" + file + "\t");
                assertThat(read(file)).isEqualTo(written);
                Files.delete(file);
                assertThat(List.of(claude, gemini, codex, config)).noneMatch(Files::exists);
                assertThat(left()).isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{'type': 'comand'}                       | .type is no type of Claude Code",
                    "{'command': 'x'}                         | .type is no type of Claude Code",
                    "{'type': 'command'}                      | .command is not a string",
                    "{'type': 'http', 'timeout': '5'}         | .timeout is not a positive number",
                    "{'type': 'http', 'timeout': 0}           | .timeout is not a positive number",
                    "{'type': 'http', 'onFailure': 'deny'}    | .onFailure is not \"block\"",
                    "{'type': 'http', 'onFailure': true}      | .onFailure is not \"block\""
                })
        void a_hook_that_makes_claude_drop_all_is_refused(String hook, String problem) throws Exception {
            String text = "{\"hooks\": {\"PreToolUse\": [{\"hooks\": [" + hook.replace('\'', '"') + "]}]}}";
            write(claude, text);

            Run run = hooks("install");

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).startsWith("error: " + claude + ": hooks.PreToolUse[0].hooks[0]" + problem);
            assertThat(read(claude)).isEqualTo(text);
            assertThat(List.of(gemini, codex, config)).noneMatch(Files::exists);
            assertThat(left()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{'disableAllHooks': true}        | disableAllHooks is true, which switches all hooks off",
                    "{'disableAllHooks': 'no'}        | disableAllHooks is neither true nor false",
                    "{'hooks': {'PreToolUse': [{'matcher': 5, 'hooks': []}]}} | hooks.PreToolUse[0].matcher is not a"
                })
        void other_settings_that_switch_claudes_hooks_off_are_refused(String text, String problem) throws Exception {
            write(claude, text.replace('\'', '"'));

            assertThat(hooks("install", "claude").err()).startsWith("error: " + claude + ": " + problem);
            assertThat(read(claude)).isEqualTo(text.replace('\'', '"'));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{'type': 'http'}", "{'type': 'command', 'command': 'x', 'timeout': 1.5}"})
        void a_hook_that_makes_codex_drop_all_is_refused(String hook) throws Exception {
            write(codex, "{\"hooks\": {\"Stop\": [{\"hooks\": [" + hook.replace('\'', '"') + "]}]}}");

            assertThat(hooks("install").err()).startsWith("error: " + codex + ": hooks.Stop[0].hooks[0].t");
            assertThat(List.of(claude, gemini, config)).noneMatch(Files::exists);
        }

        @Test
        void a_broken_hook_of_ours_is_repaired_instead() throws Exception {
            write(claude, """
                    {"hooks": {"PreToolUse": [{"hooks": [{"type": "x", "command": "agenttower-hook"}]}]}}
                    """);

            assertThat(hooks("install", "claude").out()).isEqualTo("claude\tinstalled\t" + claude + "\n");
            assertThat(status("claude")).isEqualTo("claude\tinstalled\t" + claude);
        }

        @Test
        void json_tells_it_on_stdout_and_a_terminal_sees_no_control_characters() throws Exception {
            write(claude, "{\"hooks\": {\"A\\u001b[31m\": 5}}");

            assertThat(hooks("install", "--json").out())
                    .startsWith("{\"ok\": false, \"error\": {\"code\": \"conflict\"");
            assertThat(hooks("install").err()).contains("hooks.A").doesNotContain("\u001b");
            assertThat(hooks("status").out()).contains("hooks.A").doesNotContain("\u001b");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "hooks = { state = {} }\n",
                    "[hooks]\nstate = {}\n",
                    "[hooks.state]\n\"K\" = { trusted_hash = \"x\" }\n",
                    "[hooks.state]\n\"K\".trusted_hash = \"x\"\n"
                })
        void trust_that_is_written_in_another_form_is_refused(String text) throws Exception {
            String written = text.replace("K", codex + ":pre_tool_use:0:0");
            write(config, written);

            Run run = hooks("install");

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).startsWith("error: " + config + ": hooks").contains("is not written as a table");
            assertThat(read(config)).isEqualTo(written);
            assertThat(List.of(claude, gemini, codex)).noneMatch(Files::exists);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a",
                    "[a",
                    "[[a]",
                    "a = \"b",
                    "a = [1",
                    "a = '''",
                    "a = \"\"\"\\",
                    "a = {b = 1",
                    "= 1",
                    "a = ['1' 2]",
                    "a = 'b' c",
                    "a =",
                    "a = \"\\u12\"",
                    "a = {b 1}"
                })
        void a_config_that_is_no_toml_is_refused(String last) throws Exception {
            write(config, "# x\n" + last);

            assertThat(hooks("install").err()).startsWith("error: " + config + ": not TOML, line 2\n");
            assertThat(List.of(claude, gemini, codex)).noneMatch(Files::exists);
        }

        @Test
        void a_text_that_is_not_utf8_is_refused() throws Exception {
            Files.createDirectories(claude.getParent());
            Files.write(claude, new byte[] {'"', (byte) 0xff, '"'});

            assertThat(hooks("install").err()).startsWith("error: " + claude + ": not UTF-8\n");
        }

        @Test
        void half_of_a_character_cannot_be_written_again() throws Exception {
            String text = "{\"a\": \"\\ud800\"}";
            write(gemini, text);

            assertThat(hooks("install").err()).startsWith("error: " + gemini + ": holds half of a character");
            assertThat(read(gemini)).isEqualTo(text);
            assertThat(List.of(claude, codex, config)).noneMatch(Files::exists);
        }
    }

    @Nested
    class Trust {
        private static final String OTHERS = """
                # mine
                model = "gpt\\"" # [not.a.table]
                notes = \"""
                [hooks.state."x"]
                \"""
                list = [
                  "[a]", { b = "]" }, # c
                ]

                [[hooks.PreToolUse]]
                matcher = 'Bash'
                [[hooks.PreToolUse.hooks]]
                type = "command"

                [hooks.state]
                [hooks.state."/else:pre_tool_use:0:0"]
                trusted_hash = "sha256:00"
                """;

        @Test
        void is_the_hash_that_codex_makes() throws Exception {
            hooks("install", "codex");

            assertThat(read(config)).isEqualTo(trust(0, 0));
        }

        @Test
        void is_given_at_the_place_of_the_hook() throws Exception {
            write(codex, """
                    {"hooks": {"PreToolUse": [{"hooks": [{"type": "command", "command": "a"}]}, {"hooks": [
                     {"type": "command", "command": "b"}, {"type": "command", "command": "/old/agenttower-hook"}]}]}}
                    """);

            hooks("install", "codex");

            assertThat(read(config)).isEqualTo(trust(1, 1));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "\n\n", "# end"})
        void keeps_every_other_byte(String end) throws Exception {
            String rest = end.startsWith("#") ? "\n" : "";
            write(config, OTHERS + end);

            hooks("install", "codex");

            assertThat(read(config)).isEqualTo(OTHERS + end + rest + "\n" + trust(0, 0));
            assertThat(read(config.resolveSibling("config.toml.agenttower-backup")))
                    .isEqualTo(OTHERS + end);
            assertThat(hooks("install", "codex").out()).contains("\tunchanged\t");
            hooks("uninstall", "codex");
            assertThat(read(config)).isEqualTo(OTHERS + end + rest);
        }

        @Test
        void replaces_an_earlier_table_alone() throws Exception {
            String table = "  [ hooks . 'state' . \"" + codex + ":pre_tool_use:0:0\" ] # ours\r\nenabled = false\r\n";
            write(config, OTHERS + table + "\n# next\n[last]\na = 1");

            hooks("install", "codex");

            String[] tables = trust(0, 0).split("(?<=\n)\n", 2);
            assertThat(read(config)).isEqualTo(OTHERS + tables[0] + "\n# next\n[last]\na = 1\n\n" + tables[1]);
        }

        @Test
        void is_taken_from_a_place_where_the_hook_no_longer_stands() throws Exception {
            write(codex, """
                    {"hooks": {"PreToolUse": [{"hooks": [{"type": "command", "command": "a"}]}]}}
                    """);
            hooks("install", "codex");
            assertThat(read(config)).isEqualTo(trust(1, 0));
            write(codex, "{}");

            hooks("install", "codex");

            assertThat(read(config).lines())
                    .containsExactlyInAnyOrderElementsOf(trust(0, 0).lines().toList());
        }
    }

    @Nested
    class Uninstall {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{'a': [1, {'b': null}]}",
                    "{'hooks': {'Stop': [{'hooks': []}], 'EVENT': [{'matcher': 'X', 'hooks': ["
                            + "{'type': 'command', 'command': 'a'}]}]}}"
                })
        void restores_what_was_there(String text) throws Exception {
            String before = text.replace('\'', '"').replace("EVENT", "PreToolUse");
            String geminiBefore = before.replace("PreToolUse", "BeforeTool");
            write(claude, before);
            write(gemini, geminiBefore);
            write(codex, before);
            hooks("install");

            assertThat(hooks("uninstall")).isEqualTo(new Run(0, lines("removed"), ""));
            assertThat(json(read(claude))).isEqualTo(json(before));
            assertThat(json(read(gemini))).isEqualTo(json(geminiBefore));
            assertThat(json(read(codex))).isEqualTo(json(before));
            assertThat(read(config)).isEmpty();
            assertThat(hooks("uninstall")).isEqualTo(new Run(0, lines("absent"), ""));
        }

        @Test
        void removes_our_hooks_for_every_event_and_from_groups_of_others() throws Exception {
            write(claude, """
                    {"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "/x/agenttower-hook claude Stop"}]}],
                     "PreToolUse": [{"matcher": "X", "hooks": [{"type": "command", "command": "a"},
                     {"type": "command", "command": "agenttower-hook claude PreToolUse"}]}]}}
                    """);

            hooks("uninstall", "claude");

            assertThat(json(read(claude))).isEqualTo(json("""
                    {"hooks": {"PreToolUse": [{"matcher": "X", "hooks": [{"type": "command", "command": "a"}]}]}}
                    """));
        }

        @Test
        void changes_nothing_where_nothing_is() throws Exception {
            String text = "{ \"hooks\": {\"PreToolUse\": []}}";
            write(claude, text);

            assertThat(hooks("uninstall")).isEqualTo(new Run(0, lines("absent"), ""));
            assertThat(read(claude)).isEqualTo(text);
            assertThat(List.of(gemini, codex, config)).noneMatch(Files::exists);
        }

        @Test
        void notes_that_codex_asks_again_for_hooks_that_move_up() throws Exception {
            hooks("install", "codex");
            JsonNode settings = json(read(codex));
            ((ArrayNode) settings.at("/hooks/PreToolUse"))
                    .add(json("{\"hooks\": [{\"type\": \"command\", \"command\": \"a\"}]}"));
            write(codex, JsonText.ascii(settings));

            assertThat(hooks("uninstall", "codex").err())
                    .startsWith("note: codex: other hooks of the file have another place now");
        }
    }

    @Nested
    class Status {
        @Test
        void all_absent_is_well() {
            assertThat(hooks("status")).isEqualTo(new Run(0, lines("absent"), ""));
        }

        @Test
        void all_installed_is_well() throws Exception {
            trustProject();
            hooks("install");

            assertThat(hooks("status")).isEqualTo(new Run(0, lines("installed"), ""));
            assertThat(json(hooks("status", "--json").out()).at("/result/clients/2"))
                    .isEqualTo(JsonText.object()
                            .put("client", "codex")
                            .put("state", "installed")
                            .put("file", codex.toString()));
        }

        @Test
        void without_options_it_is_about_the_current_folder() {
            assertThat(world.run("hooks", "status").out())
                    .startsWith("claude\tabsent\t" + Path.of("").toAbsolutePath() + "/.claude/settings.json\n");
        }

        @Test
        void json_names_the_problem() throws Exception {
            write(gemini, "[]");

            Run run = hooks("status", "--json");

            assertThat(run.status()).isEqualTo(3);
            assertThat(json(run.out()).at("/result/clients/1/problem").asText()).isEqualTo("not a JSON object");
        }

        @Test
        void a_program_that_cannot_be_run_is_broken() throws Exception {
            hooks("install", "claude", "gemini");
            setMode(program, "rw-r--r--");
            assertThat(status("claude")).endsWith("\tits program is not executable: " + program);

            Files.delete(program);
            assertThat(status("gemini")).endsWith("\tits program does not exist: " + program);
            assertThat(hooks("status").status()).isEqualTo(3);
        }

        @ParameterizedTest
        @CsvSource({"claude, StopFailure", "gemini, AfterAgent", "codex, Interrupt"})
        void an_installation_that_lacks_an_event_is_broken_until_it_is_installed_again(String client, String event)
                throws Exception {
            trustProject();
            hooks("install");
            Path file =
                    Map.of("claude", claude, "gemini", gemini, "codex", codex).get(client);
            JsonNode settings = json(read(file));
            ((ObjectNode) settings.path("hooks")).remove(event);
            write(file, settings.toString());

            assertThat(status(client))
                    .startsWith(client + "\tbroken\t")
                    .endsWith("\thooks." + event + " lacks it; `agenttower hooks install` enters it");
            hooks("install");
            assertThat(hooks("status")).isEqualTo(new Run(0, lines("installed"), ""));
        }

        @Test
        void a_hook_of_another_installation_is_well() throws Exception {
            hooks("install", "claude");
            Path other = Files.createDirectories(folder.resolve("o t/bin")).resolve("agenttower-hook");
            Files.move(program, other);
            write(claude, read(claude).replace(program.toString(), other.toString()));

            assertThat(status("claude")).isEqualTo("claude\tinstalled\t" + claude);
        }

        @ParameterizedTest
        @CsvSource({
            "block, ignore",
            "15, 900",
            "claude PreToolUse, claude Stop",
            "' \"hooks\": [', '\"matcher\": \"x\", \"hooks\": ['"
        })
        void a_hook_that_was_changed_is_broken(String from, String to) throws Exception {
            hooks("install", "claude");
            write(claude, read(claude).replace(from, to));

            assertThat(status("claude"))
                    .endsWith("hooks.PreToolUse[0].hooks[0] is not what `agenttower hooks install` writes");
        }

        @Test
        void what_makes_claude_drop_our_hook_is_broken() throws Exception {
            hooks("install", "claude");
            write(claude, read(claude).replaceFirst("\\{", "{\"disableAllHooks\": true,"));

            assertThat(status("claude")).endsWith("\tdisableAllHooks is true, which switches all hooks off");
        }

        @ParameterizedTest
        @ValueSource(strings = {"h/.claude/settings.json", "shop/.claude/settings.local.json"})
        void another_file_can_switch_claudes_hooks_off(String other) throws Exception {
            Path file = folder.resolve(other);
            write(file, "{\"disableAllHooks\": true}");

            assertThat(hooks("install", "claude").err())
                    .startsWith("note: claude: disableAllHooks is true in " + file + ",");
            assertThat(status("claude")).contains("\tbroken\t", "disableAllHooks is true in " + file + ",");
        }

        @ParameterizedTest
        @ValueSource(strings = {"h", "shop"})
        void gemini_can_be_told_to_run_no_hooks(String place) throws Exception {
            Path file = folder.resolve(place).resolve(".gemini/settings.json");
            write(file, "{\"hooksConfig\": {\"enabled\": false}}");
            hooks("install", "gemini");

            assertThat(status("gemini")).contains("\tbroken\t", "hooksConfig.enabled is false in " + file + ",");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "\"sha256:    | \"sha256:0                     | Codex does not trust it",
                    ":0:0         | :1:0                           | Codex does not trust it",
                    "trusted_hash | enabled = false@trusted_hash   | enabled is false for it",
                    "[projects.   | [projects.x.                   | Codex does not trust the project",
                    "\"trusted\"  | \"untrusted\"                  | Codex does not trust the project",
                    "[projects.   | features.hooks = false@[projects.    | features.hooks is false",
                    "[projects.   | [features]@hooks = false@[projects.  | features.hooks is false",
                    "[projects.   | projects.                      | config.toml: not TOML, line 1"
                })
        void codex_runs_only_what_it_trusts(String from, String to, String problem) throws Exception {
            trustProject();
            hooks("install", "codex");
            write(config, read(config).replace(from, to.replace("@", "\n")));

            assertThat(status("codex")).contains("\tbroken\t" + codex + "\t", problem);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "projects = { \"P\" = { trust_level = \"trusted\" } }",
                    "[projects]\n'P'.trust_level = 'trusted'"
                })
        void codex_trusts_a_project_in_whatever_form(String text) throws Exception {
            write(config, text.replace("P", project.toString()));

            assertThat(hooks("install", "codex").err()).isEmpty();
            assertThat(hooks("status").status()).isZero();
        }

        @Test
        void codex_trusts_a_folder_of_a_repository_that_it_trusts() throws Exception {
            trustProject();
            Files.createDirectory(project.resolve(".git"));
            project = Files.createDirectories(project.resolve("part/of"));
            hooks("install", "codex");
            assertThat(hooks("status").status()).isZero();

            Files.createDirectory(project.resolve(".git"));
            assertThat(hooks("status").status()).isEqualTo(3);
        }

        @Test
        void a_link_to_settings_is_followed() throws Exception {
            hooks("install", "gemini");
            Files.move(gemini, folder.resolve("target"));
            Files.createSymbolicLink(gemini, folder.resolve("target"));

            assertThat(status("gemini")).isEqualTo("gemini\tinstalled\t" + gemini);
            assertThat(hooks("install", "gemini").out()).contains("\tunchanged\t");
            assertThat(hooks("uninstall", "gemini").status()).isEqualTo(3);
        }
    }
}
