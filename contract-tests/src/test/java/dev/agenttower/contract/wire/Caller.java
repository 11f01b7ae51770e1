package dev.agenttower.contract.wire;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that sends one line to a socket and prints the answer, as another user or from below another root folder. Needs to be started
 * by root.
 */
final class Caller {
    private Caller() {}

    /** The system calls that make a process another. */
    public interface C extends Library {
        int setuid(int uid);

        int chroot(String path);
    }

    /** Takes the socket, the line, a user id or {@code -1}, and a root folder or {@code /}. */
    public static void main(String[] args) throws IOException {
        C c = Native.load("c", C.class);
        // All that is loaded late must be loaded before the root folder changes.
        SocketChannel.open(StandardProtocolFamily.UNIX).close();
        int uid = Integer.parseInt(args[2]);
        if (uid >= 0) {
            require(c.setuid(uid));
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(Path.of(args[0])));
            if (!args[3].equals("/")) {
                require(c.chroot(args[3]));
            }
            send(channel, args[1]);
            ByteBuffer answer = ByteBuffer.allocate(65_536);
            while (!endsWithLine(answer) && channel.read(answer) >= 0) {
                // Until the line is whole.
            }
            System.out.write(answer.array(), 0, answer.position());
            System.out.flush();
        }
    }

    private static boolean endsWithLine(ByteBuffer answer) {
        return answer.position() > 0 && answer.get(answer.position() - 1) == '\n';
    }

    private static void send(SocketChannel channel, String line) {
        try {
            channel.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException refused) {
            // A daemon that refuses a caller does not wait for its request. What it says is there to be read all the
            // same.
        }
    }

    private static void require(int result) {
        if (result != 0) {
            throw new IllegalStateException("a system call failed: " + Native.getLastError());
        }
    }

    /** The command line that runs this program. */
    static List<String> command(Path socket, String line, int uid, Path root) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Caller.class.getName(),
                socket.toString(),
                line,
                String.valueOf(uid),
                root.toString());
    }
}
