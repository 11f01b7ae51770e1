package dev.agenttower.core.governance.hook.shell;

import dev.agenttower.core.governance.policy.PathSet;
import java.util.List;
import java.util.regex.Pattern;

/** Files outside of projects that commands of agents must not name: credentials of the user and of the system. */
public final class SensitivePaths {
    private static final List<String> OF_HOME = List.of(
            ".ssh",
            ".aws",
            ".azure",
            ".gcloud",
            ".config/gcloud",
            ".kube",
            ".docker",
            ".gnupg",
            ".npmrc",
            ".pypirc",
            ".netrc",
            ".env");
    private static final Pattern OF_SYSTEM = Pattern.compile(
            "/etc/g?shadow-?|/etc/sudoers(?:\\.d)?(?:/.*)?|/proc/(?:\\d+(?:/.*)?|kcore)|/dev/k?mem", Pattern.DOTALL);

    private final PathSet credentials;

    /**
     * The paths of a user.
     *
     * @param home the home of the user; empty if it is not known
     */
    public SensitivePaths(String home) {
        credentials = PathSet.of(
                home.isEmpty()
                        ? List.of()
                        : OF_HOME.stream().map(name -> home + "/" + name).toList());
    }

    /** Whether a normal, absolute path is one of them, or below one. */
    public boolean contain(String path) {
        return credentials.covers(path) || OF_SYSTEM.matcher(path).matches();
    }
}
