package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.project.InMemoryProject;
import dev.agenttower.core.governance.project.ProjectFiles;
import dev.agenttower.core.governance.project.ProjectTree;

class InMemoryProjectContractTest extends ProjectContract {
    private final InMemoryProject project = new InMemoryProject();

    @Override
    ProjectTree tree() {
        return project;
    }

    @Override
    ProjectFiles files() {
        return project;
    }

    @Override
    void link(String path, String target) {
        project.link(path, target);
    }

    @Override
    String root() {
        return "/project";
    }
}
