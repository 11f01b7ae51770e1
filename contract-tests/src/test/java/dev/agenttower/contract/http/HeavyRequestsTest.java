package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Requests that are large by what they bring, by what they ask for or by how many they are find room in the daemon's memory, or are refused. */
@Timeout(120)
final class HeavyRequestsTest {
    private static final String CHANGES = "/api/governance/sovereign-requests";
    private static final int LARGE = 1_000_000;
    private static final long MOST_KIB = 200 << 10;

    @RegisterExtension
    final DaemonProcess tower = DaemonProcess.withoutEngine();

    private GovernedFolder project;
    private long pid;

    @BeforeEach
    void start() {
        tower.start();
        pid = tower.pid();
        project = GovernedFolder.create(tower);
    }

    @AfterEach
    void the_daemon_is_as_it_was() throws IOException {
        assertThat(tower.pid()).isEqualTo(pid);
        assertThat(tower.call("ping").path("ok").asBoolean()).isTrue();
        project.get("/api/dttp/status").has(200);
        assertThat(tower.log()).doesNotContain("OutOfMemory", "no memory");
        long peak = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow();
        assertThat(peak).isLessThanOrEqualTo(MOST_KIB);
    }

    /** What is answered once there is room for it. */
    private static Reply patiently(Supplier<Reply> request) {
        Reply reply = request.get();
        while (reply.status() == 503) {
            assertThat(reply.headers()).containsEntry("retry-after", "1");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            reply = request.get();
        }
        return reply;
    }

    private Reply propose(String role, String content) {
        return project.post(
                CHANGES,
                "{'agent':'CLAUDE','role':'" + role
                        + "','target_path':'_cortex/MASTER_PLAN.md','change_type':'full_replace','content':'" + content
                        + "'}");
    }

    /** A queue with 32 proposals of 1 MB by four roles, as the daemon would have written them; gives their ids. */
    private List<String> fill() {
        List<String> ids = new ArrayList<>();
        StringBuilder queue = new StringBuilder("{'requests':[");
        for (int i = 1; i <= 32; i++) {
            String id = String.format("scr_20260220_150000_%03d", i);
            ids.add(id);
            queue.append(i == 1 ? "" : ",")
                    .append("{'id':'" + id + "','ts':'2026-02-20T15:00:00Z','agent':'CLAUDE','role':'Role" + i % 4)
                    .append("','target_path':'_cortex/MASTER_PLAN.md','change_type':'full_replace','status':'pending'")
                    .append(",'content':'" + "x".repeat(LARGE) + "'}");
        }
        project.write(
                "_cortex/ops/sovereign_requests.json", quoted(queue.append("]}").toString()));
        return ids;
    }

    /** About one of the entries: reading all of all lists would take minutes. */
    private String beginningOfList() {
        while (true) {
            try (HalfOpen list = HalfOpen.to(tower.paths().httpSocket())) {
                list.send("GET " + project.at(CHANGES) + " HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
                String answer = list.readSome(LARGE);
                if (!answer.startsWith("HTTP/1.1 503 ")) {
                    return answer;
                }
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    void a_full_queue_refuses_more_and_is_listed_by_many_at_once() throws Exception {
        List<String> ids = fill();
        String content = "y".repeat(LARGE);
        assertThat(propose("Role1", content).has(429).text("error")).contains("8388608 bytes", "Role1");
        List<String> begun = AtOnce.call(64, 64, i -> beginningOfList());
        assertThat(begun).allMatch(answer -> answer.startsWith("HTTP/1.1 200 ") && answer.length() == LARGE);
        assertThat(patiently(() -> project.get(CHANGES)).has(200).json().findValuesAsText("id"))
                .isEqualTo(ids.stream().sorted(Comparator.reverseOrder()).toList());
        assertThat(AtOnce.call(
                        8,
                        8,
                        i -> patiently(() -> project.get(CHANGES + "/" + ids.get(i) + "/preview"))
                                .status()))
                .containsOnly(200);
        propose("Role4", content).has(201);
        propose("Role4", "z".repeat(LARGE)).has(429);
        project.put(CHANGES + "/" + ids.get(0), "{'action':'withdraw','agent':'CLAUDE','role':'Role1'}")
                .has(200);
        propose("Role1", content).has(201);
    }

    @Test
    void files_that_are_too_large_are_not_patched() throws Exception {
        project.write("src/huge.txt", "0\n" + "a line of a large file\n".repeat(15 << 20 >> 4));
        project.write("src/large.txt", "0\n" + "a line of a large file\n".repeat(80_000));
        List<String> results = AtOnce.call(
                64,
                128,
                i -> patiently(() -> project.post(
                                "/api/dttp/request",
                                "{'agent':'CLAUDE','role':'Developer','spec_id':'SPEC-001','action':'patch','rationale':'r',"
                                        + "'params':{'file':'src/" + (i % 2 == 0 ? "huge" : "large")
                                        + ".txt','old_string':'0\\n','new_string':'0\\n'}}"))
                        .has(200)
                        .json()
                        .path("result")
                        .toString());
        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i)).contains(i % 2 == 0 ? "is larger than 2097152 bytes" : "file_patched");
        }
    }

    @Test
    void trees_of_very_many_values_are_refused() {
        String many = "[" + "{},".repeat(1 << 20) + "{}]";
        project.post("/api/dttp/request", many).has(400);
        project.post(
                        CHANGES,
                        "{'agent':'CLAUDE','role':'Developer','target_path':'config/specs.json','change_type':'json_merge','merge_data':{'a':"
                                + many + "}}")
                .has(400);
    }

    @Test
    void texts_that_differ_in_every_line_are_compared_at_once() {
        StringBuilder before = new StringBuilder();
        StringBuilder after = new StringBuilder();
        for (int i = 0; i < 100_000; i++) {
            before.append(i).append('\n');
            after.append(-i).append("\\n");
        }
        project.write("_cortex/MASTER_PLAN.md", before.toString());
        String id = propose("Developer", after.toString()).has(201).text("scr_id");
        assertThat(project.get(CHANGES + "/" + id + "/preview").has(200).text("diff"))
                .contains("@@ -2,99999 +2,99999 @@", "\n-99999\n", "\n+-99999\n");
    }
}
