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

/** Which container a process seems to run in; the daemon's list decides. */
public sealed interface ContainerIdentity {
    /** The variable that settles the question. */
    String OVERRIDE = "AGENTTOWER_CONTAINER_ID";

    /** The most code points that are taken from a variable or a file. */
    int MAX_LENGTH = 4096;

    /**
     * One answer.
     *
     * @param value an id, a prefix of one, or a name
     * @param signal where it comes from: {@code env}, {@code cgroup}, {@code hostname} or {@code hostname_env}
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

    /** There is no sign at all. */
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
