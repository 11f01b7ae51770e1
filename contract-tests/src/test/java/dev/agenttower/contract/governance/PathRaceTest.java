package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import dev.agenttower.core.governance.change.application.ChangeIntent;
import dev.agenttower.core.governance.change.proposal.ChangeRequest;
import dev.agenttower.core.governance.ledger.InMemoryLedger;
import dev.agenttower.core.governance.ledger.LedgerCursor;
import dev.agenttower.core.governance.policy.ActionRequest;
import dev.agenttower.core.governance.policy.ActionRequests;
import dev.agenttower.core.governance.policy.Intents;
import dev.agenttower.core.governance.policy.PolicyDecision;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.text.Sha256;
import dev.agenttower.workspace.change.WorkspaceChangeApplication;
import dev.agenttower.workspace.drift.WorkspaceFreshFiles;
import dev.agenttower.workspace.file.WorkspaceFiles;
import dev.agenttower.workspace.file.WorkspaceTree;
import dev.agenttower.workspace.policy.WorkspacePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While a folder of a project is exchanged for a link to a folder outside, and back, without a pause, actions that the policy allows in it are
 * carried out, files are created and changes applied. {@code -Dagenttower.race.rounds=100000} makes more rounds of it.
 */
final class PathRaceTest {
    private static final int ROUNDS = Integer.getInteger("agenttower.race.rounds", 2000);

    @TempDir
    Path directory;

    private Path root;
    private Path outside;
    private WorkspaceTree tree;
    private ActionRequests actions;

    @BeforeEach
    void govern() throws IOException {
        EditedFolder project = new EditedFolder(directory.resolve("project"));
        project.write("config/jurisdictions.json", "{\"jurisdictions\":{\"Developer\":[\"src/\"]}}");
        project.write(
                "config/specs.json",
                "{\"specs\":{\"S\":{\"status\":\"approved\",\"roles\":[\"Developer\"],"
                        + "\"action_types\":[\"edit\",\"patch\",\"delete\"],\"paths\":[\"src/\"]}}}");
        project.write("src/room/f", "inside");
        new EditedFolder(directory.resolve("outside")).write("f", "inside");
        new EditedFolder(directory.resolve("outside")).write("sub/f", "outside");
        root = project.root();
        outside = directory.resolve("outside");
        tree = new WorkspaceTree(root);
        actions = new ActionRequests(
                new WorkspacePolicy(root, InstantSource.system()),
                new PolicyDecision(tree, Intents.none()),
                new WorkspaceFiles(tree),
                new InMemoryLedger(InstantSource.system()));
    }

    @Test
    void nothing_outside_is_created_changed_or_deleted() throws Exception {
        Map<String, String> before = outside();
        int done = 0;
        Path link = Files.createSymbolicLink(root.resolve("src/other"), outside);
        try (Exchange exchange = new Exchange(root.resolve("src/room"), link)) {
            for (int round = 0; round < ROUNDS; round++) {
                done += isDone(round) ? 1 : 0;
                if (round % 500 == 499) {
                    assertThat(outside()).as("after %d rounds", round).isEqualTo(before);
                }
            }
            assertThat(exchange.count()).isGreaterThan(ROUNDS / 100);
        }
        assertThat(outside()).isEqualTo(before);
        assertThat(done).as("actions that met the folder").isGreaterThan(ROUNDS / 100);
    }

    /** One change in the folder; tells whether it met the folder, not the link. */
    private boolean isDone(int round) {
        try {
            return switch (round % 5) {
                case 0 -> isDone("edit", Map.of("file", "src/room/sub/f", "content", "inside"));
                case 1 -> isDone("patch", Map.of("file", "src/room/f", "old_string", "inside", "new_string", "inside"));
                case 2 -> isDone("delete", Map.of("file", "src/room/sub"));
                case 3 -> isCreated("src/room/fresh" + round % 1000);
                default -> isApplied("src/room/g");
            };
        } catch (ProjectFileException e) {
            return false;
        }
    }

    private boolean isDone(String action, Map<String, Object> params) {
        ActionRequest request = new ActionRequest("CLAUDE", "Developer", "S", action, params, "r", false, null);
        return "success".equals(actions.handle(request).result().get("status"));
    }

    private boolean isCreated(String path) {
        WorkspaceFreshFiles fresh = new WorkspaceFreshFiles(tree);
        fresh.createDirectory(path + "-folder");
        return fresh.create(path + "/f", "inside");
    }

    private boolean isApplied(String path) {
        WorkspaceChangeApplication application = new WorkspaceChangeApplication(tree);
        ProjectText current = new WorkspaceFiles(tree).read(path);
        ChangeIntent intent = new ChangeIntent(
                new ChangeRequest(Map.of("id", "one", "target_path", path)),
                current == null ? null : current.sha256(),
                Sha256.hex("inside".getBytes(StandardCharsets.UTF_8)),
                LedgerCursor.START);
        try {
            application.replace(intent, "inside".getBytes(StandardCharsets.UTF_8));
            return true;
        } finally {
            application.settle(intent);
        }
    }

    /** Every file below the folder outside, with what tells that it is as it was. */
    private Map<String, String> outside() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(outside)) {
            for (Path file : files.toList()) {
                found.put(
                        outside.relativize(file).toString(),
                        Files.isDirectory(file) ? "" : Sha256.hex(Files.readAllBytes(file)) + fileTime(file));
            }
        }
        return found;
    }

    private static FileTime fileTime(Path file) throws IOException {
        return (FileTime) Files.getAttribute(file, "unix:ctime");
    }

    /** A thread that exchanges a folder and a link until it is told to end. */
    private static final class Exchange implements AutoCloseable, Runnable {
        private static final int HERE = -100;
        private static final int EXCHANGE = 2;

        static {
            Native.register(Exchange.class, "c");
        }

        private final String folder;
        private final String link;
        private final Thread thread = new Thread(this, "exchange");
        private volatile boolean isEnding;
        private volatile int count;

        Exchange(Path folder, Path link) {
            this.folder = folder.toString();
            this.link = link.toString();
            thread.start();
        }

        int count() {
            return count;
        }

        @Override
        public void run() {
            for (int done = 1; !isEnding; done++) {
                renameat2(HERE, folder, HERE, link, EXCHANGE);
                count = done;
            }
        }

        @Override
        public void close() {
            isEnding = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static native int renameat2(int fromBase, String from, int toBase, String to, int flags)
                throws LastErrorException;
    }
}
