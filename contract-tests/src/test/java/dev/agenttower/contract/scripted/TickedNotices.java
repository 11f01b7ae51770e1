package dev.agenttower.contract.scripted;

import dev.agenttower.core.event.LogNotices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** A datagram on a Unix socket lets a cycle begin; the socket exists only during a wait. */
final class TickedNotices implements LogNotices {
    private final Path path;
    private volatile boolean isClosed;
    private volatile @Nullable AFUNIXDatagramSocket waiting;

    TickedNotices(Path path) {
        this.path = path;
    }

    @Override
    public void follow(Collection<String> paths) {
        // A datagram is meant for all logs.
    }

    @Override
    public Awakening await(Duration atMost) {
        try (AFUNIXDatagramSocket socket = AFUNIXDatagramSocket.newInstance()) {
            Files.deleteIfExists(path);
            socket.bind(AFUNIXSocketAddress.of(path));
            waiting = socket;
            socket.setSoTimeout((int) Math.max(1, atMost.toMillis()));
            if (!isClosed) {
                socket.receive(new DatagramPacket(new byte[1], 1));
                return Awakening.GENERAL;
            }
        } catch (IOException e) {
            return Awakening.NONE;
        } finally {
            remove();
        }
        return Awakening.NONE;
    }

    private void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        isClosed = true;
        AFUNIXDatagramSocket socket = waiting;
        if (socket != null) {
            socket.close();
        }
    }
}
