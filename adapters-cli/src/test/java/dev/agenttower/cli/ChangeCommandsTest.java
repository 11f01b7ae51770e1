package dev.agenttower.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.cli.CliWorld.Run;
import dev.agenttower.cli.terminal.Terminals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeCommandsTest {
    private static final String ID = "scr_20260220_150000_001";
    private static final String LIST = "GET /api/governance/sovereign-requests";
    private static final String ONE = LIST + "/" + ID;
    private static final String PREVIEW = ONE + "/preview";
    private static final String EDITED_PREVIEW = PREVIEW.replace("GET", "POST");
    private static final String PUT = ONE.replace("GET", "PUT");
    private static final String HASH = "ab".repeat(32);
    private static final String RESULT = "cd".repeat(32);
    private static final String DIFF =
            "--- a/config/specs.json\\n+++ b/config/specs.json\\n@@ -1,3 +1,3 @@\\n {\\n-old\\n"
                    + "+new \\u001b[2K\\u202e\\u009b\\n }\\n\\\\ No newline at end of file\\n";
    private static final String SEEN = "{'scr_id': '" + ID
            + "', 'target_path': 'config/specs.json', 'change_type': 'append',"
            + " 'status': 'pending', 'would_apply': true, 'problem': null, 'diff': '" + DIFF + "', 'result': 'x',"
            + " 'submitted_sha256': '" + HASH + "', 'current_sha256': '" + HASH + "', 'result_sha256': '" + RESULT
            + "', 'changed_since_submission': false}";
    private static final String UNFIT = SEEN.replace(
                    "'would_apply': true, 'problem': null", "'would_apply': false, 'problem': 'found 2 times'")
            .replace(DIFF, "")
            .replace("'" + RESULT + "'", "null");
    private static final String AUTHORIZED =
            "{'status': 'success', 'scr_id': '" + ID + "', 'new_status': 'authorized'}";
    private static final String ASKS =
            "{'error': 'Only humans can manage SCRs', 'reason': 'passphrase_required', 'message': 'say it'}";

    @TempDir
    Path folder;

    private CliWorld world;

    @BeforeEach
    void create_world() {
        world = new CliWorld(folder);
    }

    private static String change(String payload) {
        return "{'id': '" + ID + "', 'ts': '2026-02-20T15:00:00Z', 'agent': 'CLAUDE', 'role': 'Backend_Engineer',"
                + " 'spec_ref': null, 'intent_id': null, 'target_path': 'config/specs.json',"
                + " 'description': 'line one\\nline \\u001b]0;evil\\u0007two', 'status': 'pending',"
                + " 'authorized_by': null, 'authorized_at': null, " + payload + "}";
    }

    private void sit_at_a_terminal(String input) {
        world.terminals = new Terminals(true, true, true);
        world.environment.put("NO_COLOR", "1");
        world.input = input;
    }

    @Nested
    class Proposing {
        private static final String POST = "POST /api/governance/sovereign-requests";
        private static final String QUEUED = "{'status': 'queued', 'scr_id': '" + ID + "', 'message': 'wait\\u001b'}";

        @Test
        void takes_what_is_to_be_done_from_the_command_line() throws IOException {
            world.input = "more\n";
            try (FakeGovernance api = world.governance().on(POST, 201, QUEUED)) {
                assertThat(world.run("scr", "propose", "x", "--append=-", "--role", "R", "--description", "why"))
                        .isEqualTo(new Run(0, "scr_id=" + ID + "\nalready_pending=false\nmessage=wait?\n", ""));
                assertThat(api.body())
                        .isEqualTo("{\"agent\": \"CLI\", \"role\": \"R\", \"target_path\": \"x\", \"change_type\":"
                                + " \"append\", \"description\": \"why\", \"content\": \"more\\n\"}");
                world.run(
                        "scr",
                        "propose",
                        "x",
                        "--old",
                        "a",
                        "--new",
                        "b",
                        "--role",
                        "R",
                        "--spec",
                        "S",
                        "--intent",
                        "I");
                assertThat(api.body())
                        .contains("\"change_type\": \"patch\"", "\"spec_ref\": \"S\", \"intent_id\": \"I\"")
                        .endsWith("\"patch\": {\"old_string\": \"a\", \"new_string\": \"b\"}}");
                world.run("scr", "propose", "x", "--merge", "{\"k\": [1]}", "--role", "R");
                assertThat(api.body()).contains("\"json_merge\"").endsWith("\"merge_data\": {\"k\": [1]}}");
                world.run("scr", "propose", "x", "--content", "all", "--role", "R");
                assertThat(api.body()).contains("\"full_replace\"").endsWith("\"content\": \"all\"}");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "--old a", "--new b", "--append a --content b", "--merge [1]", "--merge {"})
        void needs_one_proposal(String options) {
            Run run = world.run(("scr propose x --role R " + options).strip().split(" "));

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).contains("--merge").endsWith("code: bad_request\n");
        }

        @Test
        void takes_no_text_on_stdin_that_is_not_utf8() {
            world.input = "M\u00fcller";
            world.inputCharset = StandardCharsets.ISO_8859_1;

            assertThat(world.run("scr", "propose", "x", "--append=-", "--role", "R"))
                    .isEqualTo(new Run(3, "", "error: the text on stdin is not UTF-8\ncode: bad_request\n"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"k\": 1|Unexpected end-of-input: expected close marker for Object, line 1 column 8",
                    "{\"k\": NaN}|Non-standard token 'NaN', line 1 column 10",
                    "{\"k\": 1, \"k\": 2}|Duplicate field 'k', line 1 column 13",
                    "{} /* */|Unexpected character ('/' (code 47)): maybe a (non-standard) comment?, line 1 column 4",
                    "{} 1|something follows the value, line 1 column 4"
                })
        void says_in_plain_words_what_is_wrong_with_what_is_to_be_merged(String json, String reason) {
            assertThat(world.run("scr", "propose", "x", "--merge", json, "--role", "R")
                            .err())
                    .isEqualTo("error: --merge takes JSON: " + reason + "\ncode: bad_request\n");
        }

        @Test
        void says_in_plain_words_that_what_is_to_be_merged_is_too_deep() {
            String json = "{\"k\": " + "[".repeat(1001);

            assertThat(world.run("scr", "propose", "x", "--merge", json, "--role", "R")
                            .err())
                    .startsWith(
                            "error: --merge takes JSON: Document nesting depth (1001) exceeds the maximum allowed (1000)")
                    .contains("line 1 column ");
        }
    }

    @Nested
    class Listing {
        @Test
        void shows_what_waits_with_a_tab_between_fields_and_nothing_that_could_break_out() throws IOException {
            try (FakeGovernance api = world.governance()
                    .on(LIST, "{'requests': [" + change("'change_type': 'append', 'content': 'x'") + "]}")) {
                assertThat(world.run("scr", "list", "--project", "shop"))
                        .isEqualTo(new Run(
                                0,
                                "SCR_ID\tSTATUS\tTARGET\tTYPE\tROLE\tAGENT\tSUBMITTED\tDESCRIPTION\n" + ID
                                        + "\tpending\tconfig/specs.json\tappend\tBackend_Engineer\tCLAUDE\t"
                                        + "2026-02-20T15:00:00Z\tline one line ?]0;evil?two\n",
                                ""));
                world.run("scr", "list", "--all");
                world.run("scr", "list", "--status", "rejected", "--json");
                assertThat(api.targets())
                        .containsExactly(
                                LIST + "?status=pending&payload=none&project=shop",
                                LIST + "?payload=none",
                                LIST + "?status=rejected");
            }
        }

        @Test
        void shows_columns_on_a_terminal() throws IOException {
            sit_at_a_terminal("");
            try (FakeGovernance api = world.governance()
                    .on(LIST, "{'requests': [" + change("'change_type': 'append', 'content': 'x'") + "]}")) {
                assertThat(world.run("scr", "list").out())
                        .doesNotContain("\t")
                        .contains("SCR_ID", "pending", ID + "  ", "config/")
                        .doesNotContain("CLAUDE", "2026-02");
                assertThat(api.targets()).hasSize(1);
            }
        }

        @Test
        void gives_scripts_all_that_the_daemon_said() throws IOException {
            try (FakeGovernance api = world.governance().on(LIST, "{'requests': [{'id': 'x', 'novel': 1}]}")) {
                assertThat(world.run("scr", "list", "--json").out())
                        .isEqualTo("{\"ok\": true, \"result\": {\"requests\": [{\"id\": \"x\", \"novel\": 1}]}}\n");
                assertThat(api.targets()).hasSize(1);
            }
        }
    }

    @Nested
    class Showing {
        @Test
        void spells_out_what_a_terminal_would_obey() throws IOException {
            String patch = "'change_type': 'patch', 'patch': {'old_string': 'a\\n\\tb', 'new_string': '\\u202ec'}";
            try (FakeGovernance api = world.governance().on(ONE, change(patch))) {
                Run run = world.run("scr", "show", ID);

                assertThat(run.status()).isZero();
                assertThat(run.out())
                        .startsWith("id=" + ID + "\nstatus=pending\ntarget_path=config/specs.json\n")
                        .contains("spec_ref=-\n", "was_edited=false\n")
                        .endsWith(
                                "\nDescription\n  line one\n  line <U+001B>]0;evil<U+0007>two\n\nReplace\n  a\n  \tb\n\n"
                                        + "with\n  <U+202E>c\n");
                assertThat(api.targets()).containsExactly(ONE);
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "'change_type': 'append', 'content': 'x\\n'|Append\\n  x\\n  \\n",
                    "'change_type': 'full_replace', 'content': ''|Replace all by\\n  \\n",
                    "'change_type': 'json_merge', 'merge_data': {'k': [1]}|Merge\\n  {\\n    \"k\" : [\\n      1\\n    ]\\n  }\\n",
                    "'change_type': 'novel'|line <U+001B>]0;evil<U+0007>two\\n"
                },
                quoteCharacter = '`')
        void shows_each_type_of_proposal(String payload, String end) throws IOException {
            try (FakeGovernance api = world.governance().on(ONE, change(payload))) {
                assertThat(world.run("scr", "show", ID).out()).endsWith(end.replace("\\n", "\n"));
                assertThat(api.targets()).hasSize(1);
            }
        }

        @Test
        void an_unknown_request_is_refused() throws IOException {
            try (FakeGovernance api = world.governance().on(ONE, 404, "{'error': 'SCR not found'}")) {
                assertThat(world.run("scr", "show", ID))
                        .isEqualTo(new Run(3, "", "error: SCR not found\ncode: not_found\n"));
                assertThat(world.run("scr", "show", ID, "--json"))
                        .isEqualTo(new Run(
                                3,
                                "{\"ok\": false, \"error\": {\"code\": \"not_found\", \"message\": \"SCR not found\"}}\n",
                                ""));
                assertThat(api.targets()).hasSize(2);
            }
        }
    }

    @Nested
    class Diffing {
        @Test
        void gives_the_hash_for_a_script_and_a_patch_in_which_nothing_hides() throws IOException {
            try (FakeGovernance api = world.governance().on(PREVIEW, SEEN)) {
                assertThat(world.run("scr", "diff", ID))
                        .isEqualTo(new Run(
                                0,
                                "# " + ID + ": append of config/specs.json, pending\n# hash of the file now: " + HASH
                                        + "\n# hash of the result:   " + RESULT
                                        + "\n--- a/config/specs.json\n+++ b/config/specs.json\n@@ -1,3 +1,3 @@\n {\n-old\n"
                                        + "+new <U+001B>[2K<U+202E><U+009B>\n }\n\\ No newline at end of file\n",
                                ""));
                assertThat(api.targets()).containsExactly(PREVIEW);
            }
        }

        @Test
        void is_coloured_on_a_terminal() throws IOException {
            world.terminals = new Terminals(true, true, true);
            try (FakeGovernance api = world.governance().on(PREVIEW, SEEN)) {
                assertThat(world.run("scr", "diff", ID).out())
                        .contains(
                                "\u001b[1m--- a/config/specs.json\u001b[0m\n",
                                "\u001b[36m@@ -1,3 +1,3 @@\u001b[0m\n {\n\u001b[31m-old\u001b[0m\n",
                                "\u001b[32m+new <U+001B>[2K<U+202E><U+009B>\u001b[0m\n");
                assertThat(api.targets()).hasSize(1);
            }
        }

        @Test
        void says_why_a_change_does_not_apply() throws IOException {
            try (FakeGovernance api =
                    world.governance().on(PREVIEW, UNFIT.replace("submission': false", "submission': true"))) {
                Run run = world.run("scr", "diff", ID);

                assertThat(run.status()).isEqualTo(5);
                assertThat(run.out())
                        .endsWith(
                                "# the file has changed since this was proposed\n# it does not apply: found 2 times\n");
                assertThat(api.targets()).hasSize(1);
            }
        }
    }

    @Nested
    class Authorizing {
        @Test
        void takes_exactly_what_the_person_saw() throws IOException {
            sit_at_a_terminal("y\n");
            try (FakeGovernance api = world.governance().on(PREVIEW, SEEN).on(PUT, AUTHORIZED)) {
                Run run = world.run("scr", "authorize", ID);

                assertThat(run.status()).isZero();
                assertThat(run.out())
                        .contains("\n-old\n+new <U+001B>")
                        .endsWith(
                                "Authorize this change of config/specs.json (+1 -1 lines), result cdcdcdcdcdcd? [y/N] scr_id="
                                        + ID + "\nnew_status=authorized\n");
                assertThat(api.body())
                        .isEqualTo("{\"action\": \"authorize\", \"expected_sha256\": \"" + HASH
                                + "\", \"expected_result_sha256\": \"" + RESULT + "\"}");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n", "n\n", "no\n", "yeah\n"})
        void does_nothing_without_a_yes(String answer) throws IOException {
            sit_at_a_terminal(answer);
            try (FakeGovernance api = world.governance().on(PREVIEW, SEEN)) {
                Run run = world.run("scr", "authorize", ID);

                assertThat(run.status()).isEqualTo(1);
                assertThat(run.err()).isEqualTo("error: nothing was authorized\n");
                assertThat(api.targets()).containsExactly(PREVIEW);
            }
        }

        @Test
        void takes_a_script_at_its_word_about_the_file() throws IOException {
            try (FakeGovernance api = world.governance().on(PREVIEW, SEEN).on(PUT, AUTHORIZED)) {
                assertThat(world.run("scr", "authorize", ID, "--yes", "--hash", HASH, "--json"))
                        .isEqualTo(new Run(
                                0,
                                "{\"ok\": true, \"result\": {\"status\": \"success\", \"scr_id\": \"" + ID
                                        + "\", \"new_status\": \"authorized\"}}\n",
                                ""));
                assertThat(api.targets()).containsExactly(PREVIEW, PUT);
            }
        }

        @Test
        void does_nothing_for_a_script_that_saw_another_file() throws IOException {
            try (FakeGovernance api = world.governance().on(PREVIEW, SEEN)) {
                Run run = world.run("scr", "authorize", ID, "--yes", "--hash", RESULT);

                assertThat(run.status()).isEqualTo(3);
                assertThat(run.err()).startsWith("error: the file's hash is " + HASH);
                assertThat(api.targets()).containsExactly(PREVIEW);
            }
        }

        @Test
        void does_nothing_for_a_script_that_saw_another_result() throws IOException {
            try (FakeGovernance api = world.governance().on(PREVIEW, SEEN).on(PUT, AUTHORIZED)) {
                Run run = world.run("scr", "authorize", ID, "--yes", "--hash", HASH, "--result", HASH);
                assertThat(run.status()).isEqualTo(3);
                assertThat(run.err()).startsWith("error: the result's hash is " + RESULT);
                assertThat(api.targets()).containsExactly(PREVIEW);

                world.run("scr", "authorize", ID, "--yes", "--hash", HASH, "--result", RESULT);
                assertThat(api.targets()).containsExactly(PREVIEW, PREVIEW, PUT);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "--yes", "--hash abc", "--json", "--result abc"})
        void asks_nobody_where_nobody_is(String options) throws IOException {
            try (FakeGovernance api = world.governance().on(PREVIEW, SEEN)) {
                Run run = world.run(
                        ("scr authorize " + ID + " " + options).strip().split(" "));

                assertThat(run.status()).isEqualTo(3);
                assertThat(run.out() + run.err()).contains("--hash", "bad_request");
                assertThat(api.targets()).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"unfit", "decided"})
        void does_not_even_ask_about_what_cannot_be(String kind) throws IOException {
            sit_at_a_terminal("y\n");
            String preview = kind.equals("unfit") ? UNFIT : SEEN.replace("pending", "rejected");
            try (FakeGovernance api = world.governance().on(PREVIEW, preview)) {
                Run run = world.run("scr", "authorize", ID);

                assertThat(run.status()).isEqualTo(3);
                assertThat(run.err()).contains(kind.equals("unfit") ? "found 2 times" : "already rejected");
                assertThat(api.targets()).containsExactly(PREVIEW);
            }
        }

        @Test
        void reports_that_the_file_has_changed_meanwhile() throws IOException {
            sit_at_a_terminal("y\n");
            try (FakeGovernance api = world.governance()
                    .on(PREVIEW, SEEN)
                    .on(
                            PUT,
                            409,
                            "{'error': 'config/specs.json has changed since; look again', 'current_sha256': null}")) {
                assertThat(world.run("scr", "authorize", ID).err())
                        .isEqualTo("error: config/specs.json has changed since; look again\ncode: conflict\n"
                                + "next: look at `agenttower scr diff` again, and decide on that\n");
                assertThat(api.targets()).hasSize(2);
            }
        }

        @Test
        void asks_for_the_passphrase_when_the_daemon_does() throws IOException {
            sit_at_a_terminal("y\nwrong one\nright öne\n");
            try (FakeGovernance api = world.governance()
                    .on(PREVIEW, SEEN)
                    .on(PUT, 403, ASKS)
                    .on(PUT, 403, ASKS.replace("required", "wrong"))
                    .on(PUT, AUTHORIZED)) {
                Run run = world.run("scr", "authorize", ID);

                assertThat(run.status()).isZero();
                assertThat(run.err()).isEqualTo("Operator passphrase: \nThat is not it. Operator passphrase: \n");
                assertThat(api.header("X-Operator-Passphrase")).containsExactly("wrong%20one", "right%20%C3%B6ne");
            }
        }

        @Test
        void reads_the_passphrase_of_a_script_from_stdin() throws IOException {
            world.input = "open sesame\n";
            try (FakeGovernance api = world.governance().on(PREVIEW, SEEN).on(PUT, AUTHORIZED)) {
                assertThat(world.run("scr", "authorize", ID, "--yes", "--hash", HASH, "--passphrase-stdin")
                                .status())
                        .isZero();
                assertThat(api.header("X-Operator-Passphrase")).containsExactly("open%20sesame");
            }
        }

        @Test
        void reports_that_a_passphrase_is_missing() throws IOException {
            try (FakeGovernance api = world.governance().on(PREVIEW, SEEN).on(PUT, 403, ASKS)) {
                assertThat(world.run("scr", "authorize", ID, "--yes", "--hash", HASH))
                        .isEqualTo(new Run(
                                3,
                                "",
                                "error: Only humans can manage SCRs: say it\ncode: passphrase_required\nnext: run it at a"
                                        + " terminal, where the passphrase is asked for, or add --passphrase-stdin\n"));
                assertThat(api.targets()).hasSize(2);
            }
        }
    }

    @Nested
    class Editing {
        private Path editor(String script) throws IOException {
            Path editor = Files.writeString(folder.resolve("ed it"), "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(editor, PosixFilePermissions.fromString("rwx------"));
            world.environment.put("EDITOR", "'" + editor + "' -w");
            return editor;
        }

        private String patch(String before, String after) {
            return change(
                    "'change_type': 'patch', 'patch': {'old_string': '" + before + "', 'new_string': '" + after + "'}");
        }

        private String edited() throws IOException {
            return Files.readString(world.home.resolve("seen"));
        }

        private void forget(Run run) throws IOException {
            Path kept =
                    Path.of(run.err().lines().findFirst().orElseThrow().substring("your text is kept in ".length()));
            Files.delete(kept);
            Files.delete(kept.getParent());
        }

        @Test
        void previews_and_authorizes_what_was_written() throws IOException {
            sit_at_a_terminal("y\n");
            editor("test \"$1\" = -w && case $2 in *.json) ;; *) exit 3 ;; esac; sed -i 's/^x$/better/' \"$2\";"
                    + " printf %s \"$2\" >\"$HOME/edited\"");
            try (FakeGovernance api = world.governance()
                    .on(ONE, change("'change_type': 'append', 'content': 'x'"))
                    .on(EDITED_PREVIEW, SEEN)
                    .on(PUT, AUTHORIZED)) {
                Run run = world.run("scr", "edit", ID);

                assertThat(run.err()).isEmpty();
                assertThat(run.status()).isZero();
                assertThat(run.out()).contains("\n-old\n+new <U+001B>", "? [y/N] scr_id=" + ID);
                assertThat(api.targets()).containsExactly(ONE, EDITED_PREVIEW, PUT);
                assertThat(api.body()).endsWith(RESULT + "\", \"edited_content\": \"better\"}");
                assertThat(Path.of(Files.readString(world.home.resolve("edited"))))
                        .doesNotExist();
            }
        }

        @Test
        void shows_both_texts_of_a_patch_and_takes_each_as_it_stands() throws IOException {
            sit_at_a_terminal("y\n");
            editor("cp \"$2\" \"$HOME/seen\"; sed -i 's/^after$/later\\n/' \"$2\"");
            try (FakeGovernance api = world.governance()
                    .on(ONE, patch("before\\n==== new ====\\n", "# after\\nafter\\u202e\\nafter"))
                    .on(EDITED_PREVIEW, SEEN)
                    .on(PUT, AUTHORIZED)) {
                assertThat(world.run("scr", "edit", ID).status()).isZero();
                assertThat(edited())
                        .startsWith(
                                "# " + ID + ": patch of config/specs.json\n# proposed by CLAUDE as Backend_Engineer\n")
                        .contains("WATCH OUT for characters that an editor may not show: <U+202E>")
                        .containsPattern(
                                "==== old [0-9a-f]{8} ====\nbefore\n==== new ====\n\n==== new [0-9a-f]{8} ====\n"
                                        + "# after\nafter\u202e\nafter\n==== end [0-9a-f]{8} ====\n$");
                assertThat(api.body())
                        .endsWith("\"edited_patch\": {\"old_string\": \"before\\n==== new ====\\n\", \"new_string\":"
                                + " \"# after\\nafter\u202e\\nlater\\n\"}}");
            }
        }

        @Test
        void goes_back_to_the_editor_when_the_document_cannot_be_read() throws IOException {
            sit_at_a_terminal("y\ny\n");
            editor("if test -e \"$HOME/again\"; then mv \"$HOME/again\" \"$2\"; sed -i 's/^b$/c/' \"$2\"; else"
                    + " cp \"$2\" \"$HOME/again\"; sed -i '/^==== end/d' \"$2\"; fi");
            try (FakeGovernance api = world.governance()
                    .on(ONE, patch("a", "b"))
                    .on(EDITED_PREVIEW, SEEN)
                    .on(PUT, AUTHORIZED)) {
                Run run = world.run("scr", "edit", ID);

                assertThat(run.status()).isZero();
                assertThat(run.out())
                        .startsWith("the line \"==== end ")
                        .contains("is missing", "Edit it again? [y/N] #");
                assertThat(api.body()).endsWith("\"new_string\": \"c\"}}");
            }
        }

        @Test
        void goes_back_to_the_editor_when_the_change_would_not_apply() throws IOException {
            sit_at_a_terminal("y\ny\n");
            editor("if grep -q '^d$' \"$2\"; then sed -i 's/^d$/c/' \"$2\"; else sed -i 's/^b$/d/' \"$2\"; fi");
            try (FakeGovernance api = world.governance()
                    .on(ONE, patch("a", "b"))
                    .on(EDITED_PREVIEW, UNFIT)
                    .on(EDITED_PREVIEW, SEEN)
                    .on(PUT, AUTHORIZED)) {
                Run run = world.run("scr", "edit", ID);

                assertThat(run.status()).isZero();
                assertThat(run.out()).contains("# it does not apply: found 2 times\nEdit it again? [y/N] ");
                assertThat(api.targets()).containsExactly(ONE, EDITED_PREVIEW, EDITED_PREVIEW, PUT);
                assertThat(api.body()).endsWith("\"new_string\": \"c\"}}");
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "sed -i '/^==== new/d' \"$2\"|is missing, or not in its place",
                    "sed -i 's/^\\(==== new.*\\)$/\\1\\n\\1/' \"$2\"|there are other lines with",
                    "sed -i 's/^\\(==== end.*\\)$/x\\1/' \"$2\"|is missing, or not in its place",
                    "echo more >>\"$2\"|\"more\" stands outside of every text",
                    "sed -i '1i mine' \"$2\"|\"mine\" stands outside of every text",
                    "printf '\\377' >>\"$2\"|is not UTF-8",
                },
                quoteCharacter = '`')
        void guesses_nothing(String script, String reason) throws IOException {
            sit_at_a_terminal("n\n");
            editor(script);
            try (FakeGovernance api = world.governance().on(ONE, patch("a", "b"))) {
                Run run = world.run("scr", "edit", ID);

                assertThat(run.status()).isEqualTo(1);
                assertThat(run.err()).contains(reason);
                assertThat(api.targets()).containsExactly(ONE);
                if (run.err().startsWith("your text")) {
                    forget(run);
                }
            }
        }

        @Test
        void shows_what_is_merged_as_json_and_takes_nothing_else() throws IOException {
            sit_at_a_terminal("y\n");
            String merge = change("'change_type': 'json_merge', 'merge_data': {'k': 1, 'l': '\\u202e'}");
            try (FakeGovernance api =
                    world.governance().on(ONE, merge).on(EDITED_PREVIEW, SEEN).on(PUT, AUTHORIZED)) {
                editor("cp \"$2\" \"$HOME/seen\"; sed -i 's/1/2/' \"$2\"");
                assertThat(world.run("scr", "edit", ID).status()).isZero();
                assertThat(edited()).isEqualTo("{\n  \"k\" : 1,\n  \"l\" : \"\\u202e\"\n}\n");
                assertThat(api.body()).endsWith("\"edited_merge_data\": {\"k\": 2, \"l\": \"\u202e\"}}");
            }
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "[1]|must be a JSON object",
                    "{\"k\": 1} {}|something follows",
                    "{\"k\": 1, \"k\": 2}|Duplicate field"
                })
        void merges_nothing_that_could_be_read_in_two_ways(String json, String reason) throws IOException {
            sit_at_a_terminal("n\n");
            editor("printf '%s' '" + json + "' >\"$2\"");
            try (FakeGovernance api =
                    world.governance().on(ONE, change("'change_type': 'json_merge', 'merge_data': {'k': 1}"))) {
                Run run = world.run("scr", "edit", ID);

                assertThat(run.status()).isEqualTo(1);
                assertThat(run.err()).startsWith("your text is kept in /").contains(reason);
                assertThat(api.targets()).containsExactly(ONE);
                forget(run);
            }
        }

        @ParameterizedTest
        @CsvSource({
            "'true', left as it was",
            "'echo \"# a note\" >>\"$2\"', left as it was",
            "': >\"$2\"', was emptied",
            "'printf \"\n\n\" >\"$2\"', was emptied",
            "'sed -i \"s/^x$//\" \"$2\"', was emptied",
            "'exit 4', ended with status 4"
        })
        void does_nothing_when_nothing_was_edited(String script, String reason) throws IOException {
            sit_at_a_terminal("y\n");
            editor(script);
            try (FakeGovernance api = world.governance().on(ONE, change("'change_type': 'append', 'content': 'x'"))) {
                Run run = world.run("scr", "edit", ID);

                assertThat(run.status()).isEqualTo(1);
                assertThat(run.err()).contains(reason);
                assertThat(api.targets()).containsExactly(ONE);
                if (run.err().startsWith("your text")) {
                    forget(run);
                }
            }
        }

        @Test
        void keeps_stdout_for_the_script_with_json() throws IOException {
            sit_at_a_terminal("y\n");
            world.terminals = new Terminals(true, false, true);
            editor("sed -i 's/^x$/y/' \"$2\"");
            try (FakeGovernance api = world.governance()
                    .on(ONE, change("'change_type': 'append', 'content': 'x'"))
                    .on(EDITED_PREVIEW, SEEN)
                    .on(PUT, AUTHORIZED)) {
                Run run = world.run("scr", "edit", ID, "--json");

                assertThat(run.out())
                        .isEqualTo("{\"ok\": true, \"result\": {\"status\": \"success\", \"scr_id\": \"" + ID
                                + "\", \"new_status\": \"authorized\"}}\n");
                assertThat(run.err()).contains("+new <U+001B>").endsWith("? [y/N] ");
                assertThat(api.body()).endsWith("\"edited_content\": \"y\"}");
            }
        }

        @Test
        void needs_a_terminal() {
            Run run = world.run("scr", "edit", ID);

            assertThat(run.status()).isEqualTo(3);
            assertThat(run.err()).isEqualTo("error: an editor needs a terminal\ncode: bad_request\n");
        }
    }

    @Test
    void rejects_with_a_reason() throws IOException {
        try (FakeGovernance api = world.governance().on(PUT, "{'new_status': 'rejected'}")) {
            assertThat(world.run("scr", "reject", ID, "--reason", "too wide"))
                    .isEqualTo(new Run(0, "scr_id=" + ID + "\nnew_status=rejected\n", ""));
            assertThat(api.body()).isEqualTo("{\"action\": \"reject\", \"reason\": \"too wide\"}");
        }
    }

    @Test
    void withdraws_in_the_role_of_the_session() throws IOException {
        world.environment.put("ADT_ROLE", "Backend_Engineer");
        world.environment.put("ADT_AGENT", "CLAUDE");
        try (FakeGovernance api = world.governance().on(PUT, "{'new_status': 'withdrawn'}")) {
            assertThat(world.run("scr", "withdraw", ID).out()).endsWith("new_status=withdrawn\n");
            assertThat(api.body())
                    .isEqualTo("{\"agent\": \"CLAUDE\", \"role\": \"Backend_Engineer\", \"action\": \"withdraw\"}");
        }
    }
}
