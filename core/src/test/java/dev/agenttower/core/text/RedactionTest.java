package dev.agenttower.core.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String A20 = "A".repeat(20);
    private static final String JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27uhbU";

    @Test
    void replaces_what_the_six_rules_find() {
        assertThat(Redaction.redact("auth=sk-" + A20 + "AA continuing"))
                .isEqualTo("auth=<redacted:openai-key> continuing");
        assertThat(Redaction.redact("github_token=ghp_" + "B".repeat(22)))
                .isEqualTo("github_token=<redacted:github-token>");
        assertThat(Redaction.redact("ghs_" + A20)).isEqualTo("<redacted:github-token>");
        assertThat(Redaction.redact("AKIAIOSFODNN7EXAMPLE")).isEqualTo("<redacted:aws-access-key>");
        assertThat(Redaction.redact("Authorization: Bearer " + JWT))
                .isEqualTo("Authorization: Bearer <redacted:bearer>");
        assertThat(Redaction.redact(JWT)).isEqualTo("<redacted:jwt>");
        assertThat(Redaction.redact("OPENAI_API_KEY=sk-test-1234567890"))
                .isEqualTo("OPENAI_API_KEY=<redacted:env-secret>");
        assertThat(Redaction.redact("MY_TOKEN=x")).isEqualTo("MY_TOKEN=<redacted:env-secret>");
        assertThat(Redaction.redact("MY_TOKEN=x\r")).isEqualTo("MY_TOKEN=<redacted:env-secret>");
        assertThat(Redaction.redact("_AUTH=x")).isEqualTo("_AUTH=<redacted:env-secret>");
    }

    @Test
    void replaces_every_secret_of_a_line() {
        String key = "sk-" + A20;
        assertThat(Redaction.redact(key + " " + key + ",ghp_" + A20))
                .isEqualTo("<redacted:openai-key> <redacted:openai-key>,<redacted:github-token>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "build started",
                "build complete in 4.2s",
                "TOKEN=x",
                "MY_TOKEN=",
                "my_token=x",
                " MY_TOKEN=x",
                "sk-short",
                "task-AAAAAAAAAAAAAAAAAAAAAAAA",
                "sk-AAAAAAAAAAAAAAAAAAAAAAAA_",
                "xghp_AAAAAAAAAAAAAAAAAAAAAAAA",
                "AKIAIOSFODNN7EXAMPLEX",
                "Bearer short",
                "a.b.c",
                "version 1.2.3 of a thing that is long enough",
                "sk-ant-short",
                "gho_short",
                "+ MY_SECRET=zzz",
                "const token = await login()",
                "connect(token=token, password=password)",
                "if (password == null)",
                "token: string, password: required",
                "max_tokens=200000",
                "export DB_PASSWORD=$(cat secret)",
                "env API_TOKEN=$OTHER_TOKEN ./run",
                "password=",
                "eyJ.a.b",
                "bearer short"
            })
    void keeps_other_text(String line) {
        assertThat(Redaction.redact(line)).isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({
        "sk-proj-abcDEF_123-456789012,<redacted:openai-key>",
        "sk-svcacct-abcDEF_123-456789012,<redacted:openai-key>",
        "key sk-ant-api03-abcDEF_123-4567.,key <redacted:anthropic-key>.",
        "gho_AAAAAAAAAAAAAAAAAAAA,<redacted:github-token>",
        "ghu_AAAAAAAAAAAAAAAAAAAA,<redacted:github-token>",
        "github_pat_11AAAAAAA0abcdefghij_KLMNOP,<redacted:github-token>",
        "TOKEN=a-long-value,TOKEN=<redacted:env-secret>",
        "PASSWORD=correct horse,PASSWORD=<redacted:env-secret>",
        "export MY_API_KEY=supersecretvalue,export MY_API_KEY=<redacted:env-secret>",
        "$ AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7 aws s3 ls,$ AWS_SECRET_ACCESS_KEY=<redacted:env-secret> aws s3 ls",
        "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7,AWS_SECRET_ACCESS_KEY=<redacted:env-secret>",
        "env DB_PASSWORD='two words' X_TOKEN=abcd ./run,env DB_PASSWORD='<redacted:env-secret>' X_TOKEN=<redacted:env-secret> ./run",
        "+ curl -d password=hunter2&user=me,+ curl -d password=<redacted:env-secret>&user=me",
        "bearer abcdefghijklmnop1,bearer <redacted:bearer>"
    })
    void replaces_later_forms(String line, String redacted) {
        assertThat(Redaction.redact(line)).isEqualTo(redacted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"api_key\": \"%s\"}",
                "{\\\"token\\\":\\\"%s\\\"}",
                "secret = '%s' # note",
                "client_secret:`%s`"
            })
    void replaces_a_value_in_quotes(String text) {
        assertThat(Redaction.redact(text.formatted("abc def!"))).isEqualTo(text.formatted("<redacted:env-secret>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"token=%s", "{\"t\":\"%s\"}", "jwt: %s", "S1 %s."})
    void replaces_a_json_web_token_within_a_line(String text) {
        assertThat(Redaction.redact(text.formatted(JWT))).isEqualTo(text.formatted("<redacted:jwt>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "\177", "\b", "\016", "\u200b", "\u202e", "\ufeff", "\u0085"})
    void a_character_that_is_not_seen_hides_no_secret(String unseen) {
        assertThat(Redaction.redact("key ghp_AAAAA" + unseen + "AAAAAAAAAAAAAAAAA"))
                .isEqualTo("key <redacted:github-token>");
        assertThat(Redaction.redact("no" + unseen + "thing")).isEqualTo("no" + unseen + "thing");
    }

    @Test
    void a_carriage_return_hides_no_token() {
        assertThat(Redaction.redact(JWT + "\r")).isEqualTo("<redacted:jwt>\r");
        assertThat(Redaction.redact("10 %\rAPI_TOKEN=abc\rdone\r"))
                .isEqualTo("10 %\rAPI_TOKEN=<redacted:env-secret>\rdone\r");
        assertThat(Redaction.redact("\033[?2004l\rAPI_TOKEN=abc")).isEqualTo("\rAPI_TOKEN=<redacted:env-secret>");
    }

    @Test
    void a_sequence_of_the_terminal_hides_no_secret() {
        assertThat(Redaction.redact("\033[31mBearer " + A20 + "\033[0m")).isEqualTo("Bearer <redacted:bearer>");
        assertThat(Redaction.redact("sk-AAAAAAAAAA\033[1mAAAAAAAAAA")).isEqualTo("<redacted:openai-key>");
        assertThat(Redaction.redact("\033]0;t\007AWS_SECRET=x")).isEqualTo("AWS_SECRET=<redacted:env-secret>");
        assertThat(Redaction.redact("\u009b31mghp_" + A20)).isEqualTo("<redacted:github-token>");
    }

    @Test
    void colours_stay_where_there_is_no_secret() {
        assertThat(Redaction.redact("\033[32mok\033[0m")).isEqualTo("\033[32mok\033[0m");
    }

    @Test
    void a_secret_inside_a_sequence_is_replaced_as_well() {
        assertThat(Redaction.redact("\033]0;sk-" + A20 + "\007text")).isEqualTo("\033]0;<redacted:openai-key>\007text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-",
                "sk-A",
                "sk-proj-",
                "gh",
                "ghp_A",
                "AKIA",
                "AKIAA",
                "Bearer ",
                "a.",
                "A",
                "A_TOKEN",
                "TOKEN",
                "A=",
                "\033[",
                "\033]",
                "sk-\033[m",
                "-",
                "_",
                "=",
                "token=",
                "token='",
                "\"token\":\"",
                "eyJaaaaaaaa.",
                "\u200b"
            })
    @Timeout(10)
    void takes_time_in_proportion_to_the_line(String piece) {
        assertThatNoException().isThrownBy(() -> Redaction.redact(piece.repeat((1 << 20) / piece.length())));
    }
}
