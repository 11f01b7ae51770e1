package dev.agenttower.workspace.change;

import dev.agenttower.core.governance.change.application.ChangeApplication;
import dev.agenttower.core.governance.change.application.ChangeIntent;
import dev.agenttower.core.governance.change.application.IntentRecord;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.core.text.Sha256;
import dev.agenttower.unix.file.Directory;
import dev.agenttower.unix.file.DurableFiles;
import dev.agenttower.unix.file.FileKind;
import dev.agenttower.unix.file.LinkedPathException;
import dev.agenttower.unix.file.LockedFile;
import dev.agenttower.unix.file.RegularFiles;
import dev.agenttower.workspace.file.JacksonJson;
import dev.agenttower.workspace.file.WorkspaceFiles;
import dev.agenttower.workspace.file.WorkspaceTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Applies changes to the files of a project: a record of the intent in {@code _cortex/ops/change-intents}, a temporary file beside the
 * target, and a rename.
 */
public final class WorkspaceChangeApplication implements ChangeApplication {
    private static final String SUFFIX = ".json";
    private static final int NAME_LENGTH = 24;
    private static final String ASIDE = ".rejected";
    private static final long MAX_RECORD = 16L << 20;

    private final WorkspaceFiles files;
    private final Path root;
    private final Path intents;
    private final JacksonJson json = new JacksonJson();

    /** Applies changes to the files of a tree. */
    public WorkspaceChangeApplication(WorkspaceTree tree) {
        this.files = new WorkspaceFiles(tree);
        this.root = tree.root();
        this.intents = root.resolve("_cortex/ops/change-intents");
    }

    @Override
    public void begin(ChangeIntent intent) {
        try {
            DurableFiles.replace(record(intent), root, intent.text().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failure("record the change of", intent, e);
        }
    }

    @Override
    public void replace(ChangeIntent intent, byte[] content) {
        String path = intent.targetPath();
        Path target = files.file(path);
        String name = DurableFiles.name(target);
        String temporary = temporary(intent);
        try (Directory directory = Directory.create(DurableFiles.parent(target), root)) {
            directory.deleteIfExists(temporary);
            try (LockedFile file = directory.createLocked(temporary)) {
                write(file, content);
                directory.resemble(file, name);
            }
            byte[] current = files.bytes(path);
            if (!Objects.equals(intent.beforeSha256(), current == null ? null : Sha256.hex(current))) {
                throw new ProjectFileException("'" + path + "' changed while it was about to be replaced", null);
            }
            directory.rename(temporary, name);
            directory.sync();
        } catch (IOException e) {
            throw failure("replace", intent, e);
        }
    }

    @Override
    public void settle(ChangeIntent intent) {
        try {
            deleteTemporary(intent);
            try (Directory directory = Directory.open(intents)) {
                if (directory.deleteIfExists(name(intent) + SUFFIX)) {
                    directory.sync();
                }
            }
        } catch (NoSuchFileException e) {
            // there is no record
        } catch (IOException e) {
            throw failure("settle the change of", intent, e);
        }
    }

    @Override
    public List<IntentRecord> records() {
        List<IntentRecord> found = new ArrayList<>();
        try (Directory directory = Directory.open(intents)) {
            for (String name : directory.names().stream().sorted().toList()) {
                if (name.endsWith(SUFFIX)) {
                    found.add(new IntentRecord(name, Sha256.hex(content(directory, name))));
                }
            }
            return found;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new ProjectFileException("cannot read '" + intents + "': " + e.getMessage(), e);
        }
    }

    /** If a link has come into the target's path, its folder is unknown and no temporary file can be deleted. */
    private void deleteTemporary(ChangeIntent intent) throws IOException {
        try (Directory directory = Directory.open(DurableFiles.parent(files.file(intent.targetPath())))) {
            directory.deleteIfExists(temporary(intent));
        } catch (NoSuchFileException | LinkedPathException e) {
            // there is no temporary file
        }
    }

    private void write(LockedFile temporary, byte[] content) throws IOException {
        try (FileChannel channel = temporary.readAndWrite()) {
            DurableFiles.writeFully(channel, ByteBuffer.wrap(content));
            channel.force(true);
        }
    }

    /** The content of a record; empty if it is not a record that {@link #begin} wrote. */
    private byte[] content(Directory directory, String name) throws IOException {
        if (directory.kind(name) != FileKind.FILE) {
            return new byte[0];
        }
        try {
            return RegularFiles.read(intents.resolve(name), MAX_RECORD);
        } catch (FileSystemException e) {
            return new byte[0]; // settled in the meantime, larger than any record, or not accessible
        }
    }

    @Override
    public void setAside(IntentRecord record) {
        String name = Sha256.hex((record.name() + record.sha256()).getBytes(StandardCharsets.UTF_8))
                .substring(0, NAME_LENGTH);
        try (Directory directory = Directory.open(intents)) {
            directory.rename(record.name(), name + ASIDE);
            directory.sync();
        } catch (NoSuchFileException e) {
            // already deleted
        } catch (IOException e) {
            throw WorkspaceFiles.failure("move aside", record.name(), e);
        }
    }

    @Override
    public ChangeIntent read(IntentRecord found) {
        Path record = intents.resolve(found.name());
        try {
            byte[] content = RegularFiles.read(record, MAX_RECORD);
            if (!found.sha256().equals(Sha256.hex(content))) {
                throw new ProjectFileException("'" + record + "' is another one than it was", null);
            }
            if (json.read(RegularFiles.text(content)) instanceof Map<?, ?> tree) {
                return ChangeIntent.of(tree);
            }
            throw new ProjectFileException("'" + record + "' is not a JSON object", null);
        } catch (MalformedJsonException e) {
            throw new ProjectFileException("'" + record + "' is not JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw WorkspaceFiles.failure("read", found.name(), e);
        } catch (IllegalArgumentException e) {
            throw new ProjectFileException("'" + record + "' is no record of a change: " + e.getMessage(), e);
        }
    }

    private Path record(ChangeIntent intent) {
        return intents.resolve(name(intent) + SUFFIX);
    }

    private String temporary(ChangeIntent intent) {
        return "." + DurableFiles.name(files.file(intent.targetPath())) + "." + name(intent) + ".tmp";
    }

    /** The file name is a hash, because the id comes from a file with foreign writers and may not be a valid name. */
    private static String name(ChangeIntent intent) {
        return Sha256.hex(intent.id().getBytes(StandardCharsets.UTF_8)).substring(0, NAME_LENGTH);
    }

    private static ProjectFileException failure(String verb, ChangeIntent intent, IOException e) {
        return WorkspaceFiles.failure(verb, intent.targetPath(), e);
    }
}
