package dev.agenttower.bench;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.container.ContainerId;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes host processes from container processes by {@code /proc}: a container's root folder holds a marker file, or the name of its
 * control group identifies a container. A process with an unreadable root folder, which is any process of another user unless the daemon is
 * root, counts as not on the host.
 *
 * <p>The daemon's machine may have these marks itself: a machine made from a container image, or a container that runs the daemon. There, a
 * process is on the host if it has the daemon's mount namespace, PID namespace and root folder.
 *
 * <p>Uses {@link File}, because {@code java.nio.file} creates an exception for each missing file, and missing is the usual case here.
 * {@link File#exists} is also false where the check is impossible, so the folder is first checked to be searchable.
 *
 * <p>Thread-safe.
 */
public final class ProcHostGate implements HostGate {
    private static final List<String> CONTAINER_GROUPS = List.of("docker/", "containerd/", "kubepods/", "lxc/");
    private static final Pattern CONTAINER_IN_GROUP = Pattern.compile("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])");
    private static final int LARGEST_GROUP_FILE = 64 * 1024;

    private final String procRoot;
    private final @Nullable Place own;
    private final List<String> ownContainers;

    /** Reads {@code procRoot}, which is {@code /proc} except in tests; its {@code self} is the daemon. */
    public ProcHostGate(Path procRoot) {
        this.procRoot = procRoot.toString();
        this.own = isFreeOfSigns(this.procRoot + "/self") ? null : Place.of(this.procRoot + "/self");
        this.ownContainers = ids("self");
    }

    @Override
    public boolean isOnHost(Peer peer) {
        if (peer.pid() <= 0 || peer.uid() < 0) {
            return false;
        }
        String process = procRoot + '/' + peer.pid();
        return own == null ? isFreeOfSigns(process) : own.equals(Place.of(process));
    }

    /**
     * By the first id in the names of its control groups that the daemon's own do not have: what follows it, such as a container in a container,
     * may be of the container's own making.
     */
    @Override
    public Optional<ContainerId> containerOf(Peer peer) {
        if (peer.pid() <= 0 || isOnHost(peer)) {
            return Optional.empty();
        }
        return ids(String.valueOf(peer.pid())).stream()
                .filter(id -> !ownContainers.contains(id))
                .findFirst()
                .map(ContainerId::new);
    }

    private List<String> ids(String process) {
        return CONTAINER_IN_GROUP
                .matcher(groups(procRoot + '/' + process + "/cgroup").orElse(""))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static boolean isFreeOfSigns(String process) {
        return isRootFreeOfMarkers(process + "/root") && isOutsideContainerGroups(process + "/cgroup");
    }

    private static boolean isRootFreeOfMarkers(String root) {
        if (!new File(root).canExecute() || new File(root + "/.dockerenv").exists()) {
            return false;
        }
        File run = new File(root + "/run");
        return !run.exists() || (run.canExecute() && !new File(root + "/run/.containerenv").exists());
    }

    private static boolean isOutsideContainerGroups(String path) {
        return groups(path)
                .filter(groups -> CONTAINER_GROUPS.stream().noneMatch(groups::contains))
                .isPresent();
    }

    private static Optional<String> groups(String path) {
        try (var file = new FileInputStream(path)) {
            byte[] bytes = file.readNBytes(LARGEST_GROUP_FILE);
            return bytes.length < LARGEST_GROUP_FILE
                    ? Optional.of(new String(bytes, StandardCharsets.ISO_8859_1))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * The location of a process.
     *
     * @param root device and inode of its root folder
     */
    private record Place(String mounts, String processNumbers, Object root) {
        static @Nullable Place of(String process) {
            try {
                Map<String, Object> root = Files.readAttributes(Path.of(process, "root"), "unix:dev,ino");
                return new Place(
                        Files.readSymbolicLink(Path.of(process, "ns", "mnt")).toString(),
                        Files.readSymbolicLink(Path.of(process, "ns", "pid")).toString(),
                        List.of(root.get("dev"), root.get("ino")));
            } catch (IOException unreadable) {
                return null;
            }
        }
    }
}
