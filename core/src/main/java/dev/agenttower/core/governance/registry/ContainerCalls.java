package dev.agenttower.core.governance.registry;

import dev.agenttower.core.caller.ContainerFiles;
import dev.agenttower.core.caller.ContainerFiles.HostFile;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.governance.Limits;
import dev.agenttower.core.governance.hook.FileEdit;
import dev.agenttower.core.governance.hook.ToolCall;
import dev.agenttower.core.governance.hook.ToolJudgement;
import dev.agenttower.core.governance.hook.shell.SensitivePaths;
import dev.agenttower.core.governance.project.PathText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rewrites tool calls that are made in a container to the paths of the host. Not thread-safe. */
final class ContainerCalls {
    private final ContainerFiles container;
    private final List<RegisteredProject> projects;
    private final SensitivePaths sensitive;
    private final String base;

    /**
     * Calls of one process.
     *
     * @param cwd the folder that the client names, from which its paths begin; null for none
     */
    ContainerCalls(ContainerFiles container, @Nullable String cwd, List<RegisteredProject> projects) {
        this.container = container;
        this.projects = projects;
        this.sensitive = new SensitivePaths(container.home());
        this.base =
                cwd != null && cwd.startsWith("/") && cwd.length() <= Limits.PATH ? cwd : container.workingDirectory();
    }

    /** The project of the working folder, or of that from which paths begin. */
    Optional<RegisteredProject> project() {
        return project(container.workingDirectory()).or(() -> project(base));
    }

    private Optional<RegisteredProject> project(String folder) {
        // The last one is that to which links lead.
        return container.locate(folder).stream()
                .reduce((link, target) -> target)
                .flatMap(this::project);
    }

    private Optional<RegisteredProject> project(HostFile file) {
        return file.path().isEmpty() ? Optional.empty() : RegisteredProject.containing(file.path(), projects);
    }

    /**
     * A call with paths of the host, without what it does to files of the container's own.
     *
     * @throws RefusedException INVALID, if it changes more than {@link ToolJudgement#MAX_FILES} files
     */
    ToolCall onHost(ToolCall call) {
        if (call.edits().size() > ToolJudgement.MAX_FILES) {
            throw RefusedException.invalid("it changes more than " + ToolJudgement.MAX_FILES + " files at once");
        }
        List<String> objections = new ArrayList<>(call.objections());
        List<FileEdit> edits = new ArrayList<>();
        for (FileEdit edit : call.edits()) {
            located(edit.path(), objections).forEach(path -> edits.add(edit.at(path)));
        }
        List<String> folders = new ArrayList<>();
        call.folders().forEach(folder -> folders.addAll(located(folder, objections)));
        List<String> reads = new ArrayList<>();
        for (String read : call.reads()) {
            String path = absolute(read);
            if (call.kind() == ToolCall.Kind.COMMAND && sensitive.contain(PathText.normal(path))) {
                object("it names the sensitive path " + read, objections);
            } else {
                container.locate(path).stream().filter(this::isJudged).forEach(file -> reads.add(file.path()));
            }
        }
        return new ToolCall(call.tool(), call.kind(), edits, folders, reads, objections);
    }

    private List<String> located(String written, List<String> objections) {
        List<HostFile> files = container.locate(absolute(written));
        if (files.isEmpty()) {
            object("it cannot be told where " + written + " leads in the container", objections);
        }
        return files.stream().filter(this::isJudged).map(HostFile::path).toList();
    }

    private static void object(String objection, List<String> objections) {
        if (objections.size() < ToolJudgement.MAX_DENIALS) {
            objections.add(objection);
        }
    }

    /** The image of a container may lie in a project, too. */
    private boolean isJudged(HostFile file) {
        return !file.isOwn() || project(file).isPresent();
    }

    private String absolute(String path) {
        String home = container.home();
        if (!home.isEmpty() && (path.equals("~") || path.startsWith("~/"))) {
            return home + path.substring(1);
        }
        return path.startsWith("/") ? path : base + "/" + path;
    }
}
