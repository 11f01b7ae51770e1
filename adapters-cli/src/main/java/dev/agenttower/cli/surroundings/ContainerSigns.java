package dev.agenttower.cli.surroundings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Evidence that a process runs in a container. Unreadable files count as missing.
 *
 * @param dockerenv {@code /.dockerenv} exists
 * @param containerenv {@code /run/.containerenv} exists
 * @param cgroup the lines of {@code /proc/self/cgroup}
 */
public record ContainerSigns(boolean dockerenv, boolean containerenv, List<String> cgroup) {
    private static final List<String> ENGINES = List.of("docker/", "containerd/", "kubepods/", "lxc/");

    /** Copies the lines. */
    public ContainerSigns {
        cgroup = List.copyOf(cgroup);
    }

    /** Reads the evidence below a root directory, {@code /} for the process itself. */
    public static ContainerSigns read(Path root) {
        return new ContainerSigns(
                Files.exists(root.resolve(".dockerenv")),
                Files.exists(root.resolve("run/.containerenv")),
                linesOf(root.resolve("proc/self/cgroup")));
    }

    private static List<String> linesOf(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Whether there is any evidence of a container. */
    public boolean isContainer() {
        if (dockerenv || containerenv) {
            return true;
        }
        for (String line : cgroup) {
            for (String engine : ENGINES) {
                if (line.contains(engine)) {
                    return true;
                }
            }
        }
        return false;
    }
}
