package dev.agenttower.bench.log;

import static java.util.Objects.requireNonNull;

import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.LogFiles;
import dev.agenttower.unix.file.Directory;
import dev.agenttower.unix.file.FileKind;
import dev.agenttower.unix.file.Inode;
import dev.agenttower.unix.file.OpenedFile;
import dev.agenttower.unix.file.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of logs on this host. */
public final class HostLogFiles implements LogFiles {
    private static final int BLOCK = 64 << 10;
    private static final int OTHERS = 0077;
    private static final int BEYOND_READING_AND_WRITING = 07177;

    /** Accesses the files of this host. */
    public HostLogFiles() {}

    @Override
    public Optional<String> real(String path) {
        return real(Path.of(path)).map(Path::toString);
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (NoSuchFileException missing) {
            Path name = path.getFileName();
            Path parent = path.getParent();
            return name == null || parent == null
                    ? Optional.empty()
                    : real(parent).map(folder -> folder.resolve(name));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isDirectory(String path) {
        return Files.isDirectory(Path.of(path));
    }

    @Override
    public boolean isWritable(String path) {
        return Files.isWritable(Path.of(path));
    }

    @Override
    public void create(String path) {
        Path file = Path.of(path);
        Path above = requireNonNull(file.getParent());
        // A container may exchange a folder of its log for a link at any moment.
        try (Directory folder = PrivateFiles.openDirectory(above)) {
            Inode directory = inode(folder, Path.of("."));
            if ((directory.permissions() & OTHERS) != 0) {
                throw unsafe(above, directory, "0700");
            }
            Path name = requireNonNull(file.getFileName());
            PrivateFiles.createFile(folder.shortPath(name));
            Inode log = inode(folder, name);
            if (log.kind() != FileKind.FILE) {
                throw new RefusedException(
                        ErrorCode.INTERNAL_ERROR,
                        "log file " + path + " is a " + log.kind().words() + ", not a regular file");
            }
            if ((log.permissions() & BEYOND_READING_AND_WRITING) != 0) {
                throw unsafe(file, log, "0600");
            }
        } catch (IOException | UncheckedIOException e) {
            throw new RefusedException(
                    ErrorCode.INTERNAL_ERROR, "log file " + path + " cannot be created: " + reason(e));
        }
    }

    private static Inode inode(Directory folder, Path entry) throws IOException {
        Path path = folder.shortPath(entry);
        return Inode.at(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    private static RefusedException unsafe(Path path, Inode inode, String expected) {
        return new RefusedException(
                ErrorCode.INTERNAL_ERROR,
                "unsafe permissions on " + path
                        + ": mode is 0%o, at most %s is allowed".formatted(inode.permissions(), expected));
    }

    @Override
    public long room(String path) {
        File file = new File(path);
        long usable = file.getUsableSpace();
        // Zero also means that the system does not tell.
        return usable > 0 || file.getTotalSpace() > 0 ? usable : Long.MAX_VALUE;
    }

    @Override
    public Optional<LogFile> stat(String path) {
        try {
            Map<String, Object> seen =
                    Files.readAttributes(Path.of(path), "unix:dev,ino,size", LinkOption.NOFOLLOW_LINKS);
            return Optional.of(
                    new LogFile(seen.get("dev") + ":" + seen.get("ino"), (Long) requireNonNull(seen.get("size"))));
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException e) {
            throw new RefusedException(
                    ErrorCode.INTERNAL_ERROR, "log file " + path + " cannot be looked at: " + reason(e));
        }
    }

    @Override
    public List<String> tail(String path, int lines) {
        try (OpenedFile log = OpenedFile.open(Path.of(path))) {
            return lines(end(log, lines), lines);
        } catch (IOException e) {
            throw new RefusedException(
                    ErrorCode.LOG_FILE_MISSING,
                    "log file " + path
                            + (e instanceof NoSuchFileException ? " is missing" : " cannot be read: " + reason(e)),
                    Map.of("log_path", path));
        }
    }

    private static String reason(Exception failure) {
        String reason = failure instanceof FileSystemException failed ? failed.getReason() : failure.getMessage();
        return reason == null ? failure.getClass().getSimpleName() : reason;
    }

    /** The end of the file, from the start of the wanted lines or before. */
    private static byte[] end(OpenedFile file, int lines) throws IOException {
        Deque<byte[]> blocks = new ArrayDeque<>();
        long position = file.numbers().size();
        // What is before it was moved to the archive.
        long begin = file.firstData();
        long most = (lines + 1L) * LONGEST_LINE;
        int length = 0;
        int ends = 0;
        while (position > begin && ends <= lines && length < most) {
            int size = (int) Math.min(BLOCK, position - begin);
            position -= size;
            ByteBuffer block = ByteBuffer.allocate(size);
            file.read(block, position);
            byte[] bytes = withoutBlankBegin(block.array());
            for (byte each : bytes) {
                ends += each == '\n' ? 1 : 0;
            }
            blocks.addFirst(bytes);
            length += bytes.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        blocks.forEach(all::put);
        return all.array();
    }

    /** A block without the zeros that a discarded part of it has left. */
    private static byte[] withoutBlankBegin(byte[] block) {
        int begin = 0;
        while (begin < block.length && block[begin] == 0) {
            begin++;
        }
        return begin == 0 ? block : Arrays.copyOfRange(block, begin, block.length);
    }

    private static List<String> lines(byte[] end, int lines) {
        Deque<String> found = new ArrayDeque<>();
        int stop = end.length > 0 && end[end.length - 1] == '\n' ? end.length - 1 : end.length;
        while (end.length > 0 && found.size() < lines && stop >= 0) {
            int start = stop;
            while (start > 0 && end[start - 1] != '\n') {
                start--;
            }
            found.addFirst(line(end, start, stop - start));
            stop = start - 1;
        }
        return List.copyOf(found);
    }

    private static String line(byte[] bytes, int start, int length) {
        return length <= LONGEST_LINE
                ? new String(bytes, start, length, StandardCharsets.UTF_8)
                : new String(bytes, start, LONGEST_LINE, StandardCharsets.UTF_8) + "…";
    }
}
