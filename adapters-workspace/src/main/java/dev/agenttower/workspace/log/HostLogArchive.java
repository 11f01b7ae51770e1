package dev.agenttower.workspace.log;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.log.LogArchive;
import dev.agenttower.core.log.UnreadableLogException;
import dev.agenttower.unix.file.Directory;
import dev.agenttower.unix.file.OpenedFile;
import dev.agenttower.unix.file.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Old parts of logs on this host. They are readable by their owner only. */
public final class HostLogArchive implements LogArchive {
    private static final int BLOCK = 256 << 10;
    private static final Pattern FIRST_BYTE = Pattern.compile("\\.\\d{15}");

    /** The files of this machine. */
    public HostLogArchive() {}

    @Override
    public long begin(String path) throws UnreadableLogException {
        try (OpenedFile log = OpenedFile.open(Path.of(path))) {
            return log.firstData();
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    @Override
    public long move(String path, long to, int keep) throws UnreadableLogException {
        Path file = Path.of(path);
        // A container may exchange the folder of its log for a link at any moment.
        try (OpenedFile log = OpenedFile.openToDiscard(file);
                Directory folder = Directory.open(requireNonNull(file.getParent()))) {
            Path here = folder.shortPath(requireNonNull(file.getFileName()));
            long begin = log.firstData();
            long end = behindLine(log, begin, to);
            if (end <= begin) {
                return begin;
            }
            if (keep > 0) {
                copy(log, begin, end, here.resolveSibling(here.getFileName() + ".%015d".formatted(begin)));
            }
            prune(here, keep);
            log.discardBefore(end);
            return end;
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    /** The end of the last line before {@code to}; {@code to} itself in a line that is longer than a block. */
    private static long behindLine(OpenedFile log, long begin, long to) throws IOException {
        ByteBuffer block = ByteBuffer.allocate((int) Math.max(0, Math.min(BLOCK, to - begin)));
        log.read(block, to - block.capacity());
        for (int i = block.position() - 1; i >= 0; i--) {
            if (block.get(i) == '\n') {
                return to - block.capacity() + i + 1;
            }
        }
        return to;
    }

    private static void copy(OpenedFile log, long begin, long end, Path part) throws IOException {
        Path unfinished = part.resolveSibling(part.getFileName() + ".tmp");
        Files.deleteIfExists(unfinished);
        PrivateFiles.createFile(unfinished);
        boolean isWhole = false;
        try (FileChannel out = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            boolean isBlank = true;
            for (long at = begin; at < end; at += block.limit()) {
                block.clear().limit((int) Math.min(BLOCK, end - at));
                log.read(block, at);
                block.flip();
                if (!block.hasRemaining()) {
                    throw new IOException("the log became shorter");
                }
                // The space before a discarded end is zero up to its block.
                while (isBlank && block.hasRemaining() && block.get(block.position()) == 0) {
                    block.get();
                }
                isBlank &= !block.hasRemaining();
                while (block.hasRemaining()) {
                    out.write(block);
                }
            }
            out.force(true);
            isWhole = true;
        } finally {
            if (!isWhole) {
                Files.deleteIfExists(unfinished);
            }
        }
        Files.move(unfinished, part, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(part.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static void prune(Path log, int keep) throws IOException {
        String name = log.getFileName().toString();
        List<Path> parts;
        try (Stream<Path> files = Files.list(log.toAbsolutePath().getParent())) {
            parts = files.filter(file -> {
                        String other = file.getFileName().toString();
                        return other.startsWith(name)
                                && FIRST_BYTE
                                        .matcher(other.substring(name.length()))
                                        .matches();
                    })
                    .sorted(Comparator.comparing(Path::toString).reversed())
                    .toList();
        }
        for (Path old : parts.subList(Math.min(keep, parts.size()), parts.size())) {
            Files.deleteIfExists(old);
        }
    }

    private static UnreadableLogException failed(String path, IOException failure) {
        return new UnreadableLogException("OSError", "cannot archive " + path + ": " + failure.getMessage(), failure);
    }
}
