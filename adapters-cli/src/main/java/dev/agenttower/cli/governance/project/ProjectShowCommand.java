package dev.agenttower.cli.governance.project;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.project.Project;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agenttower project show}. */
@Command(
        name = "show",
        description = "show a governed project and the problems of its policy files",
        footer = "  agenttower project show shop")
final class ProjectShowCommand implements Runnable {
    @Parameters(paramLabel = "NAME", description = "the project")
    private String name;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Project project = Governance.ask(output.context(), null, client -> client.project(name));
        output.print(project.json(), () -> facts(project));
    }

    private static Facts facts(Project project) {
        Facts facts = new Facts()
                .add("name", project.name())
                .add("path", project.path())
                .add("status", project.status())
                .add("registered_at", project.registeredAt())
                .add("specs", project.specs())
                .add("tasks", project.tasks())
                .add("events", project.events());
        project.problems().forEach(problem -> facts.add("problem", problem.file() + ": " + problem.problem()));
        JsonNode drift = project.json().path("last_drift");
        if (drift.isObject()) {
            facts.add(
                    "last_drift",
                    drift.path("ts").asText() + " " + drift.path("target_path").asText());
        }
        return facts;
    }
}
