package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.process.DaemonProcess;
import dev.agenttower.contract.process.RunningCommand;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The web panel as a process, for a browser, a foreign page and an agent. */
@Timeout(120)
final class PanelTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SCR = "/api/governance/sovereign-requests";
    private static final String SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    private static final Pattern COUNT = Pattern.compile("^data:.*data-pending=\"(\\d+)\"");

    private static final Pattern ASSET = Pattern.compile("/assets/[a-z.]+");

    private static RunningCommand panel;
    private static Browser browser;

    private GovernedFolder project;

    @BeforeAll
    static void start() {
        tower.startAsOrphan();
        panel = tower.launch("agenttower", "panel", "--no-open");
        String link = link(0);
        browser = new Browser(link);
        assertThat(browser.get(link).statusCode()).isEqualTo(303);
    }

    @AfterAll
    static void stop() {
        assertThat(tower.run("panel", "--stop").out()).contains("the panel has ended");
        assertThat(tower.run("panel", "--stop").out()).contains("no panel is running");
    }

    @BeforeEach
    void create() {
        project = GovernedFolder.create(tower);
    }

    private static List<String> links() {
        return panel.printed()
                .lines()
                .filter(line -> line.contains("http://"))
                .map(line -> line.substring(line.indexOf("http://")))
                .toList();
    }

    private static String link(int number) {
        await().atMost(PATIENCE)
                .until(() -> links().size() > number && panel.printed().endsWith("\n"));
        return links().get(number);
    }

    /** The link that Enter in the terminal of the panel prints. */
    private static String nextLink() throws IOException {
        int known = links().size();
        panel.process().getOutputStream().write('\n');
        panel.process().getOutputStream().flush();
        return link(known);
    }

    private String proposed(String fields) {
        return project.post(
                        SCR,
                        "{'agent':'CLAUDE','role':'Developer','target_path':'_cortex/MASTER_PLAN.md'," + fields + "}")
                .has(201)
                .text("scr_id");
    }

    private String append(String content) {
        return proposed("'change_type':'append','description':'more','content':'" + content + "'");
    }

    private String path(String id) {
        return "/governance/" + project.name() + "/" + id;
    }

    private String status(String id) {
        return project.get(project.at(SCR + "/" + id)).has(200).text("status");
    }

    private static Map<String, String> seen(String page) {
        Map<String, String> fields = new HashMap<>();
        for (String field : List.of("expected_sha256", "expected_result_sha256")) {
            fields.put(field, Browser.field(page, field));
        }
        return fields;
    }

    private static void awaitText(String path, String text) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.page(path)).contains(text));
    }

    @Test
    void a_link_opens_one_session_whose_cookie_no_script_and_no_foreign_page_gets() throws IOException {
        String link = nextLink();
        HttpResponse<String> opened = new Browser(link).get(link);

        assertThat(opened.statusCode()).isEqualTo(303);
        assertThat(opened.headers().firstValue("Set-Cookie").orElse(""))
                .matches("agenttower_panel=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(new Browser(link).get(link).statusCode()).isEqualTo(403);
        assertThat(new Browser(link).get("/governance").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/governance", "/open?key=x", "/nothing", "/assets/panel.css"})
    void every_answer_forbids_inline_code_foreign_places_and_frames(String path) {
        HttpResponse<String> answer = browser.get(path);

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'; script-src 'self'; style-src 'self'")
                .contains("frame-ancestors 'none'")
                .contains("base-uri 'none'")
                .doesNotContain("unsafe");
        assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        // Browsers send no origin with forms of a page whose policy is no-referrer.
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void the_pages_find_all_their_scripts_and_styles() {
        Matcher assets = ASSET.matcher(browser.page("/governance"));

        assertThat(assets.results().map(MatchResult::group).toList())
                .hasSize(5)
                .allSatisfy(asset ->
                        assertThat(browser.get(asset).statusCode()).as(asset).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"history", "policy", "requests", "ledger", "agents", "queue", "routes", "events"})
    void each_word_of_the_navigation_leads_to_a_page(String section) {
        HttpResponse<String> page = browser.get("/" + section);

        if (page.statusCode() == 303) {
            page = browser.get("/" + section + "/" + project.name());
        }
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<caption>", "href=\"/" + section + "\" aria-current=\"page\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost:80", "127.0.0.1", "127.0.0.1:1"})
    void another_name_of_the_address_is_refused(String host) {
        assertThat(browser.statusUnder(host, "/governance")).contains("421");
    }

    @Test
    void a_foreign_page_decides_nothing() {
        String id = append("more");
        Map<String, String> seen = seen(browser.page(path(id)));
        String csrf = browser.csrf();

        assertThat(browser.submit(path(id) + "/authorize", seen, csrf, "").statusCode())
                .isEqualTo(403);
        assertThat(browser.submit(path(id) + "/authorize", seen, csrf, "http://127.0.0.1:3000")
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.submit(path(id) + "/authorize", seen, csrf, "null").statusCode())
                .isEqualTo(403);
        assertThat(browser.submit(path(id) + "/authorize", seen, "", browser.origin())
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.submit(path(id) + "/reject", Map.of(), csrf + "x", browser.origin())
                        .statusCode())
                .isEqualTo(403);
        assertThat(browser.get(path(id) + "/authorize").statusCode()).isEqualTo(404);
        assertThat(status(id)).isEqualTo("pending");
        assertThat(project.read("_cortex/MASTER_PLAN.md")).isEqualTo("plan\n");
    }

    @Test
    void what_agents_write_is_text_and_never_code() {
        String id = project.post(
                        SCR,
                        "{'agent':'A" + SCRIPT + "','role':'Developer','target_path':'_cortex/MASTER_PLAN.md',"
                                + "'change_type':'patch','description':'" + SCRIPT + " \\u202e','spec_ref':'" + SCRIPT
                                + "','patch':{'old_string':'plan','new_string':'" + SCRIPT + "'}}")
                .has(201)
                .text("scr_id");
        awaitText("/governance", id);

        for (String path : List.of("/governance", path(id), path(id) + "/edit", path(id) + "?view=split")) {
            assertThat(browser.page(path))
                    .as(path)
                    .contains("&lt;script&gt;")
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img");
        }
        assertThat(browser.page(path(id))).contains("&lt;U+202E&gt;");
        HttpResponse<String> rejected = browser.submit(path(id) + "/reject", Map.of("reason", SCRIPT));
        assertThat(rejected.statusCode()).isEqualTo(303);
        assertThat(browser.page(path(id))).doesNotContain("<script>alert").contains("This change is rejected");
    }

    @Test
    void a_merge_shows_its_keys_as_text() {
        String id = project.post(
                        SCR,
                        "{'agent':'CLAUDE','role':'Developer','target_path':'config/specs.json','change_type':'json_merge',"
                                + "'merge_data':{'specs':{'SPEC-001':{'title':'" + SCRIPT + "'},'" + SCRIPT + "':{}}}}")
                .has(201)
                .text("scr_id");

        assertThat(browser.page(path(id)))
                .contains("Keys of the merge")
                .contains("specs &gt; SPEC-001 &gt; title")
                .doesNotContain("<script>alert");
    }

    @Test
    void a_change_is_authorized_as_it_was_seen_and_its_steps_are_shown() {
        String id = append("more");
        String page = browser.page(path(id));
        assertThat(page).contains("CLAUDE (Developer)").contains("more");

        HttpResponse<String> done = browser.submit(path(id) + "/authorize", seen(page));

        assertThat(done.statusCode()).isEqualTo(303);
        assertThat(browser.page(done.headers().firstValue("Location").orElseThrow()))
                .contains(id + " is authorized");
        assertThat(project.read("_cortex/MASTER_PLAN.md")).isEqualTo("plan\nmore");
        assertThat(browser.page(path(id)))
                .containsSubsequence("proposed</strong>", "authorized</strong>", "applied</strong>");
    }

    @Test
    void a_file_that_changed_meanwhile_is_shown_anew_and_not_written() {
        String id = append("more");
        Map<String, String> seen = seen(browser.page(path(id)));
        project.write("_cortex/MASTER_PLAN.md", "another plan\n");

        HttpResponse<String> refused = browser.submit(path(id) + "/authorize", seen);

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("has changed since you looked").contains("another plan");
        assertThat(project.read("_cortex/MASTER_PLAN.md")).isEqualTo("another plan\n");
        assertThat(browser.submit(path(id) + "/authorize", seen(refused.body())).statusCode())
                .isEqualTo(303);
        assertThat(project.read("_cortex/MASTER_PLAN.md")).isEqualTo("another plan\nmore");
    }

    @Test
    void an_edited_change_is_previewed_and_authorized() {
        String id = append("more");
        Map<String, String> edit = new HashMap<>(Map.of("new_text", "less\r\nand less\r\n"));

        HttpResponse<String> preview = browser.submit(path(id) + "/preview", edit);

        assertThat(preview.statusCode()).isEqualTo(200);
        assertThat(preview.body()).contains("and less");
        Map<String, String> unseen = new HashMap<>(seen(browser.page(path(id))));
        unseen.putAll(edit);
        HttpResponse<String> refused = browser.submit(path(id) + "/authorize", unseen);
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("and less");
        edit.putAll(seen(preview.body()));
        assertThat(browser.submit(path(id) + "/authorize", edit).statusCode()).isEqualTo(303);
        assertThat(project.read("_cortex/MASTER_PLAN.md")).isEqualTo("plan\nless\nand less\n");
    }

    @Test
    void an_agent_cannot_use_a_stolen_link_or_cookie() throws IOException {
        String id = append("more");
        String link = nextLink();
        try (AgentShell agent = AgentShell.start(tower, "setsid", "--wait", "sh")) {
            String shell = agent.run("echo $$").strip();
            agent.post(
                            project.at("/api/sessions/start"),
                            "{'agent':'CLAUDE','role':'Developer','spec_id':'S','session_id':'a','pid':" + shell + "}")
                    .has(200);
            String curl = "curl -s -m 30 -o /dev/null -w '%{http_code}' ";

            assertThat(agent.run(curl + "'" + link + "'").strip()).isEqualTo("403");
            assertThat(agent.run(curl + "-A '" + userAgent() + "' -H 'Cookie: " + browser.cookie() + "' "
                                    + browser.origin() + "/governance")
                            .strip())
                    .isEqualTo("403");
            assertThat(agent.run(curl + "-A '" + userAgent() + "' -H 'Cookie: " + browser.cookie() + "' -H 'Origin: "
                                    + browser.origin() + "' -d csrf=" + browser.csrf() + " " + browser.origin()
                                    + path(id)
                                    + "/reject")
                            .strip())
                    .isEqualTo("403");
        }
        assertThat(status(id)).isEqualTo("pending");
        // The link is still the human's.
        assertThat(new Browser(link).get(link).statusCode()).isEqualTo(303);
    }

    private static String userAgent() {
        return "Java-http-client/" + System.getProperty("java.version");
    }

    @Test
    void a_new_change_comes_to_open_pages_by_itself() {
        try (Stream<String> events = browser.events("/updates")) {
            Iterator<Integer> counts = events.map(COUNT::matcher)
                    .filter(Matcher::find)
                    .map(found -> Integer.parseInt(found.group(1)))
                    .iterator();
            int before = counts.next();

            String id = append("more");

            int after = counts.next();
            while (after <= before) {
                after = counts.next();
            }
            assertThat(browser.page("/governance")).contains(id);
        }
    }

    @Test
    void it_survives_a_restart_of_the_daemon_and_says_so_meanwhile() {
        String id = append("more");
        tower.stop();
        awaitText("/governance?from=1000", "The daemon does not answer");
        assertThat(browser.get(path(id)).statusCode()).isEqualTo(503);

        tower.startAsOrphan();

        awaitText("/governance", id);
        assertThat(browser.page("/governance")).doesNotContain("The daemon does not answer");
    }

    @Test
    void a_second_panel_does_not_start() {
        assertThat(tower.runProcess("panel", "--no-open").err()).contains("a panel is running already");
        assertThat(browser.page("/governance")).contains("PENDING AUTHORIZATIONS");
    }
}
