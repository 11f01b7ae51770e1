package dev.agenttower.cli.surroundings;

import dev.agenttower.core.settings.TowerPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of the daemon.
 *
 * @param text the path, exactly as configured
 * @param source the rule that determined it
 */
public record SocketAddress(String text, SocketAddressSource source) {
    private static final String OVERRIDE = "AGENTTOWER_SOCKET";
    private static final Path MOUNTED = Path.of("/run/agenttower/agenttowerd.sock");

    /**
     * Resolves the socket: {@code AGENTTOWER_SOCKET} if it is set, even if empty; in a container the mounted default if it is a socket;
     * else the one in the state directory, unchecked.
     *
     * @throws InvalidSocketException if {@code AGENTTOWER_SOCKET} is set but names no socket
     */
    public static SocketAddress resolve(Map<String, String> environment, ContainerSigns signs, TowerPaths paths) {
        @Nullable String override = environment.get(OVERRIDE);
        if (override != null) {
            return checked(override.strip());
        }
        if (signs.isContainer() && flawOf(MOUNTED) == null) {
            return new SocketAddress(MOUNTED.toString(), SocketAddressSource.MOUNTED_DEFAULT);
        }
        return new SocketAddress(paths.socket().toString(), SocketAddressSource.HOST_DEFAULT);
    }

    private static SocketAddress checked(String value) {
        if (value.isEmpty()) {
            throw new InvalidSocketException("value is empty");
        }
        if (value.indexOf('\0') >= 0) {
            throw new InvalidSocketException("value contains NUL byte");
        }
        if (!value.startsWith("/")) {
            throw new InvalidSocketException("value is not absolute");
        }
        @Nullable String flaw = flawOf(Path.of(value));
        if (flaw != null) {
            throw new InvalidSocketException(flaw);
        }
        return new SocketAddress(value, SocketAddressSource.ENV_OVERRIDE);
    }

    /** Why a path is not a socket, or null if it is one. A link is followed only once: a chain may change between check and use. */
    private static @Nullable String flawOf(Path path) {
        try {
            Path target = Files.isSymbolicLink(path) ? path.resolveSibling(Files.readSymbolicLink(path)) : path;
            return UnixFile.read(target).isSocket() ? null : "value is not a Unix socket";
        } catch (IOException e) {
            return "value does not exist";
        }
    }

    /** The path. */
    public Path path() {
        return Path.of(text);
    }
}
