package dev.agenttower.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.change.proposal.AuthorizeChange;
import dev.agenttower.core.governance.change.proposal.SubmitChange;
import dev.agenttower.core.governance.policy.PolicyProblem;
import dev.agenttower.core.governance.registry.GovernedProjects;
import dev.agenttower.core.governance.registry.InMemoryProjectStore;
import dev.agenttower.core.governance.registry.RegisteredProject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the files by which a project is governed. */
class ProjectProblemsTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    Path parent;

    private Path shop;
    private RegisteredProject project;
    private GovernedProjects projects;

    @BeforeEach
    void govern_a_folder() throws IOException {
        shop = Files.createDirectory(parent.resolve("shop"));
        InMemoryProjectStore store = new InMemoryProjectStore();
        projects = projects(store);
        project = projects.add(shop.toString(), null).project();
        projects.open(project).scaffold().create("shop", true);
    }

    private static GovernedProjects projects(InMemoryProjectStore store) {
        return new GovernedProjects(store, new ProjectWorkspaces(CLOCK), CLOCK);
    }

    /** The same project as another process would open it. */
    private GovernedProjects anew() {
        InMemoryProjectStore store = new InMemoryProjectStore();
        store.add(project);
        return projects(store);
    }

    @Test
    void of_a_whole_project_there_is_nothing_to_tell() {
        assertThat(projects.problems(project)).isEmpty();
    }

    @Test
    void a_broken_policy_file_is_named_with_line_and_column() throws IOException {
        Files.writeString(shop.resolve("config/specs.json"), "{\n  \"specs\": {\n    oops\n  }\n}\n");

        assertThat(projects.problems(project)).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("config/specs.json");
            assertThat(problem.problem()).contains("line 3", "column ").doesNotContain("\n");
        });
    }

    @Test
    void a_missing_folder_is_named_even_if_the_project_was_open_before() throws IOException {
        Files.move(shop, parent.resolve("elsewhere"));

        PolicyProblem expected = new PolicyProblem(".", "its folder " + project.path() + " is missing or closed to us");
        assertThat(projects.problems(project)).containsExactly(expected);
        assertThat(anew().problems(project)).containsExactly(expected);
    }

    @Test
    void a_broken_queue_is_named_by_an_open_project_and_keeps_another_from_being_opened() throws IOException {
        Files.writeString(shop.resolve("_cortex/ops/sovereign_requests.json"), "{");

        assertThat(projects.problems(project))
                .extracting(PolicyProblem::file)
                .containsExactly("_cortex/ops/sovereign_requests.json");
        GovernedProjects others = anew();
        assertThat(others.problems(project)).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(".");
            assertThat(problem.problem()).contains("sovereign_requests.json' is not JSON");
        });
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> others.select("shop", null))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.FAILED));
    }

    @Test
    void an_interrupted_change_is_named_until_it_is_settled() throws IOException {
        var open = projects.open(project);
        Map<String, Object> more = Map.of("content", "more\n");
        String id = open.changeSubmission()
                .submit(new SubmitChange(
                        "CLAUDE", "Developer", null, null, "_cortex/MASTER_PLAN.md", "append", "why", more))
                .request()
                .id();
        Path intents = Files.createDirectories(shop.resolve("_cortex/ops/change-intents"));
        String record =
                "{\"before_sha256\": \"a\", \"after_sha256\": \"b\", \"ledger\": \"0.0\", \"decided\": {\"id\": \"" + id
                        + "\", \"target_path\": \"_cortex/MASTER_PLAN.md\", \"change_type\": \"append\", \"role\": \"Developer\","
                        + " \"agent\": \"CLAUDE\", \"status\": \"authorized\"}}";
        Files.writeString(intents.resolve("interrupted.json"), record);

        assertThat(projects.problems(project))
                .singleElement()
                .satisfies(problem -> assertThat(problem.sentence())
                        .startsWith("_cortex/ops/change-intents: the change of " + id + " was interrupted"));

        Files.writeString(intents.resolve("interrupted.json"), "{}");
        assertThat(projects.problems(project))
                .singleElement()
                .satisfies(problem -> assertThat(problem.problem()).contains("no record of a change"));
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> open.changeDecision().authorize(AuthorizeChange.asProposed(id)))
                .withMessageContaining("no record of a change");
    }

    @Test
    void a_project_that_may_only_be_read_is_opened_if_nothing_in_it_was_interrupted() throws IOException {
        Map<String, Object> more = Map.of("content", "more\n");
        projects.open(project)
                .changeSubmission()
                .submit(new SubmitChange(
                        "CLAUDE", "Developer", null, null, "_cortex/MASTER_PLAN.md", "append", "why", more));
        Path ops = shop.resolve("_cortex/ops");
        Path unfinished = ops.resolve(".unfinished_writes");
        Files.write(unfinished, new byte[0]);
        List<Path> closed = List.of(unfinished, ops.resolve(".sovereign_requests.lock"));
        for (Path file : closed) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        }
        assumeFalse(Files.isWritable(unfinished), "root may write any file");

        assertThat(anew().open(project).changeReview().list(null)).hasSize(1);
    }

    @Test
    void nothing_is_created_by_looking() throws IOException {
        Path bare = Files.createDirectory(parent.resolve("bare"));
        RegisteredProject other = projects.add(bare.toString(), null).project();

        assertThat(projects.problems(other))
                .extracting(PolicyProblem::problem)
                .isEqualTo(List.of("is missing", "is missing"));
        assertThat(bare).isEmptyDirectory();
    }
}
