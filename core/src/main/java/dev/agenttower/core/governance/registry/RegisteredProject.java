package dev.agenttower.core.governance.registry;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Optional;

/**
 * A folder that is registered as a governed project.
 *
 * @param name its name, unique among all projects
 * @param path the folder: absolute, all links followed
 * @param isFramework whether it is the framework's own project
 * @param registeredAt when it was registered, UTC with microseconds
 */
public record RegisteredProject(String name, String path, boolean isFramework, String registeredAt) {
    /** Checks the values. */
    public RegisteredProject {
        requireNonNull(name, "name");
        requireNonNull(registeredAt, "registeredAt");
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("not an absolute path: '" + path + "'");
        }
    }

    /** The key of this registration, different from earlier ones of the same name. */
    public String registration() {
        return name + "@" + registeredAt;
    }

    /** Whether a path, absolute and all links followed, is the folder or below it. */
    public boolean contains(String absolutePath) {
        return isAtOrBelow(absolutePath, path);
    }

    /** The first of some projects that contains a path; the path is absolute and normal, and need not exist. */
    static Optional<RegisteredProject> containing(String path, Collection<RegisteredProject> some) {
        return some.stream().filter(project -> project.contains(path)).findFirst();
    }

    /** Whether the two folders are equal or one contains the other. */
    public boolean overlaps(String otherFolder) {
        return contains(otherFolder) || isAtOrBelow(path, otherFolder);
    }

    /** The first of the others that conflicts with this one: one with the same name, else one whose folder overlaps. */
    public Optional<RegisteredProject> conflictIn(Collection<RegisteredProject> others) {
        return others.stream()
                .filter(other -> other.name.equals(name))
                .findFirst()
                .or(() -> others.stream().filter(other -> other.overlaps(path)).findFirst());
    }

    private static boolean isAtOrBelow(String inner, String outer) {
        return inner.equals(outer) || outer.equals("/") || inner.startsWith(outer + "/");
    }
}
