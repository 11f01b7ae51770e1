package dev.agenttower.core.governance.drift;

import dev.agenttower.core.governance.project.PathText;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** Path changes signaled by {@link #changed}, with listeners called on the calling thread. Thread-safe. */
public final class InMemoryPathChanges implements PathChanges {
    private final List<Followed> followed = new CopyOnWriteArrayList<>();

    /** Nothing is followed. */
    public InMemoryPathChanges() {}

    @Override
    public Following follow(String folder, Collection<String> paths, Runnable listener) {
        Followed added = new Followed(folder, Set.copyOf(paths), listener);
        followed.add(added);
        return () -> followed.remove(added);
    }

    /** Signals a change at a path of a folder. */
    public void changed(String folder, String path) {
        followed.stream()
                .filter(one -> one.folder.equals(folder) && one.isAbout(path))
                .forEach(one -> one.listener.run());
    }

    /** The paths that are followed in a folder. */
    public List<String> followed(String folder) {
        return followed.stream()
                .filter(one -> one.folder.equals(folder))
                .flatMap(one -> one.paths.stream())
                .sorted()
                .toList();
    }

    private static final class Followed {
        private final String folder;
        private final Set<String> paths;
        private final Runnable listener;

        Followed(String folder, Set<String> paths, Runnable listener) {
            this.folder = folder;
            this.paths = paths;
            this.listener = listener;
        }

        boolean isAbout(String path) {
            return paths.stream().anyMatch(one -> PathText.isAtOrAbove(one, path) || PathText.isAbove(path, one));
        }
    }
}
