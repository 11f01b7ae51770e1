package dev.agenttower.cli.hook;

import dev.agenttower.cli.lifecycle.UnusableFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file of settings as it was read, and its replacement. Immutable. */
final class SettingsFile {
    private static final int LARGEST = 4 << 20;
    private static final String BACKUP = ".agenttower-backup";
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private final byte @Nullable [] bytes;
    private final String text;

    private SettingsFile(Path path, byte @Nullable [] bytes, String text) {
        this.path = path;
        this.bytes = bytes;
        this.text = text;
    }

    /**
     * Reads a file, which need not exist. Symbolic links are followed.
     *
     * @throws UnusableSettingsException if it cannot be read, is not a regular file, too large, or not UTF-8
     */
    static SettingsFile read(Path path) {
        if (!Files.exists(path) && !Files.isSymbolicLink(path)) {
            return new SettingsFile(path, null, "");
        }
        if (!Files.isRegularFile(path)) {
            throw new UnusableSettingsException(path, "not a regular file");
        }
        try {
            byte[] bytes = contentOf(path);
            if (bytes.length > LARGEST) {
                throw new UnusableSettingsException(path, "larger than " + LARGEST + " bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SettingsFile(path, bytes, text);
        } catch (CharacterCodingException e) {
            throw new UnusableSettingsException(path, "not UTF-8");
        } catch (IOException e) {
            throw new UnusableSettingsException(path, UnusableFileException.reasonOf(e));
        }
    }

    private static byte[] contentOf(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(LARGEST + 1);
        }
    }

    Path path() {
        return path;
    }

    boolean exists() {
        return bytes != null;
    }

    /** The content; empty if the file does not exist. */
    String text() {
        return text;
    }

    /**
     * Refuses what {@link #replace} would refuse.
     *
     * @throws UnusableSettingsException if the file is a symbolic link, or the new text is not valid Unicode
     */
    void requireReplaceable(String replacement) {
        if (Files.isSymbolicLink(path)) {
            throw new UnusableSettingsException(
                    path,
                    "a symbolic link, which is not followed; put a file in its place, or change its target by hand");
        }
        encoded(replacement);
    }

    /**
     * Replaces the content atomically and keeps the mode of the file. Creates missing folders, and a backup unless there is one.
     *
     * @throws UnusableSettingsException if the file is a symbolic link, was changed since it was read, or the new text is not valid Unicode
     * @throws IOException if it cannot be written
     */
    void replace(String replacement) throws IOException {
        requireReplaceable(replacement);
        Files.createDirectories(path.toAbsolutePath().normalize().getParent());
        requireUnchanged();
        if (bytes != null) {
            Path backup = path.resolveSibling(path.getFileName() + BACKUP);
            if (!Files.exists(backup, LinkOption.NOFOLLOW_LINKS)) {
                write(backup, ByteBuffer.wrap(bytes));
            }
        }
        write(path, encoded(replacement));
    }

    private ByteBuffer encoded(String replacement) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(replacement));
        } catch (CharacterCodingException e) {
            throw new UnusableSettingsException(path, "holds half of a character, an unpaired surrogate");
        }
    }

    private void requireUnchanged() throws IOException {
        boolean isSame = bytes == null
                ? !Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                : Files.isRegularFile(path) && Arrays.equals(bytes, contentOf(path));
        if (!isSame) {
            throw new UnusableSettingsException(path, "changed by another program at this moment; try again");
        }
    }

    private void write(Path target, ByteBuffer content) throws IOException {
        Path fresh = path.resolveSibling(
                path.getFileName() + "." + ProcessHandle.current().pid() + ".agenttower-new");
        Files.deleteIfExists(fresh);
        try {
            // What others may not read must not be theirs for a moment either; a new file has the mode that the umask
            // says.
            FileAttribute<?>[] attributes = bytes == null ? new FileAttribute<?>[0] : new FileAttribute<?>[] {PRIVATE};
            Files.createFile(fresh, attributes);
            try (FileChannel out = FileChannel.open(fresh, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                while (content.hasRemaining()) {
                    out.write(content);
                }
                if (bytes != null) {
                    Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(path));
                }
                out.force(true);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
