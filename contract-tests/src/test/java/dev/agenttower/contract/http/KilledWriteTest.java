package dev.agenttower.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.agenttower.contract.process.DaemonProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A daemon that is killed while it writes leaves nothing that the next one does not remove. */
final class KilledWriteTest {
    @RegisterExtension
    static final DaemonProcess tower = DaemonProcess.withoutEngine();

    private static final String CONTENT = "x".repeat(1_000_000);
    private static final int TRIES = 20;

    @BeforeAll
    static void start() {
        tower.start();
    }

    @Test
    void temporary_files_of_killed_writes_are_removed_when_the_project_is_opened() throws Exception {
        GovernedFolder project = GovernedFolder.create(tower);
        project.write("src/deep/.mine.tmp", "kept");
        project.write("src/other/.a.txt.0123456789abcdef.tmp", "kept, because nothing was ever written here");
        Path deep = project.path("src/deep");
        for (int tries = 0; temporaries(deep).isEmpty() && tries < TRIES; tries++) {
            killWithin(project, deep);
            if (temporaries(deep).isEmpty()) {
                tower.start();
            }
        }
        assertThat(temporaries(deep)).as("what the kill has left").isNotEmpty();

        tower.start();
        project.get("/api/dttp/policy").has(200);

        assertThat(temporaries(deep)).isEmpty();
        assertThat(project.read("src/deep/.mine.tmp")).isEqualTo("kept");
        assertThat(project.has("src/other/.a.txt.0123456789abcdef.tmp")).isTrue();
        assertThat(project.read("src/deep/a.txt")).isIn(CONTENT, "first");
    }

    private static void killWithin(GovernedFolder project, Path folder) throws InterruptedException {
        assertThat(edit(project, "first")).isTrue();
        Thread writing = new Thread(
                () -> {
                    while (edit(project, CONTENT)) {
                        // until the daemon is gone
                    }
                },
                "writing");
        writing.start();
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofNanos(1000))
                .until(() -> !temporaries(folder).isEmpty());
        tower.kill();
        writing.join();
    }

    private static boolean edit(GovernedFolder project, String content) {
        try {
            String request = "{'agent':'CLAUDE','role':'Developer','spec_id':'SPEC-001','action':'edit',"
                    + "'params':{'file':'src/deep/a.txt','content':'" + content + "'},'rationale':'r'}";
            return project.post("/api/dttp/request", request).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private static List<Path> temporaries(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\.a\\.txt\\.[0-9a-f]{16}\\.tmp"))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
