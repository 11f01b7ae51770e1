package dev.agenttower.workspace.drift;

import dev.agenttower.core.governance.drift.Fingerprint;
import dev.agenttower.core.text.Sha256;
import dev.agenttower.unix.file.RegularFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The fingerprints of single files. A file is read again only when its attributes differ; among them is the time of its last status change
 * (ctime), which programs cannot set. Thread-safe.
 */
final class FingerprintedContents {
    private static final int MAX_SIZE = 16 << 20;
    private static final int MAX_REMEMBERED = 20_000;
    /** A file that changed less than this before it was read may change again without a new time stamp. */
    private static final long SETTLING_MILLIS = 1000;

    private final InstantSource clock;
    private final Map<Path, Remembered> remembered = new ConcurrentHashMap<>();

    FingerprintedContents(InstantSource clock) {
        this.clock = clock;
    }

    /** The fingerprint of a file, links not followed; null if there is none. */
    @Nullable Fingerprint of(Path file) throws IOException {
        Attributes attributes = attributes(file, LinkOption.NOFOLLOW_LINKS);
        if (attributes == null) {
            return null;
        }
        return attributes.isLink
                ? new Fingerprint(null, "a link to " + Files.readSymbolicLink(file))
                : fingerprint(file, attributes, RegularFiles::open);
    }

    /**
     * The fingerprint of a file whose path contains links; null if there is none.
     *
     * @param real the target, relative to the project; null if it lies outside
     */
    @Nullable Fingerprint throughLink(Path file, @Nullable String real) throws IOException {
        if (attributes(file, LinkOption.NOFOLLOW_LINKS) == null) {
            return null;
        }
        Attributes attributes;
        String note;
        try {
            attributes = attributes(file);
            note = "a link to " + (real != null ? real : file.toRealPath());
        } catch (IOException e) {
            return new Fingerprint(
                    null, "a link to nothing that can be read"); // the link exists, so it must be reported
        }
        if (attributes == null) {
            return new Fingerprint(null, note);
        }
        Fingerprint fingerprint = fingerprint(file, attributes, RegularFiles::openFollowing);
        return new Fingerprint(
                fingerprint.sha256(), fingerprint.note() == null ? note : note + ", " + fingerprint.note());
    }

    private Fingerprint fingerprint(Path file, Attributes attributes, Opening opening) throws IOException {
        if (!attributes.isRegular) {
            return new Fingerprint(null, "no regular file");
        }
        if (attributes.size > MAX_SIZE) {
            return new Fingerprint(
                    null, "too large to be read, " + attributes.size + " bytes of " + attributes.changed);
        }
        Remembered last = remembered.get(file);
        if (last != null && last.attributes.equals(attributes)) {
            return last.fingerprint;
        }
        return read(file, attributes, opening);
    }

    private Fingerprint read(Path file, Attributes attributes, Opening opening) throws IOException {
        byte[] bytes;
        try (InputStream in = Channels.newInputStream(opening.of(file))) {
            bytes = in.readNBytes(MAX_SIZE + 1);
        } catch (AccessDeniedException e) {
            return new Fingerprint(null, "closed to the daemon");
        }
        if (bytes.length > MAX_SIZE) {
            throw new IOException(file + " grew while it was read");
        }
        Fingerprint fingerprint = Fingerprint.of(Sha256.hex(bytes));
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        if (clock.millis() - attributes.changed.toMillis() > SETTLING_MILLIS) {
            remembered.put(file, new Remembered(attributes, fingerprint));
        }
        return fingerprint;
    }

    private static @Nullable Attributes attributes(Path file, LinkOption... options) throws IOException {
        Map<String, Object> values;
        try {
            values = Files.readAttributes(
                    file, "unix:dev,ino,size,lastModifiedTime,ctime,isRegularFile,isSymbolicLink", options);
        } catch (NoSuchFileException e) {
            return null;
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (isBelowNoDirectory(file)) {
                return null;
            }
            throw e;
        }
        return new Attributes(
                Objects.requireNonNull(values.get("dev")),
                Objects.requireNonNull(values.get("ino")),
                (Long) Objects.requireNonNull(values.get("size")),
                (FileTime) Objects.requireNonNull(values.get("lastModifiedTime")),
                (FileTime) Objects.requireNonNull(values.get("ctime")),
                Boolean.TRUE.equals(values.get("isRegularFile")),
                Boolean.TRUE.equals(values.get("isSymbolicLink")));
    }

    /** Whether a path component that must be a directory is something else, such as a file or a link loop. */
    private static boolean isBelowNoDirectory(Path file) {
        for (Path above = file.getParent(); above != null; above = above.getParent()) {
            if (Files.isDirectory(above)) {
                return false;
            }
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
        }
        return false;
    }

    /** Opens a file, with links followed or refused. */
    private interface Opening {
        FileChannel of(Path file) throws IOException;
    }

    private record Remembered(Attributes attributes, Fingerprint fingerprint) {}

    private record Attributes(
            Object device,
            Object inode,
            long size,
            FileTime modified,
            FileTime changed,
            boolean isRegular,
            boolean isLink) {}
}
