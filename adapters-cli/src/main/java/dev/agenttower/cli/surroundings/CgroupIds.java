package dev.agenttower.cli.surroundings;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The container ids in the lines of {@code /proc/self/cgroup}. */
final class CgroupIds {
    private static final String KUBERNETES = "kubepods";
    private static final List<String> ENGINES = List.of("docker", "containerd", KUBERNETES, "lxc");
    private static final Pattern ID = Pattern.compile("[0-9A-Za-z][0-9A-Za-z_-]*");
    private static final Pattern FULL_HEX = Pattern.compile("(?<![0-9a-fA-F])[0-9a-f]{64}(?![0-9a-fA-F])");
    private static final Pattern SHORT_HEX = Pattern.compile("(?<=/)[0-9a-f]{12}(?=/|$)");
    private static final int MIN_LENGTH = 8;

    private CgroupIds() {}

    static List<String> distinct(List<String> lines) {
        Set<String> ids = new LinkedHashSet<>();
        for (String line : lines) {
            @Nullable String id = idIn(line);
            if (id != null) {
                ids.add(id);
            }
        }
        return new ArrayList<>(ids);
    }

    private static @Nullable String idIn(String line) {
        for (String engine : ENGINES) {
            @Nullable String rest = after(line, engine + "/");
            if (rest == null) {
                rest = after(line, engine + "-");
            }
            if (rest == null) {
                continue;
            }
            // Below kubepods are the quality of service class, the pod, and then the container.
            @Nullable String container = engine.equals(KUBERNETES) ? lastHex(line) : null;
            Matcher id = ID.matcher(rest);
            if (container != null) {
                return container;
            }
            if (id.lookingAt() && id.end() >= MIN_LENGTH) {
                return id.group();
            }
        }
        return null;
    }

    private static @Nullable String after(String line, String mark) {
        int at = line.indexOf(mark);
        return at < 0 ? null : line.substring(at + mark.length());
    }

    private static @Nullable String lastHex(String line) {
        @Nullable String full = last(FULL_HEX, line);
        return full != null ? full : last(SHORT_HEX, line);
    }

    private static @Nullable String last(Pattern pattern, String line) {
        @Nullable String found = null;
        for (Matcher matcher = pattern.matcher(line); matcher.find(); ) {
            found = matcher.group();
        }
        return found;
    }
}
