package dev.agenttower.contract.governance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.governance.project.Located;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectText;
import dev.agenttower.core.governance.project.ProjectTree;
import dev.agenttower.core.governance.project.TextCode;
import dev.agenttower.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a {@link ProjectTree} and {@link ProjectFiles} must do. */
abstract class ProjectContract {
    abstract ProjectTree tree();

    abstract ProjectFiles files();

    /** Puts a symbolic link into the project. */
    abstract void link(String path, String target);

    /** The root as an absolute path. */
    abstract String root();

    @ParameterizedTest
    @CsvSource({
        "src/a.txt, src/a.txt, src/a.txt",
        "./src//b/../a.txt, src/a.txt, src/a.txt",
        "., ., .",
        "new/deep/file, new/deep/file, new/deep/file",
        "dir/file, dir/file, config/file",
        "dir/../x, x, x",
        "deep/../x, x, config/x",
        "chain/file, chain/file, config/file",
        "new/../dir/file, dir/file, config/file",
        "inside, inside, config/specs.json",
    })
    void locates_by_text_and_by_links(String path, String normal, String real) {
        files().write("config/specs.json", "{}");
        files().write("config/sub/x", "");
        link("dir", "config");
        link("deep", "config/sub");
        link("chain", "dir");
        link("inside", root() + "/config/specs.json");

        assertThat(tree().locate(path)).isEqualTo(new Located(normal, real));
        assertThat(tree().locate(root() + "/" + path)).isEqualTo(new Located(normal, real));
    }

    @ParameterizedTest
    @CsvSource({"../x", "src/../../x", "/etc/passwd", "out/x", "up/x", "round", "round/x"})
    void what_leads_out_of_the_root_has_no_real_place(String path) {
        link("out", "/etc");
        link("up", "..");
        link("round", "round");
        assertThat(tree().locate(path).real()).isNull();
    }

    @Test
    void tells_where_paths_lead_that_do_not_lead_to_themselves() {
        files().write("config/specs.json", "{}");
        List<String> paths = List.of("config/specs.json", "hooks/settings.json", "rules", "far");
        assertThat(tree().destinationsElsewhere(paths)).isEmpty();
        link("hooks", "config");
        link("far", "/etc/passwd");
        assertThat(tree().destinationsElsewhere(paths)).containsExactly("config/settings.json");
        link("rules", "config/specs.json");
        assertThat(tree().destinationsElsewhere(paths)).containsExactly("config/settings.json", "config/specs.json");
    }

    @Test
    void reads_what_was_written_with_the_hash_of_its_bytes() {
        files().write("a/b/c.txt", "caf\u00e9\r\nx");
        ProjectText text = files().read("a/b/c.txt");
        assertThat(text)
                .isEqualTo(new ProjectText(
                        "caf\u00e9\r\nx",
                        Sha256.hex("caf\u00e9\r\nx".getBytes(StandardCharsets.UTF_8)),
                        TextCode.UTF_8));
        assertThat(files().read("a/none")).isNull();
    }

    @Test
    void a_directory_is_no_text() {
        files().write("a/b", "x");
        assertThatThrownBy(() -> files().read("a")).isInstanceOf(ProjectFileException.class);
        assertThatThrownBy(() -> files().write("a", "x")).isInstanceOf(ProjectFileException.class);
    }

    @Test
    void never_follows_a_link() {
        files().write("a", "x");
        link("b", "a");
        assertThatThrownBy(() -> files().read("b")).isInstanceOf(ProjectFileException.class);
        assertThatThrownBy(() -> files().write("b", "y")).isInstanceOf(ProjectFileException.class);
        assertThatThrownBy(() -> files().write("../x", "y")).isInstanceOf(ProjectFileException.class);
        assertThat(files().read("a")).extracting(ProjectText::text).isEqualTo("x");
    }

    @Test
    void deletes_files_and_directories_but_of_links_only_the_links() {
        files().write("a/b", "x");
        files().write("a/c/d", "x");
        files().write("keep/e", "x");
        link("a/link", "../keep");

        files().delete("a");

        assertThat(files().read("a/b")).isNull();
        assertThat(files().read("keep/e")).isNotNull();
        assertThatThrownBy(() -> files().delete("a")).isInstanceOf(ProjectFileException.class);
    }
}
