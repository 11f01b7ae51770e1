package dev.agenttower.workspace.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.governance.policy.ActionRequest;
import dev.agenttower.core.governance.policy.Intents;
import dev.agenttower.core.governance.policy.PolicyDecision;
import dev.agenttower.core.governance.policy.Ruling;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.workspace.policy.WorkspacePolicy;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceFilesTest {
    @TempDir
    Path root;

    private WorkspaceTree tree;
    private WorkspaceFiles files;

    @BeforeEach
    void open() throws IOException {
        tree = new WorkspaceTree(root);
        files = new WorkspaceFiles(tree);
    }

    @Test
    void does_not_create_a_project_again_that_was_moved() throws IOException {
        Path project = Files.createDirectory(root.resolve("project"));
        WorkspaceFiles moved = new WorkspaceFiles(new WorkspaceTree(project));
        Files.move(project, root.resolve("elsewhere"));

        assertThatThrownBy(() -> moved.write("a/b.txt", "late")).isInstanceOf(ProjectFileException.class);

        assertThat(project).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE"})
    void keeps_the_mark_and_encoding_of_a_file(String charset) throws IOException {
        Path file = root.resolve("a.txt");
        Files.write(file, ("\ufeff" + "caf\u00e9").getBytes(Charset.forName(charset)));

        assertThat(String.valueOf(files.read("a.txt").text())).isEqualTo("caf\u00e9");
        files.write("a.txt", "th\u00e9");

        assertThat(Files.readAllBytes(file)).isEqualTo(("\ufeff" + "th\u00e9").getBytes(Charset.forName(charset)));
    }

    @Test
    void keeps_bytes_that_are_no_utf_8_as_latin_1_and_refuses_what_does_not_fit() throws IOException {
        Path file = root.resolve("a.txt");
        byte[] bytes = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, bytes);
        files.write("a.txt", "caf\u00e9!");
        assertThat(Files.readAllBytes(file)).isEqualTo("caf\u00e9!".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> files.write("a.txt", "\u20ac")).isInstanceOf(ProjectFileException.class);
        assertThat(Files.readAllBytes(file)).hasSize(5);
    }

    @Test
    void keeps_the_mode_and_leaves_nothing_beside_the_file() throws IOException {
        Path file = root.resolve("run.sh");
        Files.writeString(file, "a");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        files.write("run.sh", "b");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rwxr-x--x");
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void a_hard_link_to_a_sovereign_file_is_that_file() throws IOException {
        configure(1, 1);
        Files.createDirectories(root.resolve("src"));
        Files.createLink(root.resolve("src/other-name"), root.resolve("config/specs.json"));
        assertThat(decide("src/other-name").reason()).isEqualTo("sovereign_path_violation");
        assertThat(decide("src/free").isAllowed()).isTrue();
    }

    @Test
    void a_link_is_noticed_where_there_has_been_none_for_long() throws IOException {
        List<String> paths = List.of("config/specs.json", "config/sub/file", ".hooks/settings.json");
        Path sub = Files.createDirectories(root.resolve("config/sub"));
        for (Path directory : List.of(root, root.resolve("config"), sub)) {
            Files.setLastModifiedTime(directory, FileTime.fromMillis(1_000_000_000_123L));
        }
        assertThat(tree.destinationsElsewhere(paths)).isEmpty();
        assertThat(tree.destinationsElsewhere(paths)).isEmpty();

        Files.createSymbolicLink(sub.resolve("file"), Path.of("other"));
        assertThat(tree.destinationsElsewhere(paths)).containsExactly("config/sub/other");
        Files.createSymbolicLink(root.resolve("config/specs.json"), Path.of("gone.json"));
        assertThat(tree.destinationsElsewhere(paths)).containsExactly("config/gone.json", "config/sub/other");
        Files.createDirectory(root.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve(".hooks"), Path.of("elsewhere"));
        assertThat(tree.destinationsElsewhere(paths))
                .containsExactly("config/gone.json", "config/sub/other", "elsewhere/settings.json");
    }

    @Test
    void decides_in_a_fraction_of_a_millisecond_with_fifty_roles_and_five_hundred_specs() throws IOException {
        configure(50, 500);
        WorkspacePolicy policy = new WorkspacePolicy(root, InstantSource.system());
        PolicyDecision decision = new PolicyDecision(tree, Intents.none());
        Files.createDirectories(root.resolve("src"));
        Files.writeString(root.resolve("src/there"), "");
        ActionRequest request = request("src/there");
        long[] nanos = new long[4000];
        for (int i = 0; i < nanos.length; i++) {
            long start = System.nanoTime();
            assertThat(decision.decide(policy.current(), request).isAllowed()).isTrue();
            nanos[i] = System.nanoTime() - start;
        }
        long[] warm = Arrays.copyOfRange(nanos, 1000, nanos.length);
        Arrays.sort(warm);
        System.out.printf(
                "decision p50 %d us, p99 %d us%n", warm[warm.length / 2] / 1000, warm[warm.length * 99 / 100] / 1000);
        assertThat(warm[warm.length / 2]).isLessThan(1_000_000);
    }

    private Ruling decide(String path) {
        return new PolicyDecision(tree, Intents.none())
                .decide(new WorkspacePolicy(root, InstantSource.system()).current(), request(path));
    }

    private static ActionRequest request(String path) {
        return new ActionRequest(
                "CLAUDE", "Role0", "SPEC-0", "edit", Map.of("file", path, "content", "x"), "r", true, null);
    }

    private void configure(int roles, int specs) throws IOException {
        Files.createDirectories(root.resolve("config"));
        Map<String, Object> byRole = new LinkedHashMap<>();
        for (int i = 0; i < roles; i++) {
            List<String> paths = new ArrayList<>(List.of("src/"));
            for (int path = 0; path < 20; path++) {
                paths.add("area" + path + "/");
            }
            byRole.put("Role" + i, paths);
        }
        Map<String, Object> bySpec = new LinkedHashMap<>();
        for (int i = 0; i < specs; i++) {
            bySpec.put(
                    "SPEC-" + i,
                    Map.of(
                            "status", "approved",
                            "roles", List.copyOf(byRole.keySet()),
                            "action_types", List.of("edit"),
                            "paths", List.of("src/", "docs/")));
        }
        Files.writeString(root.resolve("config/jurisdictions.json"), JsonForm.pretty(Map.of("jurisdictions", byRole)));
        Files.writeString(root.resolve("config/specs.json"), JsonForm.pretty(Map.of("specs", bySpec)));
    }
}
