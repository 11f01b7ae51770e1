package dev.agenttower.daemon;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Lets the libraries with native parts use those of the distribution, so that none unpacks its own into a temporary folder. */
final class NativeLibraries {
    private NativeLibraries() {}

    /**
     * Must be called before the first use of such a library. Where the distribution has no native parts for this machine, the libraries
     * are left to themselves.
     */
    static void useThoseOfDistribution() {
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
