package dev.agenttower.bench.tmux;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sockets of a user's tmux servers on this host: those in the default folder, and others that were added by path.
 *
 * <p>Thread-safe.
 */
public final class TmuxSockets {
    private static final int MOST_ELSEWHERE = 32;

    private final Path folder;
    private final Object uid;
    private final Set<Path> elsewhere = ConcurrentHashMap.newKeySet();

    /** The sockets in {@code folder}, which need not exist, and added sockets of the user {@code uid}. */
    public TmuxSockets(Path folder, Object uid) {
        this.folder = folder;
        this.uid = uid;
    }

    /** Adds a socket outside of the folder, if this user owns it, for as long as it exists; at most {@value #MOST_ELSEWHERE} at a time. */
    public void include(String path) {
        Path socket;
        try {
            socket = Path.of(path);
        } catch (InvalidPathException noPath) {
            return;
        }
        if (socket.isAbsolute() && !folder.equals(socket.getParent()) && isOwnSocket(socket)) {
            if (elsewhere.size() >= MOST_ELSEWHERE) {
                elsewhere.removeIf(known -> !answers(known));
            }
            if (elsewhere.size() < MOST_ELSEWHERE) {
                elsewhere.add(socket);
            }
        }
    }

    private boolean isOwnSocket(Path file) {
        try {
            Map<String, Object> attributes = Files.readAttributes(file, "unix:uid,isOther", LinkOption.NOFOLLOW_LINKS);
            return uid.equals(attributes.get("uid")) && Boolean.TRUE.equals(attributes.get("isOther"));
        } catch (IOException gone) {
            return false;
        }
    }

    Path folder() {
        return folder;
    }

    /**
     * The sockets, by name. Other files and symbolic links are left out, as in containers.
     *
     * @throws NoSuchFileException if the folder does not exist and no socket was added
     * @throws AccessDeniedException if the folder is not readable and no socket was added
     */
    List<Path> list() throws IOException {
        elsewhere.removeIf(socket -> !isSocket(socket));
        List<Path> sockets = new ArrayList<>(elsewhere);
        try {
            sockets.addAll(inFolder());
        } catch (IOException missingOrUnreadable) {
            if (sockets.isEmpty()) {
                throw missingOrUnreadable;
            }
        }
        Collections.sort(sockets);
        return sockets;
    }

    private List<Path> inFolder() throws IOException {
        List<Path> sockets = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (isSocket(entry)) {
                    sockets.add(entry);
                }
            }
        } catch (DirectoryIteratorException broken) {
            throw broken.getCause();
        } catch (NotDirectoryException file) {
            throw new NoSuchFileException(folder.toString());
        }
        return sockets;
    }

    /** Whether a server listens on any of the sockets; connects and disconnects at once. */
    public boolean isAnyServerRunning() {
        try {
            return list().stream().anyMatch(TmuxSockets::answers);
        } catch (IOException missingOrUnreadable) {
            return false;
        }
    }

    static boolean answers(Path socket) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // the backlog of a hanging server may be full; do not wait for it
            channel.configureBlocking(false);
            return channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean isSocket(Path entry) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isOther();
        } catch (IOException gone) {
            return false;
        }
    }
}
