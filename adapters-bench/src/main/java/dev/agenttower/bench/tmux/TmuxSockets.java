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
 * The sockets of the tmux servers of a user on this host: those in the usual folder, and those elsewhere that were named.
 *
 * <p>Thread-safe.
 */
public final class TmuxSockets {
    private static final int MOST_ELSEWHERE = 32;

    private final Path folder;
    private final Object uid;
    private final Set<Path> elsewhere = ConcurrentHashMap.newKeySet();

    /** The sockets in {@code folder}, which need not exist, and those of the user {@code uid} elsewhere. */
    public TmuxSockets(Path folder, Object uid) {
        this.folder = folder;
        this.uid = uid;
    }

    /** Adds a socket that lies elsewhere, if this user owns it, for as long as it is there; at most {@value #MOST_ELSEWHERE} at a time. */
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
     * The sockets, by name. What is no socket is left out, and so are symbolic links, as in containers.
     *
     * @throws NoSuchFileException if there is no such folder, and no socket elsewhere
     * @throws AccessDeniedException if it may not be read, and there is no socket elsewhere
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

    /** Whether a server listens on any of the sockets; it is knocked at and left alone at once. */
    public boolean isAnyServerRunning() {
        try {
            return list().stream().anyMatch(TmuxSockets::answers);
        } catch (IOException missingOrUnreadable) {
            return false;
        }
    }

    static boolean answers(Path socket) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // a server that hangs has a backlog that may be full; do not wait for it
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
