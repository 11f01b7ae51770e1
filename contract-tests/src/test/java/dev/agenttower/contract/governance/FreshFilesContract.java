package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.governance.project.FreshFiles;
import dev.agenttower.core.governance.project.ProjectFileException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link FreshFiles} must do. */
abstract class FreshFilesContract {
    abstract FreshFiles files();

    /** The text at a path, links followed; null if there is none. */
    abstract @Nullable String text(String path);

    /** Puts a symbolic link into the project. */
    abstract void link(String path, String target);

    @Test
    void creates_a_file_with_the_directories_above_it() {
        assertThat(files().exists("a/b/c.txt")).isFalse();
        assertThat(files().create("a/b/c.txt", "caf\u00e9\r\n")).isTrue();
        assertThat(text("a/b/c.txt")).isEqualTo("caf\u00e9\r\n");
        assertThat(files().exists("a/b/c.txt")).isTrue();
        assertThat(files().exists("a/b")).isTrue();
        assertThat(files().exists("a/b/d")).isFalse();
    }

    @Test
    void never_touches_a_file_that_exists() {
        files().create("a", "first");
        assertThat(files().create("a", "second")).isFalse();
        assertThat(text("a")).isEqualTo("first");
    }

    @Test
    void anything_at_the_path_counts_as_existing() {
        files().createDirectory("directory");
        link("dangling", "nowhere");
        link("outside", "/etc/hostname");
        assertThat(files().create("directory", "x")).isFalse();
        assertThat(files().create("dangling", "x")).isFalse();
        assertThat(files().create("outside", "x")).isFalse();
        assertThat(files().exists("dangling")).isTrue();
        assertThat(files().exists("nowhere")).isFalse();
    }

    @Test
    void creates_a_directory_with_those_above_it_once() {
        assertThat(files().createDirectory("a/b")).isTrue();
        assertThat(files().createDirectory("a/b")).isFalse();
        assertThat(files().createDirectory("a")).isFalse();
        files().create("c/file", "x");
        assertThat(files().createDirectory("c")).isFalse();
        assertThat(files().exists("a")).isTrue();
    }

    @Test
    void a_file_is_no_directory() {
        files().create("a", "x");
        assertThatThrownBy(() -> files().createDirectory("a")).isInstanceOf(ProjectFileException.class);
        assertThatThrownBy(() -> files().createDirectory("a/b")).isInstanceOf(ProjectFileException.class);
        assertThatThrownBy(() -> files().create("a/b", "y")).isInstanceOf(ProjectFileException.class);
        assertThat(text("a")).isEqualTo("x");
    }

    @Test
    void a_link_within_the_project_leads_where_it_says() {
        files().createDirectory("real");
        link("alias", "real");
        assertThat(files().create("alias/file", "x")).isTrue();
        assertThat(text("real/file")).isEqualTo("x");
        assertThat(files().exists("alias/file")).isTrue();
        assertThat(files().create("real/file", "y")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../never-to-be", "out/never-to-be", "round/never-to-be"})
    void nothing_is_created_outside_of_the_project(String path) {
        link("out", "/tmp");
        link("round", "round");
        assertThatThrownBy(() -> files().create(path, "x")).isInstanceOf(ProjectFileException.class);
        assertThatThrownBy(() -> files().createDirectory(path)).isInstanceOf(ProjectFileException.class);
    }
}
