package dev.agenttower.bench;

import dev.agenttower.core.caller.ContainerFiles;
import dev.agenttower.core.caller.Peer;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a process by what the kernel tells of its mounts and by its root folder, so without the container engine: it is exact for any
 * engine, for containers in containers, and for what was mounted later.
 */
public final class ProcContainerFiles implements ContainerFiles {
    private static final int MAX_LINKS = 40;
    private static final int LARGEST_ENVIRONMENT = 4 << 20;
    private static final String HOME = "HOME=";
    /** The folder of a volume of Docker and Podman, in their own storage. */
    private static final Pattern VOLUME = Pattern.compile(".*/volumes/[^/]+/_data(?:/.*)?", Pattern.DOTALL);

    private final String root;
    private final String workingDirectory;
    private final String home;
    private final MountTable mounts;
    private final MountTable hostMounts;
    private final Map<String, Optional<String>> links = new HashMap<>();

    private ProcContainerFiles(String process, MountTable hostMounts) throws IOException {
        this.root = process + "/root";
        this.workingDirectory = Files.readSymbolicLink(Path.of(process, "cwd")).toString();
        this.home = home(process);
        this.mounts = MountTable.of(process);
        this.hostMounts = hostMounts;
    }

    /**
     * The view of a process; empty if it cannot be looked at.
     *
     * @param procRoot {@code /proc} except in tests; its {@code self} is the daemon
     */
    public static Optional<ContainerFiles> of(Path procRoot, Peer peer) {
        if (peer.pid() <= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcContainerFiles(procRoot + "/" + peer.pid(), MountTable.of(procRoot + "/self")));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static String home(String process) throws IOException {
        try (var file = new FileInputStream(process + "/environ")) {
            return Stream.of(new String(file.readNBytes(LARGEST_ENVIRONMENT), StandardCharsets.UTF_8).split("\0", 0))
                    .filter(variable -> variable.startsWith(HOME))
                    .map(variable -> variable.substring(HOME.length()))
                    .filter(path -> path.startsWith("/"))
                    .findFirst()
                    .orElse("");
        }
    }

    @Override
    public String workingDirectory() {
        return workingDirectory;
    }

    @Override
    public String home() {
        return home;
    }

    @Override
    public List<HostFile> locate(String path) {
        Optional<String> target = followed(path, true);
        Optional<String> named = followed(path, false);
        if (target.isEmpty() || named.isEmpty()) {
            return List.of();
        }
        List<HostFile> files = new ArrayList<>();
        for (String each : List.of(named.get(), target.get())) {
            Optional<MountTable.Mount> mount = mounts.at(each);
            if (mount.isEmpty()) {
                return List.of();
            }
            String host = hostMounts.find(mount.get(), each).orElse("");
            boolean isOwn = host.isEmpty()
                    || mount.get().point().isEmpty()
                    || VOLUME.matcher(mount.get().root()).matches();
            HostFile file = new HostFile(host, isOwn);
            if (!files.contains(file)) {
                files.add(file);
            }
        }
        return files;
    }

    /**
     * A path without links, as the process follows them; empty if that cannot be told.
     *
     * @param withLast whether the last name is followed as well
     */
    private Optional<String> followed(String path, boolean withLast) {
        Deque<String> names = new ArrayDeque<>(Arrays.asList(path.split("/", -1)));
        String at = "";
        int followed = 0;
        while (!names.isEmpty()) {
            String name = names.pop();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
                continue;
            }
            String next = at + "/" + name;
            // The links of a process lead to files without a name here.
            if (mounts.at(next).filter(mount -> !mount.type().equals("proc")).isEmpty()) {
                return Optional.empty();
            }
            Optional<String> target;
            try {
                target = !withLast && names.isEmpty() ? Optional.empty() : link(next);
            } catch (IOException | InvalidPathException closed) {
                return Optional.empty();
            }
            if (target.isEmpty()) {
                at = next;
                continue;
            }
            if (++followed > MAX_LINKS) {
                return Optional.empty();
            }
            List<String> more = Arrays.asList(target.get().split("/", -1));
            Collections.reverse(more);
            more.forEach(names::push);
            at = target.get().startsWith("/") ? "" : at;
        }
        return Optional.of(at);
    }

    /** The target of a link; empty for what is none, or does not exist. */
    private Optional<String> link(String path) throws IOException {
        Optional<String> known = links.get(path);
        if (known == null) {
            known = readLink(path);
            links.put(path, known);
        }
        return known;
    }

    private Optional<String> readLink(String path) throws IOException {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of(root + path)).toString());
        } catch (NotLinkException | NoSuchFileException none) {
            return Optional.empty();
        }
    }
}
