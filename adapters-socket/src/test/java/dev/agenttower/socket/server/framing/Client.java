package dev.agenttower.socket.server.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A plain client that sends what it is told and reads what comes. */
public final class Client implements AutoCloseable {
    private final SocketChannel channel;
    private final ByteBuffer room = ByteBuffer.allocateDirect(1 << 16).limit(0);

    private Client(SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects. */
    public static Client connect(Path socket) throws IOException {
        return new Client(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    /** One request on a connection of its own: sends {@code line} with an LF and reads to the end. */
    public static String ask(Path socket, String line) throws IOException {
        try (Client client = connect(socket)) {
            return client.send(line + "\n").readAll();
        }
    }

    /** Sends text as it is. */
    public Client send(String text) throws IOException {
        return send(text.getBytes(UTF_8));
    }

    /** Sends bytes. */
    public Client send(byte[] bytes) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            channel.write(rest);
        }
        return this;
    }

    /** Sends no more. */
    public Client endOutput() throws IOException {
        channel.shutdownOutput();
        return this;
    }

    /** Reads up to the next LF, which is left out; what there is at the end of the stream. */
    public String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            while (room.hasRemaining()) {
                byte next = room.get();
                if (next == '\n') {
                    return line.toString(UTF_8);
                }
                line.write(next);
            }
            room.clear();
            int count = channel.read(room);
            room.flip();
            if (count < 0) {
                room.limit(0);
                return line.toString(UTF_8);
            }
        }
    }

    /** Reads to the end of the stream. */
    public String readAll() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            byte[] piece = new byte[room.remaining()];
            room.get(piece);
            all.writeBytes(piece);
            room.clear();
            int count = channel.read(room);
            room.flip();
            if (count < 0) {
                room.limit(0);
                return all.toString(UTF_8);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
