package dev.agenttower.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The identity of this machine and of the daemon's user.
 *
 * @param id the machine's id, or its host name if it has none
 * @param user the name of the daemon's user, or empty
 * @param tmuxFolder the folder of this user's tmux sockets
 */
record Machine(String id, String user, Object uid, Path tmuxFolder) {
    private static final List<String> IDENTITIES =
            List.of("/etc/machine-id", "/var/lib/dbus/machine-id", "/proc/sys/kernel/hostname");

    static Machine here(Map<String, String> environment) {
        String id = IDENTITIES.stream()
                .map(Machine::read)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("localhost");
        String base = environment.getOrDefault("TMUX_TMPDIR", "");
        Object uid = ownUid();
        Path folder = Path.of(base.isEmpty() ? "/tmp" : base, "tmux-" + uid);
        return new Machine(id, System.getProperty("user.name", ""), uid, folder);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException missing) {
            return "";
        }
    }

    private static Object ownUid() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException noProc) {
            throw new IllegalStateException("the own user id cannot be read from /proc/self", noProc);
        }
    }
}
