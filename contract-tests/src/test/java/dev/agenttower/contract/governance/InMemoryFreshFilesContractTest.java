package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.project.FreshFiles;
import dev.agenttower.core.governance.project.InMemoryProject;
import dev.agenttower.core.governance.project.ProjectText;
import org.jspecify.annotations.Nullable;

class InMemoryFreshFilesContractTest extends FreshFilesContract {
    private final InMemoryProject project = new InMemoryProject();

    @Override
    FreshFiles files() {
        return project;
    }

    @Override
    @Nullable String text(String path) {
        ProjectText text = project.text(path);
        return text == null ? null : text.text();
    }

    @Override
    void link(String path, String target) {
        project.link(path, target);
    }
}
