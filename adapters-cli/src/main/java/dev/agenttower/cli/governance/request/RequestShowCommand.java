package dev.agenttower.cli.governance.request;

import dev.agenttower.cli.command.Facts;
import dev.agenttower.cli.governance.Governance;
import dev.agenttower.client.governance.request.RoleRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code agenttower request show}. */
@Command(name = "show", description = "show a request between roles", footer = "  agenttower request show REQ-028")
final class RequestShowCommand implements Runnable {
    @Parameters(paramLabel = "REQ_ID", description = "the request, such as REQ-028")
    private String id;

    @Mixin
    private Governance governance;

    @Override
    public void run() {
        RoleRequest request = governance.ask(client -> client.request(id));
        governance.print(request.json(), () -> facts(request));
    }

    private Facts facts(RoleRequest request) {
        Facts facts = new Facts()
                .add("id", request.id())
                .add("title", request.title())
                .add("status", request.status())
                .add("from", request.author())
                .add("to", request.toRole())
                .add("date", request.date())
                .add("type", request.type())
                .add("priority", request.priority());
        request.relatedSpecs().forEach(spec -> facts.add("related_spec", spec));
        @Nullable String description = request.description();
        String shown = description == null ? request.summary() : description;
        return shown.isEmpty()
                ? facts
                : facts.block(
                        "Description", shown, governance.output().context().style());
    }
}
