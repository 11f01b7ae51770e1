package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.role.WorkingCopy;
import org.junit.jupiter.api.Test;

/** What a {@link WorkingCopy} must do. */
abstract class WorkingCopyContract {
    /** The working copy of files that are versioned. */
    abstract WorkingCopy workingCopy();

    /** The working copy of files that are not. */
    abstract WorkingCopy unversioned();

    /** Changes a file, which need not have existed. */
    abstract void change(String path);

    /** Commits everything; gives the commit. */
    abstract String commitAll();

    @Test
    void before_the_first_commit_there_is_none() {
        change("one.txt");
        assertThat(workingCopy().commit()).isNull();
        assertThat(workingCopy().status().uncommitted()).contains("one.txt");
    }

    @Test
    void what_is_committed_is_not_told() {
        change("one.txt");
        String first = commitAll();
        assertThat(workingCopy().status().uncommitted()).isEmpty();
        assertThat(workingCopy().commit()).isEqualTo(first).matches("[0-9a-f]{40,64}");
    }

    @Test
    void each_file_that_is_not_committed_is_told_and_the_commit_stays() {
        change("one.txt");
        String first = commitAll();
        change("one.txt");
        change("two.txt");
        assertThat(workingCopy().status().uncommitted()).contains("one.txt").contains("two.txt");
        assertThat(workingCopy().commit()).isEqualTo(first);
        String second = commitAll();
        assertThat(workingCopy().status().uncommitted()).isEmpty();
        assertThat(workingCopy().commit()).isEqualTo(second).isNotEqualTo(first);
    }

    @Test
    void of_files_that_are_not_versioned_nothing_can_be_told() {
        assertThat(unversioned().status().uncommitted()).isEmpty();
        assertThat(unversioned().commit()).isNull();
    }
}
