package dev.agenttower.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes libraries load their native parts from the distribution, instead of unpacking them into temporary folders. */
public final class NativeLibraries {
    private NativeLibraries() {}

    /**
     * Must be called before the first use of such a library. Has no effect if the distribution has no native parts for this machine.
     */
    public static void useThoseOfDistribution() {
        @Nullable String home = System.getProperty("agenttower.home");
        if (home == null) {
            return;
        }
        Path folder = Path.of(home, "lib", "native", System.getProperty("os.arch", "unknown"));
        if (Files.isDirectory(folder)) {
            System.setProperty("org.sqlite.lib.path", folder.toString());
            System.setProperty("jna.boot.library.path", folder.toString());
            System.setProperty("jna.nosys", "true");
            System.setProperty("jna.nounpack", "true");
            System.setProperty(
                    "org.newsclub.net.unix.library.override",
                    folder.resolve("libjunixsocket-native.so").toString());
        }
    }
}
