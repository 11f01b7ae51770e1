package dev.agenttower.bench;

import dev.agenttower.core.caller.HostGate;
import dev.agenttower.core.caller.Peer;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells host processes from container processes by what {@code /proc} shows of them: a container's root folder holds a marker file, or its
 * control group has a telling name. A process whose root folder may not be looked into, which is any process of another user unless
 * the daemon is root, is not on the host.
 *
 * <p>A machine may bear these signs itself: one that was made from a container image, or a container that the daemon was installed in. The
 * host is where the daemon is, so there the processes on the host are those that share its mounts, its process numbers and its root.
 *
 * <p>Works on {@link File}, because {@code java.nio.file} builds an exception for each file that is absent, and absent is the usual case here.
 * {@link File#exists} is false as well where a check is impossible, so the folder is proven to be searchable first.
 *
 * <p>Thread-safe.
 */
public final class ProcHostGate implements HostGate {
    private static final List<String> CONTAINER_GROUPS = List.of("docker/", "containerd/", "kubepods/", "lxc/");
    private static final int LARGEST_GROUP_FILE = 64 * 1024;

    private final String procRoot;
    private final @Nullable Place own;

    /** Looks below {@code procRoot}, which is {@code /proc} but in tests; {@code self} in it is the daemon. */
    public ProcHostGate(Path procRoot) {
        this.procRoot = procRoot.toString();
        this.own = isFreeOfSigns(this.procRoot + "/self") ? null : Place.of(this.procRoot + "/self");
    }

    @Override
    public boolean isOnHost(Peer peer) {
        if (peer.pid() <= 0 || peer.uid() < 0) {
            return false;
        }
        String process = procRoot + '/' + peer.pid();
        return own == null ? isFreeOfSigns(process) : own.equals(Place.of(process));
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
        try (var file = new FileInputStream(path)) {
            byte[] bytes = file.readNBytes(LARGEST_GROUP_FILE);
            String groups = new String(bytes, StandardCharsets.ISO_8859_1);
            return bytes.length < LARGEST_GROUP_FILE
                    && CONTAINER_GROUPS.stream().noneMatch(groups::contains);
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Where a process is.
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
