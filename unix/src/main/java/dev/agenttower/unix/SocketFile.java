package dev.agenttower.unix;

import dev.agenttower.unix.file.Directory;
import java.io.IOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A socket's file: created with mode 0600, and removed only while it is still the same file. Not thread-safe.
 */
public final class SocketFile {
    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET_TYPE = 0140000;
    private static final int MODE_BITS = 07777;
    private static final int PRIVATE_MODE = 0600;
    /** The kernel accepts 107 bytes. */
    private static final int MAX_ADDRESS_BYTES = 100;

    private final Path path;
    private final long ownUid;
    private final BindGuard guard;
    private final Identity unbound = new Identity(-1, -1);
    private Identity bound = unbound;

    /**
     * A socket that does not exist yet.
     *
     * @param path the path of the file; may be longer than a socket address
     * @param ownUid the required owner
     */
    public SocketFile(Path path, long ownUid, BindGuard guard) {
        this.path = path;
        this.ownUid = ownUid;
        this.guard = guard;
    }

    /**
     * Creates the socket and listens.
     *
     * @param backlog the number of connections that the kernel holds until they are accepted
     * @throws BindException if the path already exists, or if the result is not a private socket of this user
     */
    public BoundSocket listen(int backlog) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new BindException("address already in use: " + path);
        }
        BoundSocket listener;
        listener = bind(backlog);
        try {
            bound = Identity.of(path);
            requirePrivate();
            return listener;
        } catch (IOException e) {
            try (listener) {
                remove();
            }
            throw e;
        }
    }

    private BoundSocket bind(int backlog) throws IOException {
        Path absolute = path.toAbsolutePath();
        if (absolute.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_ADDRESS_BYTES) {
            return BoundSocket.bind(absolute, backlog, guard);
        }
        try (Directory folder =
                Directory.open(Objects.requireNonNull(absolute.getParent()).toRealPath())) {
            return BoundSocket.bind(folder.shortPath(Objects.requireNonNull(absolute.getFileName())), backlog, guard);
        }
    }

    /** Removes the socket's file if it is still the one created here. */
    public void remove() throws IOException {
        try {
            if (!bound.equals(unbound) && bound.equals(Identity.of(path))) {
                Files.delete(path);
            }
        } catch (NoSuchFileException gone) {
            // Already removed.
        } finally {
            bound = unbound;
        }
    }

    private void requirePrivate() throws IOException {
        if ((attribute("unix:mode") & MODE_BITS) != PRIVATE_MODE) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        }
        int mode = (int) attribute("unix:mode");
        if ((mode & FILE_TYPE) != SOCKET_TYPE) {
            throw new BindException("not a socket: " + path);
        }
        if ((mode & MODE_BITS) != PRIVATE_MODE) {
            throw new BindException(
                    "mode is 0o" + Integer.toOctalString(mode & MODE_BITS) + ", expected 0o600: " + path);
        }
        long owner = attribute("unix:uid");
        if (owner != ownUid) {
            throw new BindException("owned by uid " + owner + ", expected " + ownUid + ": " + path);
        }
    }

    private long attribute(String name) throws IOException {
        return Identity.number(Files.getAttribute(path, name, LinkOption.NOFOLLOW_LINKS));
    }

    private record Identity(long device, long inode) {
        static Identity of(Path path) throws IOException {
            Map<String, Object> attributes = Files.readAttributes(path, "unix:dev,ino", LinkOption.NOFOLLOW_LINKS);
            return new Identity(number(attributes.get("dev")), number(attributes.get("ino")));
        }

        private static long number(@Nullable Object value) {
            return ((Number) Objects.requireNonNull(value)).longValue();
        }
    }
}
