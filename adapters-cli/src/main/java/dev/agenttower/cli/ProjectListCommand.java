package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.governance.Listing;
import dev.agenttower.socket.client.GovernanceClient;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.governance.Project;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code agenttower project list}. */
@Command(name = "list", description = "list the governed projects", footer = "  agenttower project list")
final class ProjectListCommand implements Runnable {
    private final CliContext context;

    @Mixin
    private Output output;

    ProjectListCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        List<Project> projects = Governance.ask(context, null, GovernanceClient::projects);
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
