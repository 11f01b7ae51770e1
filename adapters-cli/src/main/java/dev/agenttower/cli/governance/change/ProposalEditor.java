package dev.agenttower.cli.governance.change;

import dev.agenttower.cli.command.CliContext;
import dev.agenttower.cli.command.CommandFailure;
import dev.agenttower.cli.command.ExitCode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Opens a text in the person's editor, in a private temporary file. */
final class ProposalEditor {
    private static final Pattern SUFFIX = Pattern.compile(".*(\\.[A-Za-z0-9]{1,8})");

    private final CliContext context;
    private final Path file;

    private ProposalEditor(CliContext context, Path file) {
        this.context = context;
        this.file = file;
    }

    /**
     * Writes the text into a new file, whose name ends like {@code targetPath} so that editors detect its type.
     *
     * @throws CommandFailure if the file cannot be written
     */
    static ProposalEditor of(String text, String targetPath, CliContext context) {
        try {
            var suffix = SUFFIX.matcher(targetPath);
            Path folder = Files.createTempDirectory("agenttower-edit-");
            Path file = folder.resolve("proposal" + (suffix.matches() ? suffix.group(1) : ".txt"));
            ProposalEditor editor = new ProposalEditor(context, file);
            try {
                Files.writeString(file, text);
            } catch (CharacterCodingException e) {
                editor.discard();
                throw new CommandFailure(
                        ExitCode.REFUSED,
                        "error: what is proposed is no text that a file can hold; it can be rejected, but not edited",
                        e);
            }
            return editor;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The path of the file. */
    Path file() {
        return file;
    }

    /**
     * Runs the editor and waits for its end.
     *
     * @return the edited text
     * @throws CommandFailure if the editor cannot be run or fails, or the edited file cannot be read
     */
    String edit() {
        try {
            int status = open();
            if (status != 0) {
                throw new CommandFailure(
                        ExitCode.PRECONDITION,
                        "error: the editor ended with status " + status + "; nothing was changed");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new CommandFailure(ExitCode.PRECONDITION, "error: what the editor has left is not UTF-8", e);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private int open() throws IOException {
        @Nullable String visual = context.variable("VISUAL");
        String editor = visual != null && !visual.isBlank()
                ? visual
                : Objects.requireNonNullElse(context.variable("EDITOR"), "vi");
        // If stdout is for a script, the editor gets stderr as its terminal.
        String aside = context.terminals().output() ? "" : " 1>&2";
        // Through a shell, as git does: the editor setting often includes options.
        ProcessBuilder builder = new ProcessBuilder(
                "sh", "-c", (editor.isBlank() ? "vi" : editor) + " \"$@\"" + aside, "agenttower", file.toString());
        builder.environment().clear();
        builder.environment().putAll(context.environment());
        Process process = builder.inheritIO().start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.PRECONDITION, "error: interrupted; nothing was changed", e);
        }
    }

    /** Removes the file. */
    void discard() {
        try {
            Files.deleteIfExists(file);
            @Nullable Path folder = file.getParent();
            if (folder != null) {
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static CommandFailure failed(IOException e) {
        return new CommandFailure(ExitCode.PRECONDITION, "error: cannot edit the proposal: " + e.getMessage(), e);
    }
}
