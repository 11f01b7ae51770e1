package dev.agenttower.panel.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the processes at the other end of connections to this process over 127.0.0.1, as Linux shows them in {@code /proc}. Thread-safe.
 *
 * <p>The first search for a connection reads the descriptors of all processes, which takes tens of milliseconds; a later one reads those of
 * the found processes, and all again if one of them no longer has it.
 */
public final class Connections {
    private static final String LOOPBACK = "0100007F";
    private static final String MAPPED_LOOPBACK = "0000000000000000FFFF00000100007F";
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int USER = 7;
    private static final int INODE = 9;
    private static final int KNOWN = 1024;

    private final Path proc;
    private final Map<String, Set<Long>> holders = new ConcurrentHashMap<>();

    /** Reads {@code proc}, which is {@code /proc} except in tests. */
    public Connections(Path proc) {
        this.proc = proc;
    }

    /**
     * The other end of a connection.
     *
     * @param user the user whose socket it is
     * @param processes the processes that hold it; none where they cannot be read
     */
    public record End(long user, Set<Long> processes) {
        /** Copies the processes. */
        public End {
            processes = Set.copyOf(processes);
        }
    }

    /** The other end of a connection between two ports of 127.0.0.1; empty if it has ended or the system does not show it. */
    public Optional<End> otherEnd(int theirPort, int ownPort) {
        for (String table : List.of("tcp", "tcp6")) {
            Optional<End> end = otherEnd(proc.resolve("net").resolve(table), theirPort, ownPort);
            if (end.isPresent()) {
                return end;
            }
        }
        return Optional.empty();
    }

    private Optional<End> otherEnd(Path table, int theirPort, int ownPort) {
        try (Stream<String> lines = Files.lines(table, StandardCharsets.US_ASCII)) {
            return lines.map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > INODE
                            && isAddress(fields[LOCAL], theirPort)
                            && isAddress(fields[REMOTE], ownPort)
                            && !fields[INODE].equals("0"))
                    .findFirst()
                    .map(fields -> new End(Long.parseLong(fields[USER]), holdersOf(fields[INODE])));
        } catch (IOException | UncheckedIOException | NumberFormatException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isAddress(String field, int port) {
        String hex = String.format(Locale.ROOT, ":%04X", port);
        return field.equals(LOOPBACK + hex) || field.equals(MAPPED_LOOPBACK + hex);
    }

    private Set<Long> holdersOf(String inode) {
        Set<Long> known = holders.getOrDefault(inode, Set.of());
        if (!known.isEmpty() && known.stream().allMatch(pid -> holds(proc.resolve(Long.toString(pid)), inode))) {
            return known;
        }
        Set<Long> found = new TreeSet<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(
                proc, path -> NUMBER.matcher(path.getFileName().toString()).matches())) {
            for (Path process : processes) {
                if (holds(process, inode)) {
                    found.add(Long.parseLong(process.getFileName().toString()));
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return Set.of();
        }
        if (holders.size() >= KNOWN) {
            holders.clear();
        }
        holders.put(inode, Set.copyOf(found));
        return found;
    }

    private static boolean holds(Path process, String inode) {
        String wanted = "socket:[" + inode + "]";
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (isLinkTo(descriptor, wanted)) {
                    return true;
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // ended, or another user's
            return false;
        }
        return false;
    }

    private static boolean isLinkTo(Path descriptor, String wanted) {
        try {
            return Files.readSymbolicLink(descriptor).toString().equals(wanted);
        } catch (IOException closed) {
            return false;
        }
    }
}
