package dev.agenttower.contract.http;

import static dev.agenttower.contract.http.TowerHttp.quoted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.contract.http.TowerHttp.Reply;
import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A governed project of one test, registered with a daemon; its calls name it in the query. */
final class GovernedFolder {
    /** Two roles whose jurisdictions meet in {@code data/}, and specs of every state. */
    static final String ROLES = "{'jurisdictions':{'Developer':{'paths':['src/','tests/dummy.txt','data/'],"
            + "'action_types':['edit'],'locked':false},'Architect':['docs/','data/']}}";

    static final String SPECS = "{'specs':{"
            + "'SPEC-001':{'title':'First','status':'approved','roles':['Developer','Architect'],"
            + "'action_types':['edit','patch','delete','git_commit','git_push','git_tag','git_merge','deploy','ftp_sync'],"
            + "'paths':['src/','docs/','tests/dummy.txt']},"
            + "'SPEC-002':{'title':'Second','status':'active','roles':['Developer'],'action_types':['edit'],'paths':['data/']},"
            + "'SPEC-003':{'title':'Third','status':'completed','roles':['Developer'],'action_types':['edit'],'paths':['src/']},"
            + "'SPEC-004':{'title':'Fourth','status':'Approved','roles':['Developer'],'action_types':['edit'],'paths':['src/']}}}";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TowerHttp http;
    private final Path root;
    private final String name;

    private GovernedFolder(TowerHttp http, Path root, String name) {
        this.http = http;
        this.root = root;
        this.name = name;
    }

    /** A new project with the policy of this class. */
    static GovernedFolder create(DaemonProcess tower) {
        String name = "p" + NUMBER.incrementAndGet();
        GovernedFolder folder = new GovernedFolder(
                new TowerHttp(tower.paths().httpSocket()), tower.home().resolve(name), name);
        folder.write("config/jurisdictions.json", quoted(ROLES));
        folder.write("config/specs.json", quoted(SPECS));
        folder.write("_cortex/MASTER_PLAN.md", "plan\n");
        folder.http.post("/api/projects", "{'path':'" + folder.root + "'}").has(201);
        return folder;
    }

    TowerHttp http() {
        return http;
    }

    Path root() {
        return root;
    }

    String name() {
        return name;
    }

    /** A path with the query that names this project. */
    String at(String target) {
        return target + (target.contains("?") ? "&" : "?") + "project=" + name;
    }

    Reply get(String target, String... headers) {
        return http.get(at(target), headers);
    }

    Reply post(String target, String json, String... headers) {
        return http.post(at(target), json, headers);
    }

    Reply put(String target, String json, String... headers) {
        return http.put(at(target), json, headers);
    }

    Path path(String relative) {
        return root.resolve(relative);
    }

    GovernedFolder write(String relative, String text) {
        try {
            Path file = path(relative);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String relative) {
        try {
            return Files.readString(path(relative));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String relative) {
        return Files.exists(path(relative));
    }

    /** A symbolic link in the project. */
    GovernedFolder link(String relative, String target) {
        try {
            Path link = path(relative);
            Files.createDirectories(link.getParent());
            Files.createSymbolicLink(link, Path.of(target));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ledger, without the drift of files that the test itself writes by hand. */
    List<JsonNode> events() {
        List<JsonNode> events = new ArrayList<>();
        get("/api/ads/events").has(200).json().forEach(events::add);
        events.removeIf(event -> event.path("action_type").asText().equals("sovereign_file_drift"));
        return events;
    }

    /** Waits until the drift of a file that the test has written by hand is on the ledger, so that it comes before what follows. */
    GovernedFolder awaitDrift() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !get("/api/ads/events?action_type=sovereign_file_drift")
                        .has(200)
                        .json()
                        .isEmpty());
        return this;
    }

    /** The last event, which must be there. */
    JsonNode lastEvent() {
        List<JsonNode> events = events();
        assertThat(events).isNotEmpty();
        return events.get(events.size() - 1);
    }

    /** The types of all events. */
    List<String> eventTypes() {
        return events().stream()
                .map(event -> event.path("action_type").asText())
                .toList();
    }
}
