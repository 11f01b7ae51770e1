package dev.agenttower.http.hook;

import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.project.TextPatch;
import java.util.List;

/** The two ways of changing a text that tools of more than one client share. */
final class TextEdits {
    private TextEdits() {}

    static FileEdit write(ToolInput input) {
        return new FileEdit.Written(input.path("file_path"), input.text("content"));
    }

    /**
     * The replacement of {@code old_string} by {@code new_string}; an empty old text creates a file.
     *
     * @param everywhere the flag that asks for all occurrences
     */
    static FileEdit replace(ToolInput input, String everywhere) {
        String path = input.path("file_path");
        String oldText = input.text("old_string");
        String newText = input.text("new_string");
        if (oldText.isEmpty()) {
            return new FileEdit.Written(path, newText);
        }
        return input.flag(everywhere)
                ? new FileEdit.PatchedEverywhere(path, oldText, newText)
                : new FileEdit.Patched(path, List.of(new TextPatch(oldText, newText)));
    }
}
