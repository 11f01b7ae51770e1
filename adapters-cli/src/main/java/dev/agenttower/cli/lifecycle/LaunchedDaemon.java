package dev.agenttower.cli.lifecycle;

import dev.agenttower.cli.surroundings.ProcessEnvironment;
import dev.agenttower.core.settings.TowerPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds a daemon that does not hold its lock yet, by the command line of the launcher or of the JVM that replaced it. */
final class LaunchedDaemon {
    private LaunchedDaemon() {}

    /** Whether a process of this user runs as the daemon of a state directory. */
    static boolean isThere(Path stateDir) {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes.anyMatch(process -> isOf(stateDir, process.pid()));
        }
    }

    private static boolean isOf(Path stateDir, long pid) {
        try {
            List<String> command = words(Path.of("/proc", Long.toString(pid), "cmdline"));
            if (command.size() < 2
                    || !command.get(command.size() - 1).equals("run")
                    || !isDaemon(command.get(command.size() - 2))) {
                return false;
            }
            return Files.isSameFile(TowerPaths.of(ProcessEnvironment.of(pid)).stateDir(), stateDir);
        } catch (IOException | IllegalArgumentException e) {
            return false; // ended, another user's, or not a daemon
        }
    }

    private static boolean isDaemon(String word) {
        return word.endsWith("/agenttowerd") || word.equals("agenttowerd") || word.endsWith("AgentTowerDaemon");
    }

    private static List<String> words(Path file) throws IOException {
        return List.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0", 0));
    }
}
