package dev.agenttower.bench.tmux;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The folder in which the tmux servers of a user on this host have their sockets.
 *
 * <p>Thread-safe; nothing is remembered between calls.
 */
public final class TmuxSockets {
    private final Path folder;

    /** The sockets in {@code folder}, which need not exist. */
    public TmuxSockets(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /**
     * The sockets, by name. What is no socket is left out, and so are symbolic links, as in containers.
     *
     * @throws NoSuchFileException if there is no such folder
     * @throws AccessDeniedException if it may not be read
     */
    List<Path> list() throws IOException {
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
        Collections.sort(sockets);
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
