package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agenttower.core.governance.role.WorkingCopy;
import dev.agenttower.core.governance.role.WorkingCopy.Status;
import dev.agenttower.workspace.role.GitWorkingCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitWorkingCopyContractTest extends WorkingCopyContract {
    private static final String BUSY = "git is being asked for other sessions already; try again";

    @TempDir
    Path root;

    @TempDir
    Path elsewhere;

    @BeforeEach
    void needs_git() {
        boolean hasGit = isGitInstalled();
        if (!hasGit) {
            System.err.println("SKIPPED: git is not installed, working copies are not looked at");
        }
        assumeTrue(hasGit, "git is not installed");
        git("init", "-q");
    }

    private static boolean isGitInstalled() {
        try {
            return run(List.of("git", "--version")).startsWith("git");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    @Override
    WorkingCopy workingCopy() {
        return new GitWorkingCopy(root);
    }

    @Override
    WorkingCopy unversioned() {
        return new GitWorkingCopy(elsewhere);
    }

    @Override
    void change(String path) {
        try {
            Files.writeString(root.resolve(path), "more\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    String commitAll() {
        git("add", "-A");
        git("-c", "user.name=test", "-c", "user.email=test@localhost", "commit", "-q", "--no-gpg-sign", "-m", "more");
        return git("rev-parse", "HEAD").strip();
    }

    @Test
    void a_folder_that_is_gone_tells_nothing() {
        WorkingCopy gone = new GitWorkingCopy(root.resolve("gone"));
        assertThat(gone.status().uncommitted()).isEmpty();
        assertThat(gone.commit()).isNull();
    }

    @Test
    void very_many_changes_are_told_to_the_end() {
        for (int i = 0; i < 3000; i++) {
            change("file-with-a-long-name-so-that-the-answer-fills-any-pipe-" + i + ".txt");
        }
        assertThat(workingCopy().status().uncommitted()).hasLineCount(3000).contains("pipe-2999.txt");
    }

    @Test
    void a_reference_of_very_many_parts_is_read_like_any_other() throws IOException {
        change("one.txt");
        Path head = root.resolve(".git/HEAD");
        for (int parts : new int[] {1000, 1_000_000}) {
            Files.writeString(head, "ref: refs" + "/a".repeat(parts) + "\n");
            assertThat(workingCopy().commit()).isNull();
        }
        Files.writeString(head, "ref: refs" + "/a".repeat(1000) + "\n");
        assertThat(workingCopy().status().uncommitted()).contains("one.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {".git/HEAD", ".git/index", ".git/objects/info/alternates"})
    void a_pipe_in_place_of_a_file_of_git_leaves_doubt_at_once(String name) throws IOException {
        change("one.txt");
        commitAll();
        Files.deleteIfExists(root.resolve(name));
        run(List.of("mkfifo", root.resolve(name).toString()));
        Instant start = Instant.now();
        Status status = workingCopy().status();
        assertThat(status.isInDoubt()).isTrue();
        assertThat(status.unknown()).contains(name).contains("is no file");
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void git_that_waits_is_given_up_and_nobody_waits_behind_it() throws Exception {
        change("one.txt");
        run(List.of("mkfifo", root.resolve(".gitignore").toString()));
        WorkingCopy copy = workingCopy();
        Instant start = Instant.now();
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Status>> answers = callers.invokeAll(Collections.nCopies(8, copy::status));
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(6));
            List<String> unknown = new ArrayList<>();
            for (Future<Status> answer : answers) {
                assertThat(answer.get().isInDoubt()).isTrue();
                unknown.add(answer.get().unknown().strip());
            }
            assertThat(unknown).containsOnlyOnce("git did not answer in time").contains(BUSY);
        } finally {
            callers.shutdownNow();
        }
        Files.delete(root.resolve(".gitignore"));
        assertThat(copy.status()).isEqualTo(new Status("?? one.txt\n", ""));
    }

    private String git(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
