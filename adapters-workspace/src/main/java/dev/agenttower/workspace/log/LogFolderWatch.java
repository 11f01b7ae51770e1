package dev.agenttower.workspace.log;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.agenttower.core.event.LogNotices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices of logs from the watch service of the operating system, which watches their folders. Changes within 25 ms of the first one are
 * told together. Nothing is told of folders that do not exist or that the system cannot watch, nor of changes that another machine makes.
 */
public final class LogFolderWatch implements LogNotices {
    private static final long TOGETHER_NANOS = Duration.ofMillis(25).toNanos();

    private final WatchService service;
    private final Map<Path, WatchKey> folders = new HashMap<>();
    private Set<Path> followed = Set.of();

    /**
     * A watch of nothing yet.
     *
     * @throws IOException if the system has no capacity for it
     */
    public LogFolderWatch() throws IOException {
        this.service = FileSystems.getDefault().newWatchService();
    }

    @Override
    public void follow(Collection<String> paths) {
        Set<Path> files = new HashSet<>();
        Set<Path> wanted = new HashSet<>();
        for (String path : paths) {
            Path file = file(path);
            if (file != null && file.getParent() != null) {
                files.add(file);
                wanted.add(file.getParent());
            }
        }
        followed = files;
        folders.entrySet().removeIf(folder -> {
            boolean isOver =
                    !wanted.contains(folder.getKey()) || !folder.getValue().isValid();
            if (isOver) {
                folder.getValue().cancel();
            }
            return isOver;
        });
        wanted.forEach(this::watch);
    }

    private static @Nullable Path file(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private void watch(Path folder) {
        if (folders.containsKey(folder)) {
            return;
        }
        try {
            folders.put(folder, folder.register(service, ENTRY_CREATE, ENTRY_MODIFY));
        } catch (IOException | ClosedWatchServiceException e) {
            // It is tried again at the next call, and what happens there is seen a little later meanwhile.
            folders.remove(folder);
        }
    }

    @Override
    public Awakening await(Duration atMost) {
        Set<String> changed = new HashSet<>();
        boolean isLost = false;
        try {
            long end = System.nanoTime() + atMost.toNanos();
            for (long left = atMost.toNanos(); left > 0; left = end - System.nanoTime()) {
                WatchKey key = service.poll(left, TimeUnit.NANOSECONDS);
                if (key == null) {
                    break;
                }
                boolean wasSilent = changed.isEmpty() && !isLost;
                isLost |= take(key, changed);
                if (wasSilent && (isLost || !changed.isEmpty())) {
                    end = Math.min(end, System.nanoTime() + TOGETHER_NANOS);
                }
            }
        } catch (ClosedWatchServiceException e) {
            return Awakening.NONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return isLost ? Awakening.GENERAL : new Awakening(changed, false);
    }

    /** Takes the events of a folder; true if some were lost. */
    private boolean take(WatchKey key, Set<String> changed) {
        boolean isLost = false;
        for (WatchEvent<?> event : key.pollEvents()) {
            if (event.kind() == OVERFLOW) {
                isLost = true;
            } else if (key.watchable() instanceof Path folder && event.context() instanceof Path name) {
                Path file = folder.resolve(name);
                if (followed.contains(file)) {
                    changed.add(file.toString());
                }
            }
        }
        key.reset();
        return isLost;
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
