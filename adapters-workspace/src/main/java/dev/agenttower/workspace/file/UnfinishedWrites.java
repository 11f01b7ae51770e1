package dev.agenttower.workspace.file;

import dev.agenttower.unix.file.Directory;
import dev.agenttower.unix.file.DurableFiles;
import dev.agenttower.unix.file.Leftovers;
import dev.agenttower.unix.file.LockedFile;
import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Records the folders of pending writes in {@code _cortex/ops/.unfinished_writes}, one path a line, so that temporary files of killed
 * writes are found without a scan of the whole project. Thread-safe.
 */
public final class UnfinishedWrites {
    private static final List<String> OWN_FOLDERS =
            List.of("_cortex", "_cortex/ads", "_cortex/ops", "_cortex/ops/change-intents");
    private static final int MAX_SIZE = 1 << 20;

    private final Path root;
    private final Path cortex;
    private final Path file;
    private final Set<Path> expected = ConcurrentHashMap.newKeySet();

    /** The writes below a root. */
    UnfinishedWrites(Path root) {
        this.root = root;
        this.cortex = root.resolve("_cortex");
        this.file = cortex.resolve("ops/.unfinished_writes");
        OWN_FOLDERS.forEach(folder -> expected.add(root.resolve(folder)));
    }

    /** Records durably that a folder may contain a temporary file. Does nothing in a project without governance. */
    public void expectIn(Path folder) throws IOException {
        if (expected.contains(folder) || !Files.isDirectory(cortex, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        byte[] line = (root.relativize(folder) + "\n").getBytes(StandardCharsets.UTF_8);
        try (LockedFile locked = LockedFile.awaitToWrite(file, root);
                FileChannel channel = locked.readAndWrite()) {
            channel.position(channel.size());
            DurableFiles.writeFully(channel, ByteBuffer.wrap(line));
            channel.force(false);
        }
        expected.add(folder);
    }

    /** Removes the temporary files of killed writes, but none that another process is writing. */
    public void removeLeftovers() throws IOException {
        OWN_FOLDERS.forEach(this::removeFrom);
        try (LockedFile locked = LockedFile.awaitExisting(file);
                FileChannel channel = locked.readAndWrite()) {
            byte[] lines = Channels.newInputStream(channel).readNBytes(MAX_SIZE);
            new String(lines, StandardCharsets.UTF_8).lines().forEach(this::removeFrom);
            channel.truncate(0);
        } catch (NoSuchFileException e) {
            // no folder is recorded
        } catch (FileSystemException e) {
            // a read-only project
            if (RegularFiles.read(file, MAX_SIZE).length > 0) {
                throw e;
            }
        }
    }

    private void removeFrom(String folder) {
        Path path = root.resolve(folder).normalize();
        if (!path.startsWith(root)) {
            return;
        }
        try (Directory directory = Directory.open(path)) {
            Leftovers.removeFrom(directory);
        } catch (IOException e) {
            // deleted, not accessible, or replaced by a link: no temporary file is there
        }
    }
}
