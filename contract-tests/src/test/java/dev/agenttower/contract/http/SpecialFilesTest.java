package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.SpecialFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Something else in place of a file of a project never keeps a request: more than there are workers are answered, and so are other projects. */
final class SpecialFilesTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final List<String> FILES = List.of(
            "config/jurisdictions.json",
            "config/specs.json",
            "config/dttp.json",
            "_cortex/MASTER_PLAN.md",
            "_cortex/tasks.json",
            "_cortex/requests.md",
            "_cortex/ads/events.jsonl",
            "_cortex/ops/sovereign_requests.json",
            "_cortex/ops/.sovereign_requests.lock",
            "_cortex/ops/.requests.lock",
            "_cortex/ops/.sessions.lock",
            "_cortex/ops/.unfinished_writes",
            "_cortex/ops/sessions.json",
            "_cortex/ops/active_role.txt",
            "_cortex/ops/active_spec.txt",
            "_cortex/ops/change-intents",
            "_cortex/capabilities/intents.jsonl",
            "src/a.txt");

    private static final List<Function<GovernedFolder, Reply>> CALLS = List.of(
            project -> project.post("/api/dttp/request", action("edit", "src/a.txt", "")),
            project -> project.post("/api/dttp/request", action("edit", "src/b.txt", "")),
            project -> project.post("/api/dttp/request", action("delete", "src/b.txt", "")),
            project -> project.post("/api/dttp/request", action("edit", "src/a.txt", ",'dry_run':true")),
            project -> project.get("/api/dttp/policy"),
            project -> project.get("/api/ads/events"),
            project -> project.get("/api/ads/events?cursor=end"),
            project -> project.get("/api/ads/integrity"),
            project -> project.post("/api/governance/sovereign-requests", proposal("")),
            project -> project.post("/api/governance/sovereign-requests", proposal(",'intent_id':'I-1'")),
            project -> project.get("/api/governance/sovereign-requests"),
            project -> project.post(
                    "/api/governance/requests",
                    "{'from_role':'Developer','to_role':'Architect','title':'t','description':'d'}"),
            project -> project.get("/api/governance/requests"),
            project ->
                    project.post("/api/sessions/start", "{'agent':'CLAUDE','role':'Developer','spec_id':'SPEC-001'}"),
            project -> project.get("/api/sessions"),
            project -> project.get("/api/governance/identity"),
            project -> project.get("/api/governance/statusline"),
            project -> project.http().get("/api/projects"));

    @BeforeAll
    static void start() {
        tower.start();
    }

    private static String proposal(String more) {
        return "{'agent':'CLAUDE','role':'Developer','target_path':'_cortex/MASTER_PLAN.md','change_type':'append',"
                + "'content':'x'" + more + "}";
    }

    private static String action(String action, String file, String more) {
        return "{'agent':'CLAUDE','role':'Developer','spec_id':'SPEC-001','action':'" + action + "','params':{'file':'"
                + file + "','content':'x'},'rationale':'r'" + more + "}";
    }

    /** Makes every call, and so many times over, all at once; gives what was answered. */
    private static List<String> answers(GovernedFolder project, int times) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> AtOnce.call(times * CALLS.size(), times * CALLS.size(), call -> {
                    Reply reply = CALLS.get(call % CALLS.size()).apply(project);
                    return reply.status() + " " + reply.body();
                }));
    }

    private static void assertServed(GovernedFolder other) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            other.post("/api/dttp/request", action("edit", "src/a.txt", "")).has(200);
            other.http().get("/api/projects").has(200);
            other.http().get("/api/governance/statusline").has(200);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config/jurisdictions.json",
                "_cortex/MASTER_PLAN.md",
                "_cortex/requests.md",
                "_cortex/ads/events.jsonl",
                "_cortex/ops/sovereign_requests.json",
                "_cortex/ops/.sovereign_requests.lock",
                "_cortex/ops/.requests.lock",
                "_cortex/ops/.sessions.lock",
                "_cortex/ops/sessions.json",
                "_cortex/capabilities/intents.jsonl",
                "src/a.txt"
            })
    void a_pipe_in_place_of_a_file_is_named_at_once(String file) {
        GovernedFolder project = GovernedFolder.create(tower);
        SpecialFile.FIFO.put(project.path(file));
        String name = file.substring(file.lastIndexOf('/') + 1);
        assertThat(answers(project, 1)).anyMatch(answer -> answer.contains(name) && answer.contains("is a fifo"));
        assertServed(GovernedFolder.create(tower));
    }

    @ParameterizedTest
    @EnumSource
    void whatever_is_in_place_of_each_file_all_calls_are_answered(SpecialFile kind) {
        GovernedFolder other = GovernedFolder.create(tower);
        List<GovernedFolder> projects = new ArrayList<>();
        for (String file : FILES) {
            GovernedFolder project = GovernedFolder.create(tower);
            kind.put(project.path(file));
            projects.add(project);
        }
        for (GovernedFolder project : projects) {
            assertThat(answers(project, 1)).hasSameSizeAs(CALLS);
            assertServed(other);
        }
    }

    @Test
    void a_project_full_of_pipes_is_registered_listed_and_opened_after_a_restart() {
        GovernedFolder other = GovernedFolder.create(tower);
        GovernedFolder project = GovernedFolder.create(tower);
        FILES.forEach(file -> SpecialFile.FIFO.put(project.path(file)));
        assertThat(answers(project, 3)).hasSize(3 * CALLS.size());
        tower.stop();
        tower.start();
        assertThat(answers(project, 3)).hasSize(3 * CALLS.size());
        assertServed(other);
        assertTimeoutPreemptively(Duration.ofSeconds(20), tower::stop);
        tower.start();
    }
}
