package dev.agenttower.cli.surroundings;

import dev.agenttower.core.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The container that a process seems to run in; to be matched with the daemon's list. */
public sealed interface ContainerIdentity {
    /** The environment variable that overrides the detection. */
    String OVERRIDE = "AGENTTOWER_CONTAINER_ID";

    /** The maximum number of code points read from a variable or a file. */
    int MAX_LENGTH = 4096;

    /**
     * A detected identity.
     *
     * @param value an id, a prefix of one, or a name
     * @param signal its source: {@code env}, {@code cgroup}, {@code hostname} or {@code hostname_env}
     */
    record Candidate(String value, String signal) implements ContainerIdentity {}

    /**
     * The control groups name several containers.
     *
     * @param ids in the order of the file
     */
    record Ambiguous(List<String> ids) implements ContainerIdentity {
        /** Copies the ids. */
        public Ambiguous {
            ids = List.copyOf(ids);
        }
    }

    /** No source has a value. */
    record Unknown() implements ContainerIdentity {}

    /** Finds the identity: {@value #OVERRIDE}, the control groups, {@code /etc/hostname}, then {@code HOSTNAME}. */
    static ContainerIdentity find(Map<String, String> environment, ContainerSigns signs, Path root) {
        String override = sanitised(environment.get(OVERRIDE));
        if (!override.isEmpty()) {
            return new Candidate(override, "env");
        }
        List<String> ids = CgroupIds.distinct(signs.cgroup());
        if (ids.size() > 1) {
            return new Ambiguous(ids);
        }
        if (ids.size() == 1) {
            return new Candidate(ids.get(0), "cgroup");
        }
        String hostname = sanitised(firstBytes(root.resolve("etc/hostname"))).strip();
        if (!hostname.isEmpty()) {
            return new Candidate(hostname, "hostname");
        }
        @Nullable String variable = environment.get("HOSTNAME");
        String fallback = variable == null ? "" : sanitised(variable.strip());
        return fallback.isEmpty() ? new Unknown() : new Candidate(fallback, "hostname_env");
    }

    private static String sanitised(@Nullable String text) {
        return text == null ? "" : Text.abbreviated(text, MAX_LENGTH);
    }

    private static String firstBytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(5 << 10), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
