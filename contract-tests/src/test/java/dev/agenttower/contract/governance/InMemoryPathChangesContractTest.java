package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.drift.InMemoryPathChanges;
import dev.agenttower.core.governance.drift.PathChanges;
import java.util.HashSet;
import java.util.Set;

class InMemoryPathChangesContractTest extends PathChangesContract {
    private final InMemoryPathChanges changes = new InMemoryPathChanges();
    private final Set<String> known = new HashSet<>();

    @Override
    PathChanges changes() {
        return changes;
    }

    @Override
    String folder() {
        return "/project";
    }

    @Override
    void write(String path, String text) {
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            if (known.add(path.substring(0, end))) {
                changes.changed(folder(), path.substring(0, end));
            }
        }
        changes.changed(folder(), path);
    }

    @Override
    void delete(String path) {
        known.removeIf(directory -> directory.startsWith(path));
        changes.changed(folder(), path);
    }

    @Override
    void move(String from, String to) {
        changes.changed(folder(), from);
        changes.changed(folder(), to);
    }
}
