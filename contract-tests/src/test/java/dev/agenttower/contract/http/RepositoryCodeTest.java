package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a session looks at a repository whose settings name programs; none of them is ever run. */
@Timeout(120)
final class RepositoryCodeTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private GovernedFolder project;
    private Path markers;

    @BeforeAll
    static void start() {
        tower.start();
    }

    @BeforeEach
    void create() throws Exception {
        project = GovernedFolder.create(tower);
        markers = Files.createDirectory(tower.home().resolve("markers-" + project.name()));
        project.write(".gitignore", "_cortex/\nconfig/\n");
        git(project.root(), "init", "-q");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter.x.clean", "filter.x.process", "core.fsmonitor", "core.pager", "alias.status"})
    void a_program_that_a_setting_names_is_not_run(String setting) throws Exception {
        project.write(".gitattributes", "*.txt filter=x\n").write("a.txt", "one\n");
        commitAll(project.root());
        git(project.root(), "config", setting, marking("setting"));
        git(project.root(), "config", "filter.x.required", "true");
        project.write("a.txt", "two\n").write("b.txt", "new\n");
        assertThat(end().has(403).text("git_status")).contains("?? b.txt");
        assertNothingRan();
    }

    @Test
    void a_setting_of_an_included_file_or_of_a_submodule_is_not_followed() throws Exception {
        Path sub = Files.createDirectories(project.path("sub"));
        git(sub, "init", "-q");
        Files.writeString(sub.resolve(".gitattributes"), "* filter=x\n");
        Files.writeString(sub.resolve("a"), "one\n");
        commitAll(sub);
        commitAll(project.root());
        Files.writeString(sub.resolve("a"), "two\n");
        Files.writeString(sub.resolve("b"), "new\n");
        for (Path repository : List.of(sub, project.root())) {
            Path included = Files.writeString(
                    tower.home().resolve("included-" + project.name()),
                    "[filter \"x\"]\n\tclean = " + marking("included") + "\n");
            git(repository, "config", "include.path", included.toString());
        }
        assertThat(end().has(403).text("git_status")).contains("?? sub/b");
        assertNothingRan();
    }

    @Test
    void hooks_and_ways_to_fetch_what_is_missing_are_not_run() throws Exception {
        project.write("a", "one\n");
        commitAll(project.root());
        for (String hook : List.of("post-index-change", "fsmonitor-watchman", "reference-transaction", "pre-commit")) {
            Path file = project.path(".git/hooks/" + hook);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "#!/bin/sh\ntouch " + markers.resolve(hook) + "\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        git(project.root(), "config", "remote.origin.url", "ext::" + marking("fetch"));
        git(project.root(), "config", "remote.origin.promisor", "true");
        git(project.root(), "config", "protocol.ext.allow", "always");
        git(project.root(), "config", "core.repositoryformatversion", "1");
        git(project.root(), "config", "extensions.partialClone", "origin");
        String tree = git(project.root(), "rev-parse", "HEAD^{tree}").strip();
        Files.delete(project.path(".git/objects/" + tree.substring(0, 2) + "/" + tree.substring(2)));
        assertThat(end().has(200).text("git_unknown")).isNotEmpty();
        assertNothingRan();
    }

    @Test
    void what_only_a_filter_could_tell_is_said_and_not_guessed() throws Exception {
        project.write(".gitattributes", "*.txt filter=x\n").write("a.txt", "one\n");
        commitAll(project.root());
        git(project.root(), "config", "filter.x.clean", marking("clean"));
        project.write("a.txt", "two\n");
        Reply ended = end().has(200);
        assertThat(ended.text("git_unknown")).contains("a.txt").contains("filter");
        assertThat(ended.text("commit_hash")).matches("[0-9a-f]{40}");
        JsonNode event = project.lastEvent();
        assertThat(event.path("action_data").path("git_unknown").asText()).contains("a.txt");
        assertNothingRan();
    }

    @Test
    void a_long_name_in_the_head_does_not_end_the_daemon() throws Exception {
        project.write("a", "one\n");
        project.write(".git/HEAD", "ref: refs" + "/a".repeat(1000) + "\n");
        assertThat(end().has(403).text("git_status")).contains("?? a");
        assertThat(end(",'force':true").has(200).text("commit_hash")).isEqualTo("unknown");
    }

    @Test
    void a_session_does_not_end_without_force_when_git_cannot_tell() throws Exception {
        project.write("a", "one\n");
        Files.delete(project.path(".gitignore"));
        assertThat(new ProcessBuilder("mkfifo", project.path(".gitignore").toString())
                        .start()
                        .waitFor())
                .isZero();
        Reply refused = end().has(403);
        assertThat(refused.text("error"))
                .isEqualTo("Git could not tell whether there are uncommitted changes. Session cannot be closed without"
                        + " force.");
        assertThat(refused.text("reason")).isEqualTo("git_unknown");
        assertThat(refused.text("git_unknown")).contains("did not answer in time");
        end(",'force':true").has(200);
    }

    private Reply end() {
        return end("");
    }

    private Reply end(String more) {
        return project.post(
                "/api/sessions/end",
                "{'agent':'CLAUDE','role':'Developer','spec_id':'SPEC-001','session_id':'s'" + more + "}");
    }

    private String marking(String name) {
        return "sh -c \"touch " + markers.resolve(name) + "; cat\"";
    }

    private void assertNothingRan() throws IOException {
        try (Stream<Path> ran = Files.list(markers)) {
            assertThat(ran).isEmpty();
        }
    }

    private static void commitAll(Path repository) throws Exception {
        git(repository, "add", "-A");
        git(
                repository,
                "-c",
                "user.name=t",
                "-c",
                "user.email=t@localhost",
                "commit",
                "-q",
                "--no-gpg-sign",
                "-m",
                "all");
    }

    private static String git(Path repository, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
