package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.governance.Proposal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets a person edit what is proposed, in the editor of their choice. */
final class ProposalEditor {
    private static final Pattern SUFFIX = Pattern.compile(".*(\\.[A-Za-z0-9]{1,8})");

    private final CliContext context;

    ProposalEditor(CliContext context) {
        this.context = context;
    }

    /**
     * Opens the editor and waits for its end. Of a patch, the text that is put in can be edited; the text that it takes the place of stays.
     *
     * @throws CommandFailure if the editor cannot be run or fails, or the text was left as it was
     */
    Edit edit(String targetPath, Proposal proposal) {
        String before = textOf(proposal);
        try {
            var suffix = SUFFIX.matcher(targetPath);
            Path folder = Files.createTempDirectory("agenttower-edit-");
            Path file = folder.resolve("proposal" + (suffix.matches() ? suffix.group(1) : ".txt"));
            Files.writeString(file, before);
            Edit edit = new Edit(file, proposal);
            int status = open(file);
            if (status != 0) {
                edit.discard();
                throw new CommandFailure(
                        ExitCode.PRECONDITION,
                        "error: the editor ended with status " + status + "; nothing was changed");
            }
            if (Files.readString(file).equals(before)) {
                edit.discard();
                throw new CommandFailure(
                        ExitCode.PRECONDITION,
                        "error: the proposal was left as it was; `agenttower scr authorize` takes it like this");
            }
            return edit;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private int open(Path file) throws IOException {
        @Nullable String visual = context.variable("VISUAL");
        String editor = visual != null && !visual.isBlank()
                ? visual
                : Objects.requireNonNullElse(context.variable("EDITOR"), "vi");
        // Through a shell, as git does: an editor is often a program with options.
        ProcessBuilder builder = new ProcessBuilder(
                "sh", "-c", (editor.isBlank() ? "vi" : editor) + " \"$@\"", "agenttower", file.toString());
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

    private static String textOf(Proposal proposal) {
        if (proposal instanceof Proposal.Patch patch) {
            return patch.newString();
        }
        if (proposal instanceof Proposal.Append append) {
            return append.content();
        }
        if (proposal instanceof Proposal.FullReplace replacement) {
            return replacement.content();
        }
        if (proposal instanceof Proposal.JsonMerge merge) {
            return JsonText.indented(merge.data()) + "\n";
        }
        throw new IllegalStateException("no such proposal: " + proposal.changeType());
    }

    private static CommandFailure failed(IOException e) {
        return new CommandFailure(ExitCode.PRECONDITION, "error: cannot edit the proposal: " + e.getMessage(), e);
    }

    /**
     * A text that a person has edited.
     *
     * @param file where it is, in a folder of its own
     * @param original what was proposed
     */
    record Edit(Path file, Proposal original) {
        /** What is proposed now. The line feed that editors put at the end of a file is not taken for a part of a text that had none. */
        Proposal proposal() {
            String text;
            try {
                text = Files.readString(file);
            } catch (IOException e) {
                throw failed(e);
            }
            if (original instanceof Proposal.JsonMerge) {
                return new Proposal.JsonMerge(object(text));
            }
            String edited = textOf(original).endsWith("\n") || !text.endsWith("\n")
                    ? text
                    : text.substring(0, text.length() - 1);
            if (original instanceof Proposal.Patch patch) {
                return new Proposal.Patch(patch.oldString(), edited);
            }
            return original instanceof Proposal.Append ? new Proposal.Append(edited) : new Proposal.FullReplace(edited);
        }

        private static JsonNode object(String text) {
            try {
                JsonNode node = JsonText.parse(text.getBytes(StandardCharsets.UTF_8));
                if (node.isObject()) {
                    return node;
                }
                throw new CommandFailure(ExitCode.PRECONDITION, "error: what is to be merged must be a JSON object");
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.PRECONDITION, "error: what is to be merged must be JSON", e);
            }
        }

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
    }
}
