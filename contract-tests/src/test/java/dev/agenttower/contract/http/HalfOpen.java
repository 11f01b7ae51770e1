package dev.agenttower.contract.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A connection of a client that does not say all that it has to say at once, or at all. */
final class HalfOpen implements AutoCloseable {
    private final SocketChannel channel;

    private HalfOpen(SocketChannel channel) {
        this.channel = channel;
    }

    static HalfOpen to(Path socket) {
        try {
            SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new HalfOpen(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    HalfOpen send(String text) {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    HalfOpen send(byte[] bytes) {
        try {
            for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that nothing more will come. */
    HalfOpen endOutput() {
        try {
            channel.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that comes until the daemon closes the connection. */
    String readAll() {
        try {
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beginning of what comes, as much as there is of it up to so many bytes. */
    String readSome(int most) {
        try {
            return new String(Channels.newInputStream(channel).readNBytes(most), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
