package dev.agenttower.core.governance.hook;

import dev.agenttower.core.governance.change.proposal.ProposedChange;
import dev.agenttower.core.governance.project.TextPatch;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change of one file, as a tool call announces it. */
public sealed interface FileEdit {
    /** The path of the file, as the client writes it. */
    String path();

    /** The same change of another file. */
    FileEdit at(String otherPath);

    /** The action of the policy: {@code edit}, {@code patch} or {@code delete}. */
    String action();

    /**
     * The text of the file after the change; empty if the call does not tell it, or does not fit the file.
     *
     * @param current the text of the file; null if there is none
     */
    Optional<String> result(@Nullable String current);

    /** The change as a proposal for a person; empty where there is no {@link #result}. */
    default Optional<ProposedChange> proposal(@Nullable String current) {
        return result(current).map(ProposedChange::fullReplace);
    }

    /** The file gets a new content. */
    record Written(String path, String content) implements FileEdit {
        @Override
        public Written at(String otherPath) {
            return new Written(otherPath, content);
        }

        @Override
        public String action() {
            return "edit";
        }

        @Override
        public Optional<String> result(@Nullable String current) {
            return Optional.of(content);
        }
    }

    /** Texts of the file are replaced, one after the other, each of which must occur exactly once. */
    record Patched(String path, List<TextPatch> patches) implements FileEdit {
        /** Copies the patches. */
        public Patched {
            patches = List.copyOf(patches);
        }

        @Override
        public Patched at(String otherPath) {
            return new Patched(otherPath, patches);
        }

        @Override
        public String action() {
            return "patch";
        }

        @Override
        public Optional<String> result(@Nullable String current) {
            Optional<String> text = Optional.ofNullable(current);
            for (TextPatch patch : patches) {
                text = text.flatMap(patch::applyTo);
            }
            return text;
        }

        @Override
        public Optional<ProposedChange> proposal(@Nullable String current) {
            if (patches.size() != 1) {
                return FileEdit.super.proposal(current);
            }
            TextPatch only = patches.get(0);
            return result(current).map(whole -> ProposedChange.patch(only.oldText(), only.newText()));
        }
    }

    /** A text of the file is replaced wherever it occurs. */
    record PatchedEverywhere(String path, String oldText, String newText) implements FileEdit {
        @Override
        public PatchedEverywhere at(String otherPath) {
            return new PatchedEverywhere(otherPath, oldText, newText);
        }

        @Override
        public String action() {
            return "patch";
        }

        @Override
        public Optional<String> result(@Nullable String current) {
            return current == null || oldText.isEmpty() || !current.contains(oldText)
                    ? Optional.empty()
                    : Optional.of(current.replace(oldText, newText));
        }
    }

    /** The file is changed in a way that the call does not tell. */
    record Touched(String path, String action) implements FileEdit {
        @Override
        public Touched at(String otherPath) {
            return new Touched(otherPath, action);
        }

        @Override
        public Optional<String> result(@Nullable String current) {
            return Optional.empty();
        }
    }
}
