package dev.agenttower.core.caller;

import java.util.List;

/** The files as a process in a container sees them, and where they are on the host. Valid for one call; not thread-safe. */
public interface ContainerFiles {
    /** The working folder of the process, as it sees it, all links followed. */
    String workingDirectory();

    /** The home folder that its environment names; empty without one. */
    String home();

    /**
     * Where a path leads, with links followed as the process follows them: the file of that name, and if that is a link, also the file to which it
     * leads. The files need not exist. Empty if it cannot be told.
     *
     * @param path absolute, as the process sees it
     */
    List<HostFile> locate(String path);

    /**
     * A file of a container.
     *
     * @param path where the host sees it, absolute and without links; empty if it does not
     * @param isOwn whether it lies on a file system of the container, such as its image, a volume or one in memory, and not in a folder that is
     *     mounted from the host
     */
    record HostFile(String path, boolean isOwn) {}
}
