package dev.agenttower.workspace.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.change.ChangeQueue;
import dev.agenttower.core.governance.change.ChangeQueueException;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.change.proposal.QueuedFields;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.workspace.file.JacksonJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkspaceChangeQueueTest {
    @TempDir
    Path root;

    private Path file;
    private WorkspaceChangeQueue queue;

    @BeforeEach
    void open() throws IOException {
        root = root.toRealPath();
        file = Files.createDirectories(root.resolve("_cortex/ops")).resolve("sovereign_requests.json");
        queue = new WorkspaceChangeQueue(root);
    }

    private static ChangeRequest request(String id, String status, String content) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("role", "Developer");
        fields.put("status", status);
        fields.put("content", content);
        fields.put("merge_data", Map.of("a", List.of(1, "\u00e9\n\"")));
        return new ChangeRequest(fields);
    }

    private void add(ChangeRequest... more) {
        queue.exclusively(writing -> {
            List<ChangeRequest> all = new ArrayList<>(writing.requests());
            all.addAll(List.of(more));
            writing.save(all);
            return all;
        });
    }

    @Test
    void a_project_that_was_moved_is_not_created_again() throws IOException {
        Path project = Files.createDirectory(root.resolve("project"));
        WorkspaceChangeQueue moved = new WorkspaceChangeQueue(project);
        Files.move(project, root.resolve("elsewhere"));

        assertThatThrownBy(() -> moved.exclusively(ChangeQueue.Writing::requests))
                .isInstanceOf(ChangeQueueException.class);

        assertThat(project).doesNotExist();
    }

    @Test
    void a_file_is_written_as_one_that_is_written_whole() throws IOException {
        ChangeRequest one = request("scr_1", "pending", "x\ny");
        ChangeRequest two = request("scr_2", "pending", "");
        add(one);
        add(two);
        assertThat(file).hasContent(JsonForm.pretty(Map.of("requests", List.of(one.fields(), two.fields()))));
        assertThat(queue.requests().get(0).whole()).isEqualTo(one);
        queue.exclusively(writing -> {
            writing.save(List.of());
            return 0;
        });
        assertThat(file).hasContent("{\n  \"requests\": []\n}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"requests\":[{\"id\":\"scr_1\",  \"n\":1.000000000000000000001,\"status\":\"pending\"}],\"other\":[{}]}\n",
                "\n{ \"a\": \"\u00e9\" , \"requests\" : [ {\"id\":\"scr_1\",  \"n\":1.000000000000000000001,\"status\":\"pending\"} ] }"
            })
    void what_others_wrote_stays_as_it_stands(String written) throws IOException {
        Files.writeString(file, written);
        add(request("scr_2", "pending", "x"));
        String entry = "{\"id\":\"scr_1\",  \"n\":1.000000000000000000001,\"status\":\"pending\"}";
        String now = Files.readString(file);
        assertThat(now).contains(entry).contains("\"scr_2\"");
        int list = written.indexOf('[');
        assertThat(now).startsWith(written.substring(0, list)).endsWith(written.substring(written.indexOf(']') + 1));
        assertThat(queue.requests()).extracting(ChangeRequest::id).containsExactly("scr_1", "scr_2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{ }\n", "{\"a\":{\"requests\":[]}}", "{\"a\": 12 }", "{\"a\":\"x\"}"})
    void a_file_without_a_list_gets_one(String written) throws IOException {
        Files.writeString(file, written);
        add(request("scr_1", "pending", "x"));
        assertThat(queue.requests()).extracting(ChangeRequest::id).containsExactly("scr_1");
        assertThat(new JacksonJson().read(Files.readString(file))).isInstanceOf(Map.class);
        assertThat(Files.readString(file))
                .startsWith(written.substring(0, written.lastIndexOf('}')).stripTrailing());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"requests\":{}}",
                "{\"requests\":[1]}",
                "{\"requests\":[]}x",
                "{\"requests\":[{\"id\":\"scr_1\"}],\"requests\":[]}",
                "{\"requests\":[{\"id\":\"scr_1\",\"id\":\"scr_2\"}]}",
                "{\"requests\":[{\"content\":\"a\",\"content\":\"b\"}]}",
                "{\"a\":1e400}",
                "{\"requests\":[{\"n\":NaN}]}",
                "{\"requests\":[{}"
            })
    void a_file_that_is_no_queue_is_refused(String written) throws IOException {
        Files.writeString(file, written);
        assertThatExceptionOfType(ChangeQueueException.class).isThrownBy(queue::requests);
        assertThatExceptionOfType(ChangeQueueException.class).isThrownBy(() -> add(request("scr_1", "pending", "")));
        assertThat(file).hasContent(written);
    }

    @Test
    void what_is_long_is_read_only_when_it_is_asked_for() throws IOException {
        add(request("scr_1", "pending", "x".repeat(1000)));
        ChangeRequest queued = queue.requests().get(0);
        assertThat(queued.fields()).isInstanceOf(QueuedFields.class);
        assertThat(queued.bytes()).isGreaterThan(1000);
        Files.delete(file);
        assertThat(queued.role()).isEqualTo("Developer");
        assertThat(queued.isPending()).isTrue();
        assertThatExceptionOfType(ChangeQueueException.class).isThrownBy(queued::whole);
    }

    @Test
    void a_request_is_found_where_it_is_by_then() {
        add(request("scr_1", "pending", "one"), request("scr_2", "pending", "two"));
        ChangeRequest second = queue.requests().get(1);
        queue.exclusively(writing -> {
            writing.save(List.of(request("scr_1", "rejected", "long".repeat(100)), second));
            return 0;
        });
        assertThat(second.fields()).containsEntry("content", "two");
    }

    @Test
    void what_was_saved_can_be_taken_back() {
        ChangeRequest pending = request("scr_1", "pending", "one");
        add(pending);
        queue.exclusively(writing -> {
            List<ChangeRequest> before = writing.requests();
            Map<String, Object> rejected = new LinkedHashMap<>(pending.fields());
            rejected.put("status", "rejected");
            rejected.put("rejection_reason", "no");
            writing.save(List.of(new ChangeRequest(rejected)));
            writing.save(before);
            return 0;
        });
        assertThat(queue.requests().get(0).whole()).isEqualTo(pending);
    }

    @Test
    void decided_requests_that_are_too_many_go_to_a_file_of_their_own() throws IOException {
        String large = "x".repeat(1 << 20);
        for (int i = 1; i <= 9; i++) {
            add(request("scr_" + i, i == 2 ? "pending" : "withdrawn", large));
        }
        assertThat(queue.requests())
                .extracting(ChangeRequest::id)
                .containsExactly("scr_2", "scr_3", "scr_4", "scr_5", "scr_6", "scr_7", "scr_8", "scr_9");
        assertThat(Files.size(file)).isLessThan(Limits.DECIDED_BYTES + (2 << 20));
        Path decided = file.resolveSibling("sovereign_requests_decided.jsonl");
        assertThat(Files.readAllLines(decided))
                .singleElement()
                .satisfies(line ->
                        assertThat(line).startsWith("{\"id\": \"scr_1\"").contains(large));
    }
}
