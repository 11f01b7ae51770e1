package dev.agenttower.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.CommandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.cli.governance.Listing;
import dev.agenttower.socket.client.JsonText;
import dev.agenttower.socket.client.governance.Project;
import java.util.List;

/** {@code agenttower project list}. */
final class ProjectListCommand implements Command {
    @Override
    public CommandForm form() {
        return CommandName.PROJECT_LIST.form(List.of(OptionForm.JSON), "agenttower project list");
    }

    @Override
    public ExitCode run(Arguments arguments, CliContext context) {
        List<Project> projects;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            projects = access.client().projects();
        }
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
        GovernanceAccess.print(
                arguments, context, "projects", projects.stream().map(ProjectListCommand::named), listing);
        return ExitCode.OK;
    }

    private static ObjectNode named(Project project) {
        ObjectNode row = JsonText.object().put("name", project.name());
        project.json().properties().forEach(field -> row.set(field.getKey(), field.getValue()));
        return row;
    }
}
