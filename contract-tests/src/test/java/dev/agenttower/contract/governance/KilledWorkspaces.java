package dev.agenttower.contract.governance;

import dev.agenttower.core.governance.registry.RegisteredProject;
import dev.agenttower.core.governance.registry.Workspace;
import dev.agenttower.core.governance.registry.Workspaces;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Workspaces some of whose ports kill this process.
 *
 * @param folders the workspaces
 * @param ports gives the ports of a workspace that take the place of its own, by the names of their methods
 */
record KilledWorkspaces(Workspaces folders, BiFunction<RegisteredProject, Workspace, Map<String, Object>> ports)
        implements Workspaces {
    @Override
    public Optional<String> folder(String path) {
        return folders.folder(path);
    }

    @Override
    public boolean isFramework(String folder) {
        return folders.isFramework(folder);
    }

    @Override
    public Workspace open(RegisteredProject project) {
        Workspace workspace = folders.open(project);
        Map<String, Object> others = ports.apply(project, workspace);
        return (Workspace) Proxy.newProxyInstance(
                Workspace.class.getClassLoader(), new Class<?>[] {Workspace.class}, (proxy, called, args) -> {
                    try {
                        Object port = others.get(called.getName());
                        return port != null ? port : called.invoke(workspace, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
