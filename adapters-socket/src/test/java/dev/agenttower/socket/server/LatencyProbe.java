package dev.agenttower.socket.server;

import dev.agenttower.core.Tower;
import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures a server with a tower in memory: one connection for each request. Run with the method, the number of requests, and how many
 * silent connections there are besides: {@code LatencyProbe app.preflight 20000 0}.
 */
final class LatencyProbe {
    private LatencyProbe() {}

    public static void main(String[] args) throws Exception {
        String method = args.length > 0 ? args[0] : "app.preflight";
        int requests = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
        int silent = args.length > 2 ? Integer.parseInt(args[2]) : 0;
        Path dir = Files.createTempDirectory("probe");
        Path socket = dir.resolve("p.sock");
        Tower tower = Tower.newBuilder().build();
        try (TowerServer server = new TowerServerBuilder(
                        tower,
                        new ThreeFiles(),
                        TowerFixture.identity(dir, socket),
                        TowerFixture::status,
                        TowerFixture.ownUid(dir))
                .build()) {
            server.bind();
            server.start();
            List<SocketChannel> others = new ArrayList<>();
            for (int i = 0; i < silent; i++) {
                others.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
            }
            for (int round = 0; round < 5; round++) {
                System.out.println(measure(socket, method, requests));
            }
            for (SocketChannel each : others) {
                each.close();
            }
        } finally {
            tower.close();
            Files.delete(dir);
        }
    }

    private static String measure(Path socket, String method, int requests) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
        byte[] line = ("{\"method\": \"" + method + "\"}\n").getBytes(StandardCharsets.UTF_8);
        ByteBuffer room = ByteBuffer.allocateDirect(1 << 16);
        long[] took = new long[requests];
        for (int i = 0; i < requests; i++) {
            long start = System.nanoTime();
            try (SocketChannel channel = SocketChannel.open(address)) {
                channel.write(room.clear().put(line).flip());
                room.clear();
                while (channel.read(room) >= 0) {
                    // To the end of the stream, as a client does that wants the whole answer.
                }
            }
            took[i] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        return String.format(
                "%s p50 %.3f ms, p90 %.3f ms, p99 %.3f ms, max %.3f ms",
                method,
                took[requests / 2] / 1e6,
                took[requests * 9 / 10] / 1e6,
                took[requests * 99 / 100] / 1e6,
                took[requests - 1] / 1e6);
    }

    /** Looks at the same three files of a peer as the daemon does. */
    private static final class ThreeFiles implements HostGate {
        @Override
        public boolean isOnHost(Peer peer) {
            Path process = Path.of("/proc", Long.toString(peer.pid()));
            try {
                return !Files.exists(process.resolve("root/.dockerenv"))
                        && !Files.exists(process.resolve("root/run/.containerenv"))
                        && Files.readString(process.resolve("cgroup"))
                                .lines()
                                .noneMatch(each -> each.contains("docker/"));
            } catch (IOException e) {
                return false;
            }
        }
    }
}
