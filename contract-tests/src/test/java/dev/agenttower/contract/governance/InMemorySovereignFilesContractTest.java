package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.drift.InMemorySovereignFiles;
import dev.agenttower.core.governance.drift.SovereignFiles;
import dev.agenttower.core.governance.project.InMemoryProject;

class InMemorySovereignFilesContractTest extends SovereignFilesContract {
    private final InMemoryProject project = new InMemoryProject();
    private final SovereignFiles files = new InMemorySovereignFiles(project);

    @Override
    SovereignFiles files() {
        return files;
    }

    @Override
    void write(String path, String text) {
        project.write(path, text);
    }

    @Override
    void delete(String path) {
        project.delete(path);
    }

    @Override
    void link(String path, String target) {
        project.link(path, target);
    }
}
