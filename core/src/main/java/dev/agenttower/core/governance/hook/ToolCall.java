package dev.agenttower.core.governance.hook;

import java.util.List;

/**
 * A tool call of an agent. Paths are as the client writes them.
 *
 * @param tool the name of the tool, as the client writes it
 * @param edits the files that it would change; empty if it changes none, or none that can be known before
 * @param folders where it would change files whose names cannot be known; they count only where they lie outside of the project
 * @param reads the files and folders that it would read, as far as they can be known
 * @param objections why it must not be made in any project, each a sentence without its end
 */
public record ToolCall(
        String tool,
        Kind kind,
        List<FileEdit> edits,
        List<String> folders,
        List<String> reads,
        List<String> objections) {
    /** What is known about a tool. */
    public enum Kind {
        /** A tool of the client, or one whose arguments name the files that it changes or whose name says that it reads. */
        KNOWN,
        /** A tool that runs a command of a shell. */
        COMMAND,
        /** Any other tool. */
        UNKNOWN
    }

    /** Copies the lists. */
    public ToolCall {
        edits = List.copyOf(edits);
        folders = List.copyOf(folders);
        reads = List.copyOf(reads);
        objections = List.copyOf(objections);
    }

    /** A call of a known tool that changes files, or does nothing that is judged. */
    public ToolCall(String tool, List<FileEdit> edits) {
        this(tool, Kind.KNOWN, edits, List.of(), List.of(), List.of());
    }

    /** A call of a tool about which nothing is known. */
    public static ToolCall unknown(String tool) {
        return new ToolCall(tool, Kind.UNKNOWN, List.of(), List.of(), List.of(), List.of());
    }

    /** A call of a tool that only reads. */
    public static ToolCall reading(String tool, List<String> paths) {
        return new ToolCall(tool, Kind.KNOWN, List.of(), List.of(), paths, List.of());
    }

    /** Whether it may change a file. */
    public boolean mayChange() {
        return !edits.isEmpty() || !folders.isEmpty();
    }
}
