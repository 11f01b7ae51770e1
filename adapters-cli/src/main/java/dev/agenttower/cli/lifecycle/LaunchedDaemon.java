package dev.agenttower.cli.lifecycle;

import dev.agenttower.core.settings.TowerPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds a daemon that does not hold its lock yet, by the command line of the launcher or of the JVM that replaced it. */
final class LaunchedDaemon {
    private LaunchedDaemon() {}

    /** Whether a process of this user runs as the daemon of a state directory. */
    static boolean isThere(Path stateDir) {
        try (Stream<ProcessHandle> processes = ProcessHandle.allProcesses()) {
            return processes.anyMatch(process -> isOf(stateDir, Path.of("/proc", Long.toString(process.pid()))));
        }
    }

    private static boolean isOf(Path stateDir, Path process) {
        try {
            List<String> command = words(process.resolve("cmdline"));
            if (command.size() < 2
                    || !command.get(command.size() - 1).equals("run")
                    || !isDaemon(command.get(command.size() - 2))) {
                return false;
            }
            Map<String, String> environment = new HashMap<>();
            for (String variable : words(process.resolve("environ"))) {
                int sign = variable.indexOf('=');
                environment.put(variable.substring(0, Math.max(sign, 0)), variable.substring(sign + 1));
            }
            return Files.isSameFile(TowerPaths.of(environment).stateDir(), stateDir);
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
