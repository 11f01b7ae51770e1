package dev.agenttower.workspace.log;

import dev.agenttower.core.event.LogReads;
import dev.agenttower.core.log.LogFile;
import dev.agenttower.core.log.UnreadableLogException;
import dev.agenttower.unix.file.FileKind;
import dev.agenttower.unix.file.FileNumbers;
import dev.agenttower.unix.file.OpenedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Log files of the host. Only regular files are read: a link, a pipe or a device in place of one is an error. Thread-safe. */
public final class HostLogReads implements LogReads {
    /** The files of this machine. */
    public HostLogReads() {}

    @Override
    public Optional<LogFile> look(String path) throws UnreadableLogException {
        try {
            Optional<FileNumbers> seen = FileNumbers.at(Path.of(path));
            if (seen.isPresent() && seen.get().kind() != FileKind.FILE) {
                throw new FileSystemException(path, null, "is not a regular file");
            }
            return seen.map(numbers -> new LogFile(numbers.inode(), numbers.size()));
        } catch (IOException e) {
            throw unreadable(path, e);
        } catch (InvalidPathException e) {
            throw new UnreadableLogException("OSError", "no path: " + path, e);
        }
    }

    @Override
    public boolean read(String path, LogFile seen, long from, ByteBuffer into) throws UnreadableLogException {
        try (OpenedFile file = OpenedFile.open(Path.of(path))) {
            if (!file.numbers().inode().equals(seen.inode())) {
                return false;
            }
            file.read(into, from);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw unreadable(path, e);
        }
    }

    private static UnreadableLogException unreadable(String path, IOException failure) {
        String kind = failure instanceof AccessDeniedException ? "PermissionError" : "OSError";
        return new UnreadableLogException(kind, "cannot read " + path, failure);
    }
}
