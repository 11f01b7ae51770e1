package dev.agenttower.core.governance.hook.shell;

import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import java.util.List;

/**
 * What a shell command does, as far as its text alone tells. Paths are relative to the folder in which the command begins, absolute, or begin
 * with {@code ~} for the home.
 *
 * @param edits the files that it changes
 * @param folders where it changes files whose names are not known
 * @param reads the files that it may read: every argument that can name one
 * @param objections why it must not be run anywhere, each a sentence without its end
 */
public record ShellEffects(List<FileEdit> edits, List<String> folders, List<String> reads, List<String> objections) {
    /** Copies the lists. */
    public ShellEffects {
        edits = List.copyOf(edits);
        folders = List.copyOf(folders);
        reads = List.copyOf(reads);
        objections = List.copyOf(objections);
    }

    /**
     * Reads a command; fails for no text, and takes time linear in its length.
     *
     * @param folder the folder in which it is run, relative to that of the call; empty for the same
     */
    public static ShellEffects of(String command, String folder) {
        Effects effects = new Effects(folder);
        new ShellInterpreter(effects).run(command);
        return effects.result();
    }

    /** The call of a tool that runs the command. */
    public ToolCall asCallOf(String tool) {
        return new ToolCall(tool, ToolCall.Kind.COMMAND, edits, folders, reads, objections);
    }
}
