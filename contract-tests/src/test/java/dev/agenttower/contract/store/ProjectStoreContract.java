package dev.agenttower.contract.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.core.governance.registry.ProjectStore;
import dev.agenttower.core.governance.registry.RegisteredProject;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store of projects must do. */
@Timeout(60)
abstract class ProjectStoreContract {
    private static final RegisteredProject ONE = project("one", "/srv/one");

    @TempDir
    Path directory;

    private ProjectStore store;

    abstract ProjectStore open(Path directory);

    abstract void close();

    @BeforeEach
    void open_store() {
        store = open(directory);
    }

    @AfterEach
    void close_store() {
        close();
    }

    private static RegisteredProject project(String name, String path) {
        return new RegisteredProject(name, path, name.equals("forge"), "2026-02-20T21:13:15.067233Z");
    }

    @Test
    void shows_projects_by_name_as_they_were_added() {
        RegisteredProject forge = project("forge", "/srv/forge");
        assertThat(store.add(ONE)).isEmpty();
        assertThat(store.add(forge)).isEmpty();
        assertThat(store.list()).containsExactly(forge, ONE);
    }

    @Test
    void keeps_what_stands_against_a_project() {
        store.add(ONE);
        assertThat(store.add(project("one", "/srv/other"))).contains(ONE);
        assertThat(store.add(project("two", "/srv/one"))).contains(ONE);
        assertThat(store.add(project("two", "/srv/one/inner"))).contains(ONE);
        assertThat(store.add(project("two", "/srv"))).contains(ONE);
        assertThat(store.add(project("two", "/srv/one-more"))).isEmpty();
        assertThat(store.list()).hasSize(2);
    }

    @Test
    void removes_a_project_once() {
        store.add(ONE);
        assertThat(store.remove("one")).isTrue();
        assertThat(store.remove("one")).isFalse();
        assertThat(store.list()).isEmpty();
    }
}
