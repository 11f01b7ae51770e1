package dev.agenttower.bench;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The mounts that a process sees, as the kernel lists them in {@code mountinfo}. Immutable. */
final class MountTable {
    private static final int LARGEST = 1 << 20;
    private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

    private final List<Mount> mounts;
    private final Map<Integer, List<Mount>> children = new HashMap<>();
    private final Optional<Mount> root;

    private MountTable(List<Mount> mounts) {
        this.mounts = List.copyOf(mounts);
        this.root = mounts.stream()
                .filter(mount -> mount.point.isEmpty()
                        && mounts.stream().noneMatch(other -> other.id == mount.parent && other.id != mount.id))
                .findFirst();
        mounts.forEach(mount -> children.computeIfAbsent(mount.parent, first -> new ArrayList<>())
                .add(mount));
    }

    /**
     * The mounts of a process.
     *
     * @param process the folder of the process, such as {@code /proc/42}
     * @throws IOException if they cannot be read, or take more than a MiB
     */
    static MountTable of(String process) throws IOException {
        try (var file = new FileInputStream(process + "/mountinfo")) {
            byte[] bytes = file.readNBytes(LARGEST);
            if (bytes.length == LARGEST) {
                throw new IOException("too many mounts");
            }
            return new MountTable(new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .map(MountTable::mount)
                    .toList());
        } catch (IndexOutOfBoundsException | NumberFormatException malformed) {
            throw new IOException("malformed mounts", malformed);
        }
    }

    /** A line such as {@code 36 35 98:0 /root /point rw,noatime master:1 - ext3 /dev/root rw}. */
    private static Mount mount(String line) {
        String[] fields = line.split(" ", -1);
        int dash = 6;
        while (!fields[dash].equals("-")) {
            dash++;
        }
        return new Mount(
                Integer.parseInt(fields[0]),
                Integer.parseInt(fields[1]),
                fields[2],
                withoutSlash(unescaped(fields[3])),
                withoutSlash(unescaped(fields[4])),
                fields[dash + 1]);
    }

    private static String unescaped(String field) {
        return ESCAPED.matcher(field)
                .replaceAll(
                        code -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(code.group(1), 8))));
    }

    private static String withoutSlash(String path) {
        return path.equals("/") ? "" : path;
    }

    /** The mount in which a path lies, absolute and without links; empty if that cannot be told. */
    Optional<Mount> at(String path) {
        Optional<Mount> at = root;
        for (Optional<Mount> next = at; next.isPresent(); next = below(next.get(), path)) {
            at = next;
        }
        return at;
    }

    /** The kernel leaves a mount at the first point of another one on the way. */
    private Optional<Mount> below(Mount mount, String path) {
        return children.getOrDefault(mount.id, List.of()).stream()
                .filter(child -> child.id != mount.id && isIn(child.point, path))
                .min(Comparator.comparingInt(child -> child.point.length()));
    }

    /** The path of a file here that another process sees in a mount of its own; empty if it is not seen here. */
    Optional<String> find(Mount other, String path) {
        String inside = other.root + path.substring(other.point.length());
        return mounts.stream()
                .filter(mount -> mount.device.equals(other.device) && isIn(mount.root, inside))
                .sorted(Comparator.comparingInt(mount -> mount.root.length()))
                .map(mount -> Map.entry(mount, mount.point + inside.substring(mount.root.length())))
                .filter(found ->
                        at(found.getValue()).filter(found.getKey()::equals).isPresent())
                .map(found -> found.getValue().isEmpty() ? "/" : found.getValue())
                .findFirst();
    }

    private static boolean isIn(String folder, String path) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    /**
     * A mount.
     *
     * @param device the file system
     * @param root the folder of the file system that is mounted; empty for its root
     * @param point where it is mounted; empty for the root
     * @param type such as {@code ext4}
     */
    record Mount(int id, int parent, String device, String root, String point, String type) {}
}
