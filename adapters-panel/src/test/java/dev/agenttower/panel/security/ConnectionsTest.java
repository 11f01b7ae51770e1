package dev.agenttower.panel.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agenttower.panel.security.Connections.End;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectionsTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private static final int THEIRS = 0x9C40;
    private static final int OWN = 0x1FBB;

    @TempDir
    Path proc;

    private void table(String name, String... lines) throws IOException {
        Files.createDirectories(proc.resolve("net"));
        Files.writeString(proc.resolve("net").resolve(name), HEAD + String.join("\n", lines) + "\n");
    }

    private static String line(String local, String remote, int user, String inode) {
        return "   0: " + local + " " + remote + " 01 00000000:00000000 00:00000000 00000000  " + user + "        0 "
                + inode + " 1 0000000000000000 20 4 30 10 -1";
    }

    private void holds(long pid, String inode) throws IOException {
        Path fd = Files.createDirectories(proc.resolve(Long.toString(pid)).resolve("fd"));
        Files.createSymbolicLink(fd.resolve("7"), Path.of("socket:[" + inode + "]"));
    }

    @Test
    void the_other_end_is_the_socket_whose_addresses_are_reversed_with_all_its_holders() throws IOException {
        table(
                "tcp",
                line("0100007F:1FBB", "0100007F:9C40", 0, "11"),
                line("0100007F:9C40", "0100007F:1FBC", 0, "12"),
                line("0200007F:9C40", "0100007F:1FBB", 0, "13"),
                line("0100007F:9C40", "0100007F:1FBB", 1000, "14"));
        holds(40, "11");
        holds(41, "14");
        holds(42, "14");
        holds(43, "144");

        Connections connections = new Connections(proc);

        assertThat(connections.otherEnd(THEIRS, OWN)).contains(new End(1000, Set.of(41L, 42L)));
        assertThat(connections.otherEnd(THEIRS + 1, OWN)).isEmpty();
    }

    @Test
    void a_socket_of_the_newer_protocol_is_found_as_well() throws IOException {
        table("tcp");
        table(
                "tcp6",
                line("0000000000000000FFFF00000100007F:9C40", "0000000000000000FFFF00000100007F:1FBB", 1000, "14"));
        holds(41, "14");

        assertThat(new Connections(proc).otherEnd(THEIRS, OWN)).contains(new End(1000, Set.of(41L)));
    }

    @Test
    void a_known_holder_that_gave_the_socket_away_is_searched_anew() throws IOException {
        table("tcp", line("0100007F:9C40", "0100007F:1FBB", 1000, "14"));
        holds(41, "14");
        Connections connections = new Connections(proc);
        assertThat(connections.otherEnd(THEIRS, OWN)).contains(new End(1000, Set.of(41L)));

        Files.delete(proc.resolve("41/fd/7"));
        holds(50, "14");

        assertThat(connections.otherEnd(THEIRS, OWN)).contains(new End(1000, Set.of(50L)));
    }

    @Test
    void a_holder_that_cannot_be_read_is_none_and_a_closed_socket_has_no_end() throws IOException {
        table(
                "tcp",
                line("0100007F:9C40", "0100007F:1FBB", 1000, "14"),
                line("0100007F:9C41", "0100007F:1FBB", 0, "0"));

        assertThat(new Connections(proc).otherEnd(THEIRS, OWN)).contains(new End(1000, Set.of()));
        assertThat(new Connections(proc).otherEnd(THEIRS + 1, OWN)).isEmpty();
    }

    @Test
    void the_kernel_names_this_process_as_the_other_end_of_its_own_connection() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            assertThat(new Connections(Path.of("/proc")).otherEnd(client.getLocalPort(), accepted.getLocalPort()))
                    .hasValueSatisfying(end -> assertThat(end.processes())
                            .contains(ProcessHandle.current().pid()));
        }
    }
}
