package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agenttower.core.governance.role.WorkingCopy;
import dev.agenttower.workspace.GitWorkingCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitWorkingCopyContractTest extends WorkingCopyContract {
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
