package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.client.AppSession;
import dev.agenttower.client.DaemonClient;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.core.inbox.InboxItem;
import dev.agenttower.core.inbox.InboxPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registered projects, which of them a call is about, and the line for tmux: {@code /api/projects} and beside it. */
final class ProjectWireTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final String PROJECTS = "/api/projects";

    private TowerHttp http;
    private Path folder;

    @BeforeAll
    static void start() {
        tower.start();
    }

    @BeforeEach
    void make_a_folder() throws IOException {
        http = new TowerHttp(tower.paths().httpSocket());
        folder = Files.createTempDirectory(tower.home(), "folder");
    }

    private String name() {
        return folder.getFileName().toString();
    }

    private String registration(String more) {
        return "{'path':'" + folder + "'" + more + "}";
    }

    private String registered(String name) {
        return "{'project':{'name':'" + name + "','path':'" + folder + "','port':null},'status':'success'}";
    }

    @Nested
    final class Registration {
        @Test
        void takes_a_folder_once() {
            http.post(PROJECTS, registration("")).is(201, registered(name()));
            http.post(PROJECTS, registration("")).is(200, registered(name()));
            http.post(PROJECTS, registration(",'name':'" + name() + "'")).is(200, registered(name()));
            http.delete(PROJECTS + "/" + name()).is(200, "{'name':'" + name() + "','status':'success'}");
            http.delete(PROJECTS + "/" + name())
                    .is(404, "{'error':'Project \\'" + name() + "\\' not found.','reason':'project_unknown'}");
            http.post(PROJECTS, registration(",'name':'a-" + name() + "'")).is(201, registered("a-" + name()));
        }

        @ParameterizedTest
        @ValueSource(strings = {"{}", "[]", "null", "''", "{'path':''}", "{'path':null}", "{'name':'x'}"})
        void needs_a_path(String body) {
            http.post(PROJECTS, body).is(400, "{'error':'path is required'}");
            http.post(PROJECTS + "/init", body).is(400, "{'error':'path is required'}");
        }

        @ParameterizedTest
        @ValueSource(strings = {"relative", "./x", "~", "/no/such/folder", "/etc/passwd", "/a\\u0000b"})
        void needs_an_absolute_path_of_a_folder(String path) {
            assertThat(http.post(PROJECTS, "{'path':'" + path + "'}").status()).isEqualTo(400);
        }

        @ParameterizedTest
        @ValueSource(strings = {" ", ".hidden", "-x", "a b", "a/b", "..", "caf\u00e9"})
        void needs_a_plain_name(String name) {
            Reply reply = http.post(PROJECTS, registration(",'name':'" + name + "'"));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text("error")).contains("letters, digits, dots, dashes and underscores");
            http.post(PROJECTS, registration(",'name':'" + "x".repeat(65) + "'"))
                    .has(400);
            http.post(PROJECTS, registration(",'name':7")).is(400, "{'error':'name must be a string'}");
            http.post(PROJECTS, "{'path':7}").is(400, "{'error':'path must be a string'}");
            http.post(PROJECTS, "{'path':'/" + "x".repeat(4096) + "'}")
                    .is(400, "{'error':'path exceeds 4096 characters'}");
        }

        @Test
        void keeps_names_and_folders_apart() throws IOException {
            http.post(PROJECTS, registration("")).has(201);
            Path inner = Files.createDirectory(folder.resolve("inner"));
            http.post(PROJECTS, "{'path':'" + inner + "','name':'" + name() + "'}")
                    .is(409, "{'error':'Project \\'" + name() + "\\' already registered.'}");
            String taken = "{'error':'The folder belongs to project \\'" + name() + "\\' at " + folder + "'}";
            http.post(PROJECTS, registration(",'name':'other'")).is(409, taken);
            http.post(PROJECTS, "{'path':'" + inner + "'}").is(409, taken);
            http.post(PROJECTS, "{'path':'" + tower.home() + "','name':'home'}").has(409);
            Path link = Files.createSymbolicLink(tower.home().resolve(name() + "-link"), folder);
            http.post(PROJECTS, "{'path':'" + link + "','name':'" + name() + "'}")
                    .is(200, registered(name()));
            http.post(PROJECTS, "{'path':'" + link + "','name':'linked'}").is(409, taken);
        }

        @Test
        void is_for_humans() {
            String refused = "{'error':'Only humans can manage projects'}";
            http.post(PROJECTS, registration(""), "X-Agent: A").is(403, refused);
            http.post(PROJECTS, "{}", "X-Agent: A").is(403, refused);
            http.post(PROJECTS + "/init", registration(""), "X-Agent: A").is(403, refused);
            http.delete(PROJECTS + "/none", "X-Agent: A").is(403, refused);
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Nested
    final class Initialisation {
        @Test
        void creates_what_is_missing_and_nothing_twice() throws IOException {
            Files.createDirectories(folder.resolve("config"));
            Files.writeString(folder.resolve("config/specs.json"), "{\"specs\": {}}");
            Files.writeString(folder.resolve("package.json"), "{}");
            Reply made = http.post(PROJECTS + "/init", registration(""));
            assertThat(made.status()).isEqualTo(201);
            JsonNode created = made.json().path("created");
            assertThat(created)
                    .hasToString(quoted("['config/jurisdictions.json','config/dttp.json','_cortex/AI_PROTOCOL.md',"
                            + "'_cortex/MASTER_PLAN.md','_cortex/tasks.json','_cortex/ops/active_role.txt',"
                            + "'_cortex/ops/active_spec.txt']"));
            assertThat(made.json().path("project").path("name").asText()).isEqualTo(name());
            assertThat(folder.resolve("config/specs.json")).hasContent("{\"specs\": {}}");
            assertThat(folder.resolve("config/jurisdictions.json")).content().contains("public/");
            JsonNode event =
                    http.get("/api/ads/events?project=" + name()).json().path(0);
            assertThat(event.path("action_type").asText()).isEqualTo("project_init");
            assertThat(event.path("agent").asText()).isEqualTo("HUMAN");
            assertThat(event.path("role").asText()).isEqualTo("Architect");
            assertThat(event.path("spec_ref").asText()).isEqualTo("GENESIS");
            assertThat(event.path("tier").asInt()).isEqualTo(1);
            assertThat(event.path("description").asText())
                    .isEqualTo("Project " + name() + " initialized for ADT governance.");
            http.post(PROJECTS + "/init", registration(""))
                    .is(
                            200,
                            "{'created':[],'project':{'name':'" + name() + "','path':'" + folder
                                    + "','port':null},'status':'success'}");
            assertThat(http.get("/api/ads/events?project=" + name()).json()).hasSize(1);
        }

        @Test
        void need_not_look_what_kind_of_project_it_is() throws IOException {
            Files.writeString(folder.resolve("Cargo.toml"), "");
            http.post(PROJECTS + "/init", registration(",'detect':false")).has(201);
            assertThat(folder.resolve("config/jurisdictions.json")).content().doesNotContain("benches/");
        }

        private Reply fails() {
            Reply failed = http.post(PROJECTS + "/init", registration("")).has(500);
            assertThat(failed.text("error")).startsWith("Project '" + name() + "' cannot be initialized: ");
            http.get(PROJECTS + "/" + name()).has(404);
            assertThat(http.get(PROJECTS + "/all").has(200).json().has(name())).isFalse();
            assertThat(failed.json().path("created"))
                    .allSatisfy(
                            made -> assertThat(folder.resolve(made.asText())).exists());
            return failed;
        }

        @ParameterizedTest
        @ValueSource(strings = {"file", "pipe", "link"})
        void of_a_folder_that_cannot_be_governed_registers_nothing(String kind) throws Exception {
            Path inTheWay = folder.resolve("config");
            switch (kind) {
                case "file" -> Files.writeString(inTheWay, "");
                case "pipe" ->
                    assertThat(new ProcessBuilder("mkfifo", inTheWay.toString())
                                    .start()
                                    .waitFor())
                            .isZero();
                default -> Files.createSymbolicLink(inTheWay, tower.home());
            }
            assertThat(fails().json().path("created"))
                    .hasToString(quoted("['_cortex/ads/','_cortex/specs/','_cortex/ops/','_cortex/capabilities/']"));
            Files.delete(inTheWay);
            assertThat(http.post(PROJECTS + "/init", registration(""))
                            .has(201)
                            .json()
                            .path("created"))
                    .hasSize(8);
            http.get(PROJECTS + "/" + name()).has(200);
        }

        @Test
        void that_cannot_be_told_registers_nothing_and_goes_on_when_it_can() throws IOException {
            Path ledger = Files.createDirectories(folder.resolve("_cortex/ads/events.jsonl"));
            assertThat(fails().json().path("created")).hasSize(12);
            Files.delete(ledger);
            http.post(PROJECTS + "/init", registration("")).has(200);
            assertThat(http.get("/api/ads/events?project=" + name()).json().findValuesAsText("action_type"))
                    .containsExactly("project_init");
        }
    }

    @Nested
    final class Listing {
        @Test
        void has_an_entry_for_each() throws IOException {
            http.post(PROJECTS + "/init", registration("")).has(201);
            JsonNode entry = http.get(PROJECTS).has(200).json().path(name());
            assertThat(entry.fieldNames())
                    .toIterable()
                    .containsExactly(
                            "dttp_port",
                            "dttp_running",
                            "is_framework",
                            "panel_port",
                            "path",
                            "problems",
                            "project_type",
                            "registered_at",
                            "stats",
                            "status");
            assertThat(entry.path("path").asText()).isEqualTo(folder.toString());
            assertThat(entry.path("project_type").asText()).isEqualTo("governed");
            assertThat(entry.path("status").asText()).isEqualTo("active");
            assertThat(entry.path("dttp_running")).hasToString("true");
            assertThat(entry.path("dttp_port").isNull()).isTrue();
            assertThat(entry.path("problems")).isEmpty();
            assertThat(entry.path("stats")).hasToString(quoted("{'ads_events':1,'specs':1,'tasks':0}"));
            assertThat(http.get(PROJECTS + "/all").json().path(name())).isEqualTo(entry);
            JsonNode one = http.get(PROJECTS + "/" + name()).has(200).json();
            assertThat(one.path("name").asText()).isEqualTo(name());
            assertThat(one.path("stats")).isEqualTo(entry.path("stats"));
        }

        @Test
        void names_broken_policy_files() throws IOException {
            http.post(PROJECTS + "/init", registration("")).has(201);
            Files.writeString(folder.resolve("config/specs.json"), "{");
            JsonNode problems = http.get(PROJECTS + "/" + name()).json().path("problems");
            assertThat(problems.path(0).path("file").asText()).isEqualTo("config/specs.json");
            assertThat(problems.path(0).path("problem").asText()).isNotEmpty();
        }

        @Test
        void tells_the_framework_from_what_it_governs() throws IOException {
            http.get("/api/forge").is(404, "{'error':'Forge not found'}");
            Files.createDirectory(folder.resolve("adt_core"));
            http.post(PROJECTS, registration("")).has(201);
            assertThat(http.get(PROJECTS).json().has(name())).isFalse();
            JsonNode entry = http.get(PROJECTS + "/all").json().path(name());
            assertThat(entry.path("project_type").asText()).isEqualTo("forge");
            assertThat(entry.path("is_framework")).hasToString("true");
            assertThat(http.get("/api/forge").has(200).json().path(name())).isEqualTo(entry);
            http.delete(PROJECTS + "/" + name()).has(200);
        }

        @Test
        void does_not_know_others() {
            http.get(PROJECTS + "/none")
                    .is(404, "{'error':'Project \\'none\\' not found.','reason':'project_unknown'}");
        }
    }

    @Nested
    final class Selection {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/api/dttp/status",
                    "/api/dttp/policy",
                    "/api/governance/roles",
                    "/api/governance/enforcement",
                    "/api/governance/conflicts",
                    "/api/governance/sovereign-requests",
                    "/api/governance/sovereign-requests/x",
                    "/api/governance/sovereign-requests/x/preview",
                    "/api/governance/requests",
                    "/api/governance/requests/x",
                    "/api/requests",
                    "/api/ads/events",
                    "/api/ads/integrity",
                    "/api/sessions",
                    "/api/governance/identity",
                    "/api/governance/statusline"
                })
        void knows_no_project_that_is_not_registered(String path) {
            String unknown = "{'error':'Project \\'none\\' not found.','reason':'project_unknown'}";
            http.get(path + "?project=none").is(404, unknown);
        }

        @Test
        void knows_none_in_bodies_either() {
            String unknown = "{'error':'Project \\'none\\' not found.','reason':'project_unknown'}";
            String body = "{'project':'none','agent':'A','role':'R','spec_id':'S'}";
            for (String path : List.of(
                    "/api/governance/sovereign-requests",
                    "/api/governance/requests",
                    "/api/requests",
                    "/api/sessions/start",
                    "/api/sessions/end",
                    "/api/ads/heal")) {
                http.post(path, body).is(404, unknown);
            }
            http.put("/api/governance/requests/x/status", body).is(404, unknown);
            Reply logged = http.post("/api/ads/log", body);
            assertThat(logged.status()).isEqualTo(404);
            Reply decided = http.post("/api/dttp/request", "{'project':'none','rationale':'r'}");
            assertThat(decided.status()).isEqualTo(404);
            assertThat(decided.text("error")).isEqualTo("Project 'none' not found.");
            assertThat(decided.text("status")).isEqualTo("error");
        }

        @Test
        void goes_by_name_in_the_query_before_the_body_before_the_folder() throws IOException {
            GovernedFolder one = GovernedFolder.create(tower);
            GovernedFolder two = GovernedFolder.create(tower);
            String body =
                    "{'project':'" + two.name() + "','agent':'A','role':'Developer','spec_id':'S','session_id':'x'}";
            one.post("/api/sessions/start", body).has(200);
            assertThat(one.get("/api/sessions").json().path("sessions")).hasSize(1);
            http.post("/api/sessions/start", body).has(200);
            assertThat(two.get("/api/sessions").json().path("sessions")).hasSize(1);
            Files.createDirectories(one.path("src/deep"));
            Path outside = Files.createSymbolicLink(tower.home().resolve("way-in-" + one.name()), one.path("src"));
            try (AgentShell within = AgentShell.startIn(one.path("src/deep"), tower, "sh");
                    AgentShell linked = AgentShell.startIn(outside, tower, "sh");
                    AgentShell without = AgentShell.start(tower, "sh")) {
                assertThat(within.get("/api/dttp/status").text("project")).isEqualTo(one.name());
                assertThat(linked.get("/api/dttp/status").text("project")).isEqualTo(one.name());
                assertThat(within.get("/api/dttp/status?project=" + two.name()).text("project"))
                        .isEqualTo(two.name());
                assertThat(within.get("/api/dttp/status?project=").text("project"))
                        .isEqualTo(one.name());
                Reply ambiguous = without.get("/api/dttp/status");
                assertThat(ambiguous.status()).isEqualTo(404);
                assertThat(ambiguous.text("reason")).isEqualTo("project_ambiguous");
            }
        }

        @Test
        void does_not_overlook_a_name_that_is_none() {
            GovernedFolder one = GovernedFolder.create(tower);
            for (String name : List.of("7", "['a']", "{}", "true")) {
                http.post(
                                "/api/governance/requests",
                                "{'project':" + name + ",'from_role':'A','to_role':'B','title':'t'}")
                        .is(400, "{'error':'project must be a string'}");
            }
            one.post("/api/governance/requests", "{'project':7,'from_role':'A','to_role':'B','title':'t'}")
                    .has(201);
        }

        @Test
        void is_by_the_query_alone_where_a_human_decides() {
            GovernedFolder one = GovernedFolder.create(tower);
            String body = "{'project':'none','action':'reject'}";
            one.put("/api/governance/sovereign-requests/x", body).is(404, "{'error':'SCR not found'}");
            one.put("/api/governance/roles/Nobody", body).is(404, "{'error':'Role Nobody not found'}");
        }

        @Test
        void of_a_folder_that_is_gone_fails() throws IOException {
            http.post(PROJECTS, registration("")).has(201);
            Files.delete(folder);
            assertThat(http.get("/api/dttp/status?project=" + name()).status()).isEqualTo(500);
            assertThat(http.get(PROJECTS + "/" + name())
                            .json()
                            .path("problems")
                            .path(0)
                            .path("file")
                            .asText())
                    .isEqualTo(".");
            http.delete(PROJECTS + "/" + name()).has(200);
        }
    }

    @Nested
    final class StatusLine {
        @Test
        void counts_what_waits_for_a_human() {
            GovernedFolder one = GovernedFolder.create(tower);
            JsonNode before = http.get("/api/governance/statusline").has(200).json();
            assertThat(before.fieldNames()).toIterable().containsExactly("agents", "pending", "projects", "text");
            one.get("/api/governance/statusline")
                    .is(
                            200,
                            "{'agents':{'need_you':0,'working':0},'pending':0,'projects':{'" + one.name()
                                    + "':0},'text':''}");
            for (String content : List.of("a", "b")) {
                one.post(
                                "/api/governance/sovereign-requests",
                                "{'agent':'A','role':'Developer','target_path':'_cortex/MASTER_PLAN.md',"
                                        + "'change_type':'append','content':'" + content + "'}")
                        .has(201);
            }
            one.get("/api/governance/statusline")
                    .is(
                            200,
                            "{'agents':{'need_you':0,'working':0},'pending':2,'projects':{'" + one.name()
                                    + "':2},'text':'Pending authorizations: 2'}");
            assertThat(http.get("/api/governance/statusline")
                            .json()
                            .path("pending")
                            .asInt())
                    .isEqualTo(before.path("pending").asInt() + 2);
        }
    }

    @Nested
    final class Inbox {
        private static final String CHANGES = "/api/governance/sovereign-requests";

        private final GovernanceClient governance =
                new GovernanceClient(tower.paths().httpSocket());
        private final AppSession panel =
                AppSession.open(new DaemonClient(tower.paths().socket()), "inbox", "1");

        @AfterEach
        void close() {
            governance.close();
        }

        private List<String> titles(InboxPage page) {
            return page.items().stream()
                    .filter(item -> name().equals(item.project()))
                    .map(InboxItem::title)
                    .toList();
        }

        private String propose(String file) {
            return http.post(
                            CHANGES + "?project=" + name(),
                            "{'agent':'bob','role':'Developer','change_type':'full_replace','target_path':'config/"
                                    + file + "','content':'{}','description':'a \\u001b[2Jline\\nand more'}")
                    .has(201)
                    .text("scr_id");
        }

        @Test
        void tells_at_once_what_waits_and_what_is_decided() throws Exception {
            http.post(PROJECTS, registration("")).has(201);
            String first = propose("specs.json");
            InboxPage before = governance.inbox(null, Duration.ZERO);
            assertThat(before.isReset()).isTrue();
            assertThat(titles(before)).containsExactly("config/specs.json");
            InboxItem item = before.items().get(before.items().size() - 1);
            assertThat(item.kind()).isEqualTo(InboxItem.Kind.CHANGE);
            assertThat(item.id()).isEqualTo(first);
            assertThat(item.detail()).doesNotContain("\u001b", "\n").contains("and more");
            assertThat(List.of(item.agent(), item.role(), item.state())).containsExactly("bob", "Developer", "pending");

            CompletableFuture<InboxPage> news =
                    CompletableFuture.supplyAsync(() -> governance.inbox(before.cursor(), Duration.ofSeconds(30)));
            CompletableFuture<InboxPage> panelNews =
                    CompletableFuture.supplyAsync(() -> panel.inbox(before.cursor(), Duration.ofSeconds(30)));
            propose("dttp.json");
            InboxPage second = news.get(30, TimeUnit.SECONDS);
            assertThat(second.isReset()).isFalse();
            assertThat(titles(second)).containsExactly("config/dttp.json");
            assertThat(panelNews.get(30, TimeUnit.SECONDS)).isEqualTo(second);

            http.put(CHANGES + "/" + first + "?project=" + name(), "{'action':'reject','reason':'no'}")
                    .has(200);
            InboxPage third = panel.inbox(second.cursor(), Duration.ofSeconds(30));
            assertThat(third.items()).isEmpty();
            assertThat(third.removed()).containsExactly("change:" + name() + ":" + first);
            assertThat(third.total()).isEqualTo(second.total() - 1);
            assertThat(panel.inbox(third.cursor(), Duration.ofSeconds(1)).isNews())
                    .isFalse();
        }

        @Test
        void shows_a_project_whose_queue_cannot_be_read() throws IOException {
            http.post(PROJECTS, registration("")).has(201);
            String cursor = governance.inbox(null, Duration.ZERO).cursor();
            Files.writeString(
                    Files.createDirectories(folder.resolve("_cortex/ops")).resolve("sovereign_requests.json"), "{");

            InboxPage page = governance.inbox(cursor, Duration.ofSeconds(30));
            assertThat(titles(page)).containsExactly(name());
            assertThat(page.items()).allMatch(item -> item.kind() == InboxItem.Kind.PROBLEM);

            http.delete(PROJECTS + "/" + name()).has(200);
            assertThat(governance.inbox(page.cursor(), Duration.ofSeconds(30)).removed())
                    .containsExactly("problem:" + name() + ":" + name());
        }

        @ParameterizedTest
        @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "wait=31", "wait=-1", "limit=1.5"})
        void refuses_numbers_out_of_bounds(String query) {
            http.get("/api/governance/inbox?" + query).has(400);
        }
    }
}
