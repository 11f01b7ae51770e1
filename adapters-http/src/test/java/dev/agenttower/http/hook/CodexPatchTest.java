package dev.agenttower.http.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.project.TextPatch;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodexPatchTest {
    private static List<FileEdit> edits(String... lines) {
        return CodexPatch.edits("*** Begin Patch\n" + String.join("\n", lines) + "\n*** End Patch\n");
    }

    @Test
    void each_file_of_a_patch_counts() {
        assertThat(edits(
                        "*** Add File: a b.txt",
                        "+one",
                        "+",
                        "*** Delete File: old",
                        "*** Update File: src/x",
                        "@@ def f",
                        " keep",
                        "-gone",
                        "+new"))
                .containsExactly(
                        new FileEdit.Written("a b.txt", "one\n\n"),
                        new FileEdit.Touched("old", "delete"),
                        new FileEdit.Patched("src/x", List.of(new TextPatch("keep\ngone\n", "keep\nnew\n"))));
    }

    @Test
    void hunks_are_applied_one_after_the_other() {
        FileEdit edit = edits("*** Update File: x", "@@", "-a", "+b", "@@", "-c", "+d", "*** End of File")
                .get(0);
        assertThat(edit.proposal("a\nc\n").orElseThrow().payload()).containsEntry("content", "b\nd\n");
        assertThat(edit.proposal("a\n")).isEmpty();
        assertThat(edit.proposal(null)).isEmpty();
    }

    @Test
    void a_moved_file_leaves_one_path_and_arrives_at_another() {
        assertThat(edits("*** Update File: x", "*** Move to: y", "@@", "-a", "+b"))
                .containsExactly(new FileEdit.Touched("x", "delete"), new FileEdit.Touched("y", "edit"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no patch",
                "*** Begin Patch\n*** Add File: a\n+x",
                "*** Begin Patch\n*** End Patch",
                "*** Begin Patch\n+x\n*** End Patch",
                "*** Begin Patch\n*** Add File: \n+x\n*** End Patch",
                "*** Begin Patch\n*** Add File: a\nx\n*** End Patch",
                "*** Begin Patch\n*** Delete File: a\n+x\n*** End Patch",
                "*** Begin Patch\n*** Copy File: a\n*** End Patch"
            })
    void what_cannot_be_read_is_refused(String patch) {
        assertThatThrownBy(() -> CodexPatch.edits(patch))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("patch");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Codex ends a line at LF only, and the patch at its last line.
                "*** Begin Patch\n*** Add File: src/b\n+a\r*** End Patch\n*** Delete File: config/specs.json\n*** End Patch",
                "*** Begin Patch\n*** Update File: src/b\n@@\n *** End Patch\n+a\n*** Delete File: config/specs.json\n*** End Patch"
            })
    void nothing_hides_behind_a_line_that_looks_like_the_end(String patch) {
        assertThat(CodexPatch.edits(patch)).contains(new FileEdit.Touched("config/specs.json", "delete"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config/specs.json\u00a0",
                "config/specs.json\u0085",
                "config/specs.json\u2007",
                "config/specs.json ",
                " config/specs.json"
            })
    void a_name_with_white_space_at_its_ends_is_refused(String name) {
        assertThatThrownBy(() -> edits("*** Update File: " + name, "@@", "-a", "+b"))
                .hasMessageContaining("white space");
        assertThatThrownBy(() -> edits("*** Update File: a", "*** Move to: " + name, "@@", "-a", "+b"))
                .hasMessageContaining("white space");
    }

    @Test
    void lines_may_end_with_crlf() {
        assertThat(CodexPatch.edits("*** Begin Patch\r\n*** Delete File: a\r\n*** End Patch\r\n"))
                .containsExactly(new FileEdit.Touched("a", "delete"));
    }

    @Test
    void an_environment_may_be_named() {
        assertThat(edits("*** Environment ID: x", "*** Delete File: a")).hasSize(1);
    }

    @Test
    void a_patch_in_a_command_is_found_or_refused() {
        String patch = "*** Begin Patch\n*** Delete File: a\n*** End Patch";
        assertThat(CodexPatch.inCommand("apply_patch <<'EOF'\n" + patch + "\nEOF\n"))
                .contains(patch);
        assertThat(CodexPatch.inCommand("grep '*** Begin Patch' x")).isEmpty();
        assertThat(CodexPatch.inCommand("ls")).isEmpty();
        assertThatThrownBy(() -> CodexPatch.inCommand("cd config && apply_patch <<'EOF'\n" + patch + "\nEOF\n"))
                .hasMessageContaining("among other commands");
    }

    @Property(tries = 300)
    void any_text_is_read_or_refused(@ForAll String text) {
        try {
            assertThat(CodexPatch.edits("*** Begin Patch\n" + text)).isNotEmpty();
        } catch (RefusedException refused) {
            assertThat(refused).hasMessageContaining("patch");
        }
    }
}
