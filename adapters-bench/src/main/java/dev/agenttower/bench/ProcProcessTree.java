package dev.agenttower.bench;

import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.governance.human.KnownClients;
import dev.agenttower.core.governance.human.PaneMark;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.governance.role.KernelSession;
import dev.agenttower.core.governance.role.LiveProcess;
import dev.agenttower.core.governance.role.ProcessMark;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the processes of the machine from {@code /proc}. Thread-safe. */
public final class ProcProcessTree implements ProcessTree {
    private static final int DEEPEST = 512;
    private static final int ATTEMPTS = 3;
    private static final int LARGEST_STAT = 1024;
    private static final int LARGEST_ENVIRONMENT = 4 << 20;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final String DELETED = " (deleted)";
    private static final String TMUX = "TMUX=";
    private static final String TMUX_PANE = "TMUX_PANE=";
    // Field numbers counted from the state, which follows the name in parentheses.
    private static final int PARENT = 1;
    private static final int SESSION = 3;
    private static final int TERMINAL = 4;
    private static final int START = 19;

    private static final int LARGEST_COMMAND = 64 << 10;
    private final String procRoot;
    private final KnownClients clients;

    /** Reads {@code procRoot}, which is {@code /proc} except in tests, and recognises no clients. */
    public ProcProcessTree(Path procRoot) {
        this(procRoot, KnownClients.NONE);
    }

    /** Reads {@code procRoot}, which is {@code /proc} except in tests. */
    public ProcProcessTree(Path procRoot, KnownClients clients) {
        this.procRoot = procRoot.toString();
        this.clients = clients;
    }

    @Override
    public List<LiveProcess> lineage(long pid) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<LiveProcess> lineage = climb(pid);
            if (!lineage.isEmpty() && (isBeyondDoubt(lineage) || lineage.equals(climb(pid)))) {
                return lineage;
            }
        }
        return List.of();
    }

    @Override
    public List<List<LiveProcess>> lineages() {
        Map<Long, @Nullable Stat> stats = new LinkedHashMap<>();
        for (String name : names()) {
            long pid = Long.parseLong(name);
            Stat stat = stat(pid);
            if (stat != null) {
                stats.put(pid, stat);
            }
        }
        return stats.keySet().stream().map(pid -> climb(pid, stats)).toList();
    }

    private List<String> names() {
        String[] names =
                new File(procRoot).list((folder, name) -> NUMBER.matcher(name).matches());
        return names == null ? List.of() : List.of(names);
    }

    /** The ancestors of a process among some processes, as far as present; a parent that is younger than its child is a reused number. */
    private static List<LiveProcess> climb(long pid, Map<Long, @Nullable Stat> stats) {
        List<LiveProcess> lineage = new ArrayList<>();
        Stat stat = stats.get(pid);
        long number = pid;
        while (stat != null && lineage.size() < DEEPEST) {
            Stat leader = stats.get(stat.session);
            lineage.add(stat.process(number, leader == null ? 0 : leader.start));
            number = stat.parent;
            Stat parent = stats.get(number);
            stat = parent == null || parent.start > stat.start ? null : parent;
        }
        return lineage;
    }

    @Override
    public Optional<ProcessMark> find(long pid) {
        Stat stat = stat(pid);
        return stat == null ? Optional.empty() : Optional.of(new ProcessMark(pid, stat.start));
    }

    @Override
    public boolean isRunning(ProcessMark process) {
        Stat stat = stat(process.pid());
        return stat == null
                ? Files.exists(Path.of(procRoot, String.valueOf(process.pid())))
                : stat.start == process.startTicks();
    }

    /** The start time of a process in clock ticks since the boot; empty if there is no such process or it is not readable. */
    OptionalLong startTicks(long pid) {
        Stat stat = stat(pid);
        return stat == null ? OptionalLong.empty() : OptionalLong.of(stat.start);
    }

    @Override
    public long innermostNumber(long pid) {
        try {
            return status(pid, "NSpid:")
                    .map(numbers -> Long.parseLong(numbers.get(numbers.size() - 1)))
                    .orElse(pid);
        } catch (NumberFormatException malformed) {
            return pid;
        }
    }

    @Override
    public long user(long pid) {
        try {
            // real, effective, saved, and that of file accesses
            return status(pid, "Uid:")
                    .filter(users -> Set.copyOf(users).size() == 1)
                    .map(users -> Long.parseLong(users.get(0)))
                    .orElse(Peer.UNKNOWN);
        } catch (NumberFormatException malformed) {
            return Peer.UNKNOWN;
        }
    }

    /** The words of a line of the kernel's description of a process; empty if there is none or it cannot be read. */
    private Optional<List<String>> status(long pid, String name) {
        try (Stream<String> lines =
                Files.lines(Path.of(procRoot, String.valueOf(pid), "status"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> List.of(line.substring(name.length()).strip().split("\\s+")))
                    .findFirst();
        } catch (IOException | UncheckedIOException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> clientSign(long pid) {
        Set<String> variables = strings(pid, "environ", LARGEST_ENVIRONMENT).stream()
                .map(variable -> variable.substring(0, Math.max(variable.indexOf('='), 0)))
                .collect(Collectors.toSet());
        return clients.sign(program(pid), strings(pid, "cmdline", LARGEST_COMMAND), variables);
    }

    @Override
    public String program(long pid) {
        try {
            String target = Files.readSymbolicLink(Path.of(procRoot, String.valueOf(pid), "exe"))
                    .toString();
            return target.endsWith(DELETED) ? target.substring(0, target.length() - DELETED.length()) : target;
        } catch (IOException unreadable) {
            return "";
        }
    }

    /** What the kernel shows as texts with a NUL behind each; none if it cannot be read. */
    private List<String> strings(long pid, String file, int largest) {
        try (var in = new FileInputStream(procRoot + '/' + pid + '/' + file)) {
            return List.of(new String(in.readNBytes(largest), StandardCharsets.ISO_8859_1).split("\0", 0));
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @Override
    public Optional<PaneMark> startedIn(long pid) {
        try {
            String server = null;
            String pane = null;
            for (String variable : strings(pid, "environ", LARGEST_ENVIRONMENT)) {
                if (variable.startsWith(TMUX)) {
                    server = variable;
                } else if (variable.startsWith(TMUX_PANE)) {
                    pane = variable.substring(TMUX_PANE.length());
                }
            }
            // socket, server, session; the socket's path may contain commas
            String[] parts = server == null ? new String[0] : server.split(",", -1);
            return parts.length < 3 || pane == null
                    ? Optional.empty()
                    : Optional.of(new PaneMark(Long.parseLong(parts[parts.length - 2]), pane));
        } catch (NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    /**
     * Whether each process is older than its child. Only the number of a parent that ended during the walk can have been reused, and the
     * new process is younger than the child.
     */
    private static boolean isBeyondDoubt(List<LiveProcess> lineage) {
        for (int i = 1; i < lineage.size(); i++) {
            if (lineage.get(i).mark().startTicks() >= lineage.get(i - 1).mark().startTicks()) {
                return false;
            }
        }
        return true;
    }

    /** The ancestors of a process. The walk may be wrong when processes end during it; if in doubt, only two equal results are accepted. */
    private List<LiveProcess> climb(long pid) {
        Map<Long, @Nullable Stat> stats = new HashMap<>();
        List<LiveProcess> lineage = new ArrayList<>();
        long next = pid;
        while (next > 0 && lineage.size() < DEEPEST) {
            Stat stat = stats.computeIfAbsent(next, this::stat);
            if (stat == null) {
                return List.of();
            }
            // usually an ancestor, which is read only once
            Stat leader = stat.session == 0 ? null : stats.computeIfAbsent(stat.session, this::stat);
            lineage.add(stat.process(next, leader == null ? 0 : leader.start));
            next = stat.parent;
        }
        return next > 0 ? List.of() : lineage;
    }

    private @Nullable Stat stat(long pid) {
        try (var file = new FileInputStream(procRoot + '/' + pid + "/stat")) {
            byte[] bytes = new byte[LARGEST_STAT];
            // The kernel returns the whole line in one read.
            int length = file.read(bytes);
            String line = new String(bytes, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
            int end = line.lastIndexOf(')');
            String[] fields = line.substring(Math.min(line.length(), end + 2)).split(" ", START + 2);
            if (end < 0 || fields.length <= START) {
                return null;
            }
            return new Stat(
                    Long.parseLong(fields[PARENT]),
                    Long.parseLong(fields[SESSION]),
                    Long.parseLong(fields[TERMINAL]),
                    Long.parseLong(fields[START].strip()));
        } catch (IOException | NumberFormatException unreadable) {
            return null;
        }
    }

    private record Stat(long parent, long session, long terminal, long start) {
        LiveProcess process(long pid, long leaderStart) {
            return new LiveProcess(new ProcessMark(pid, start), new KernelSession(session, leaderStart), terminal);
        }
    }
}
