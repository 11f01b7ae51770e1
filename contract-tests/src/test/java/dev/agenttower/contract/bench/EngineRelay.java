package dev.agenttower.contract.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A Unix socket that leads to the real engine until it is cut, so that an engine can be lost without stopping the one of the machine. */
final class EngineRelay implements AutoCloseable {
    private static final Path ENGINE = Path.of("/var/run/docker.sock");

    private final Path socket;
    private final Set<SocketChannel> channels = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocketChannel server;

    EngineRelay(Path socket) {
        this.socket = socket;
    }

    Map<String, String> environment() {
        return Map.of("DOCKER_HOST", "unix://" + socket);
    }

    void lead() {
        try {
            ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listening.bind(UnixDomainSocketAddress.of(socket));
            server = listening;
            start("relay", () -> accept(listening));
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    boolean isLeading() {
        return server != null && server.isOpen();
    }

    void cut() {
        try {
            ServerSocketChannel listening = server;
            if (listening != null) {
                listening.close();
                Files.deleteIfExists(socket);
            }
            for (SocketChannel channel : channels) {
                channel.close();
            }
            channels.clear();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void accept(ServerSocketChannel listening) {
        try {
            while (true) {
                SocketChannel client = listening.accept();
                SocketChannel engine = SocketChannel.open(UnixDomainSocketAddress.of(ENGINE));
                channels.add(client);
                channels.add(engine);
                start("relay-up", () -> pass(client, engine));
                start("relay-down", () -> pass(engine, client));
            }
        } catch (IOException cut) {
            // the relay was cut
        }
    }

    private static void pass(SocketChannel from, SocketChannel to) {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException cut) {
            try {
                from.close();
                to.close();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        cut();
    }
}
