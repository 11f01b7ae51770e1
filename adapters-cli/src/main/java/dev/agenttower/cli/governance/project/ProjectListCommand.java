package dev.agenttower.cli.governance.project;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.command.Listing;
import dev.agenttower.cli.command.Output;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.JsonText;
import dev.agenttower.client.governance.project.Project;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower project list}. */
@Command(name = "list", description = "list the governed projects", footer = "  agenttower project list")
final class ProjectListCommand implements Runnable {
    @Mixin
    private Output output;

    @Override
    public void run() {
        List<Project> projects = Governance.ask(output.context(), null, GovernanceClient::projects);
        Listing listing = new Listing("NAME", "STATUS", "SPECS", "EVENTS", "PROBLEMS", "PATH");
        for (Project project : projects) {
            listing.add(
                    project.name(),
                    project.status(),
                    String.valueOf(project.specs()),
                    String.valueOf(project.events()),
                    String.valueOf(project.problems().size()),
                    project.path());
        }
        output.printRows("projects", projects.stream().map(ProjectListCommand::named), listing);
    }

    private static ObjectNode named(Project project) {
        ObjectNode row = JsonText.object().put("name", project.name());
        project.json().properties().forEach(field -> row.set(field.getKey(), field.getValue()));
        return row;
    }
}
