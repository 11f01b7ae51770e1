package dev.agenttower.panel.page;

import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.governance.project.Project;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A page of lists for each project: {@code /<section>} leads to that of the first one. Thread-safe.
 *
 * @param section the word of the navigation, which is the beginning of the address
 * @param title the title of the page
 * @param tables reads the lists by a client of the project
 */
public record ProjectPages(
        String section,
        String title,
        GovernanceClient daemon,
        Pages pages,
        BiFunction<Context, GovernanceClient, List<Table>> tables)
        implements Routes {
    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/" + section, this::first);
        routes.get("/" + section + "/{project}", this::show);
    }

    private void first(Context context) {
        List<Project> projects = daemon.projects();
        if (projects.isEmpty()) {
            pages.tables(context, title, section, List.of(), List.of());
        } else {
            context.redirect(address(projects.get(0).name()), HttpStatus.SEE_OTHER);
        }
    }

    private void show(Context context) {
        String project = context.pathParam("project");
        List<Table> shown = tables.apply(context, daemon.inProject(project));
        List<Table.Cell> choice = daemon.projects().stream()
                .map(each -> new Table.Cell(
                        Shown.line(each.name()), each.name().equals(project) ? null : address(each.name())))
                .toList();
        pages.tables(context, title, section, choice, shown);
    }

    private String address(String project) {
        return "/" + section + "/" + Shown.segment(project);
    }
}
