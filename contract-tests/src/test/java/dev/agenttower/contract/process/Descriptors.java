package dev.agenttower.contract.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process has open; sockets are told by their inode. */
public final class Descriptors {
    private static final String SOCKET = "socket:[";
    private static final int INTERNET_INODE = 9;
    private static final int UNIX_INODE = 6;

    private Descriptors() {}

    /** Where its descriptors lead; an empty text for one that was closed meanwhile. */
    public static List<String> targets(long pid) throws IOException {
        try (Stream<Path> descriptors = Files.list(process(pid).resolve("fd"))) {
            return descriptors.map(Descriptors::target).toList();
        }
    }

    /** Its sockets. */
    public static Set<String> sockets(long pid) throws IOException {
        return targets(pid).stream()
                .filter(target -> target.startsWith(SOCKET))
                .map(target -> target.substring(SOCKET.length(), target.length() - 1))
                .collect(Collectors.toSet());
    }

    /** Its sockets of TCP and UDP. */
    public static Set<String> internetSockets(long pid) throws IOException {
        Set<String> found = new HashSet<>();
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            found.addAll(listed(process(pid).resolve("net").resolve(table), INTERNET_INODE));
        }
        found.retainAll(sockets(pid));
        return found;
    }

    /** Its sockets that are not of the Unix family, also where no table of their family knows them because they are not connected. */
    public static Set<String> socketsBesideUnix(long pid) throws IOException {
        Path table = process(pid).resolve("net/unix");
        Set<String> before = listed(table, UNIX_INODE);
        Set<String> found = new HashSet<>(sockets(pid));
        found.removeAll(before);
        found.removeAll(listed(table, UNIX_INODE));
        return found;
    }

    private static Path process(long pid) {
        return Path.of("/proc", String.valueOf(pid));
    }

    private static Set<String> listed(Path table, int column) throws IOException {
        Set<String> inodes = new HashSet<>();
        if (Files.exists(table)) {
            Files.readAllLines(table).stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+", -1)[column])
                    .forEach(inodes::add);
        }
        return inodes;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
