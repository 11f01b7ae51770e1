package dev.agenttower.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.cli.form.Arguments;
import dev.agenttower.cli.form.OperandForm;
import dev.agenttower.cli.form.OptionForm;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.socket.client.GovernanceClient;
import dev.agenttower.socket.client.governance.PolicyFileProblem;
import dev.agenttower.socket.client.governance.Project;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;

/** What the commands that register a folder have in common. */
final class ProjectRegistration {
    static final OperandForm PATH = OperandForm.required("PATH", "the folder of the project");
    static final OptionForm NAME = OptionForm.value("--name", "NAME", "what to call it; default: the folder's name");

    private ProjectRegistration() {}

    static ExitCode run(Arguments arguments, CliContext context, Function<GovernanceClient, Project> registration) {
        Project project;
        try (GovernanceAccess access = GovernanceAccess.of(arguments, context)) {
            project = access.asHuman(registration);
        }
        if (arguments.json()) {
            DaemonAccess.printResult(context, project.json());
            return ExitCode.OK;
        }
        Facts facts = new Facts().add("name", project.name()).add("path", project.path());
        project.created().forEach(file -> facts.add("created", file));
        context.out().print(facts);
        return ExitCode.OK;
    }

    /** The folder as an absolute path: the daemon works elsewhere. */
    static Path folder(Arguments arguments) {
        try {
            return Path.of(arguments.required(PATH.name())).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new RefusedException(ErrorCode.BAD_REQUEST, "PATH is no path: " + e.getReason());
        }
    }

    static Facts facts(Project project) {
        Facts facts = new Facts()
                .add("name", project.name())
                .add("path", project.path())
                .add("status", project.status())
                .add("registered_at", project.registeredAt())
                .add("specs", project.specs())
                .add("tasks", project.tasks())
                .add("events", project.events());
        for (PolicyFileProblem problem : project.problems()) {
            facts.add("problem", problem.file() + ": " + problem.problem());
        }
        JsonNode drift = project.json().path("last_drift");
        if (drift.isObject()) {
            facts.add(
                    "last_drift",
                    drift.path("ts").asText() + " " + drift.path("target_path").asText());
        }
        return facts;
    }
}
