package dev.agenttower.workspace;

import dev.agenttower.core.governance.change.ApplicationStep;
import dev.agenttower.core.governance.change.ApplicationSteps;
import dev.agenttower.core.governance.change.ChangeApplication;
import dev.agenttower.core.governance.change.ChangeIntent;
import dev.agenttower.core.governance.ledger.LedgerChain;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.json.JsonForm;
import dev.agenttower.core.json.MalformedJsonException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Puts changes into the files of a project: a record of the intent in {@code _cortex/ops/change-intents}, a temporary file beside the target,
 * and a rename.
 */
public final class WorkspaceChangeApplication implements ChangeApplication {
    private static final String SUFFIX = ".json";
    private static final int NAME_LENGTH = 24;

    private final WorkspaceFiles files;
    private final Path intents;
    private final ApplicationSteps steps;
    private final JacksonJson json = new JacksonJson();

    /** Changes of the files of a tree. */
    public WorkspaceChangeApplication(WorkspaceTree tree, ApplicationSteps steps) {
        this.files = new WorkspaceFiles(tree);
        this.intents = tree.root().resolve("_cortex/ops/change-intents");
        this.steps = steps;
    }

    @Override
    public String hashOf(String path, String text) {
        return LedgerChain.sha256(WorkspaceFiles.encoded(path, text, files.bytes(path)));
    }

    @Override
    public void begin(ChangeIntent intent) {
        try {
            DurableFiles.replace(record(intent), JsonForm.pretty(intent.tree()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure("record the change of", intent, e);
        }
    }

    @Override
    public void replace(ChangeIntent intent, String text) {
        String path = intent.targetPath();
        Path target = files.plain(path);
        Path temporary = temporary(intent);
        try {
            byte[] content = WorkspaceFiles.encoded(path, text, files.bytes(path));
            DurableFiles.createDirectories(DurableFiles.parent(target));
            Files.deleteIfExists(temporary);
            write(temporary, content);
            DurableFiles.likeness(target, temporary);
            byte[] current = files.bytes(path);
            if (!Objects.equals(intent.beforeSha256(), current == null ? null : LedgerChain.sha256(current))) {
                throw new ProjectFileException("'" + path + "' changed while it was about to be replaced", null);
            }
            DurableFiles.rename(temporary, target);
            steps.reached(ApplicationStep.TARGET_REPLACED);
            DurableFiles.syncDirectory(DurableFiles.parent(target));
            steps.reached(ApplicationStep.DIRECTORY_SYNCED);
        } catch (IOException e) {
            throw failure("replace", intent, e);
        }
    }

    @Override
    public void settle(ChangeIntent intent) {
        try {
            if (files.isPlain(intent.targetPath())) {
                Files.deleteIfExists(temporary(intent));
            }
            if (Files.deleteIfExists(record(intent))) {
                DurableFiles.syncDirectory(intents);
            }
        } catch (IOException e) {
            throw failure("settle the change of", intent, e);
        }
    }

    @Override
    public List<ChangeIntent> unsettled() {
        if (!Files.isDirectory(intents)) {
            return List.of();
        }
        List<ChangeIntent> found = new ArrayList<>();
        try (Stream<Path> records = Files.list(intents)) {
            for (Path record : records.sorted().toList()) {
                if (String.valueOf(record.getFileName()).endsWith(SUFFIX)) {
                    found.add(read(record));
                }
            }
            return found;
        } catch (IOException e) {
            throw new ProjectFileException("cannot read '" + intents + "': " + e.getMessage(), e);
        }
    }

    private void write(Path temporary, byte[] content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            DurableFiles.writeFully(channel, ByteBuffer.wrap(content));
            steps.reached(ApplicationStep.TEMPORARY_WRITTEN);
            channel.force(true);
            steps.reached(ApplicationStep.TEMPORARY_SYNCED);
        }
    }

    private ChangeIntent read(Path record) throws IOException {
        try {
            if (json.read(Files.readString(record)) instanceof Map<?, ?> tree) {
                return ChangeIntent.of(tree);
            }
            throw new ProjectFileException("'" + record + "' is not a JSON object", null);
        } catch (MalformedJsonException e) {
            throw new ProjectFileException("'" + record + "' is not JSON: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new ProjectFileException("'" + record + "' is no record of a change: " + e.getMessage(), e);
        }
    }

    private Path record(ChangeIntent intent) {
        return intents.resolve(name(intent) + SUFFIX);
    }

    private Path temporary(ChangeIntent intent) {
        Path target = files.plain(intent.targetPath());
        return target.resolveSibling("." + target.getFileName() + "." + name(intent) + ".tmp");
    }

    /** An id comes from a file that others write, so it is no file name. */
    private static String name(ChangeIntent intent) {
        return LedgerChain.sha256(intent.id().getBytes(StandardCharsets.UTF_8)).substring(0, NAME_LENGTH);
    }

    private static ProjectFileException failure(String verb, ChangeIntent intent, IOException e) {
        return new ProjectFileException(
                "cannot " + verb + " '" + intent.targetPath() + "': "
                        + e.getClass().getSimpleName() + " " + e.getMessage(),
                e);
    }
}
