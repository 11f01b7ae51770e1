package dev.agenttower.http.route;

import dev.agenttower.core.caller.OwnUser;
import dev.agenttower.core.caller.Peer;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.failure.StorageException;
import dev.agenttower.core.governance.change.ChangeQueueException;
import dev.agenttower.core.governance.human.ProcessTree;
import dev.agenttower.core.governance.ledger.LedgerException;
import dev.agenttower.core.governance.project.ProjectFileException;
import dev.agenttower.core.governance.request.RequestBookException;
import dev.agenttower.core.governance.role.SessionStoreException;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.http.transport.HttpAnswer;
import dev.agenttower.http.transport.HttpContent;
import dev.agenttower.http.transport.HttpFault;
import dev.agenttower.http.transport.HttpReply;
import dev.agenttower.http.transport.HttpRequest;
import dev.agenttower.http.transport.HttpService;
import dev.agenttower.http.wire.JsonWire;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests by a table of routes: checks the user, finds the route, reads the body, calls the handler. The only place that converts
 * failures to answers. Thread-safe.
 */
public final class RoutedService implements HttpService {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedService.class);
    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int BUSY = 503;
    private static final Map<String, String> AGAIN = Map.of("Retry-After", "1");

    private final List<Route> routes;
    private final OwnUser ownUser;
    private final ProcessTree processes;
    private final JsonWire json;

    /**
     * A service of these routes.
     *
     * @param ownUser admits the peers
     */
    public RoutedService(List<List<Route>> families, OwnUser ownUser, ProcessTree processes, JsonWire json) {
        List<Route> all = new ArrayList<>();
        families.forEach(all::addAll);
        this.routes = List.copyOf(all);
        this.ownUser = ownUser;
        this.processes = processes;
        this.json = json;
    }

    @Override
    public Object connected(Peer peer) {
        return new Caller(peer, peer.pid() > 0 ? processes.lineage(peer.pid()) : List.of());
    }

    @Override
    public boolean admits(Object client) {
        return ownUser.admits(((Caller) client).peer());
    }

    @Override
    public HttpAnswer reply(HttpRequest request) {
        Caller caller = (Caller) request.connection();
        RequestTarget target;
        try {
            target = RequestTarget.parse(request.target());
        } catch (RefusedException e) {
            return error(400, e.getMessage());
        }
        TreeSet<String> methods = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> variables = route.match(target.path());
            if (variables.isPresent()) {
                if (route.method().equals(request.method())) {
                    return reply(request, caller, route, variables.get(), target.query());
                }
                methods.add(route.method());
            }
        }
        String what = request.method() + " " + "/" + String.join("/", target.path());
        return methods.isEmpty()
                ? error(404, "No such route: " + what)
                : reply(
                        405,
                        Map.of("error", "No such method here: " + what),
                        Map.of("Allow", String.join(", ", methods)));
    }

    @Override
    public HttpReply refuse(HttpFault fault) {
        return reply(fault.status(), Map.of("error", fault.sentence()), fault.status() == BUSY ? AGAIN : Map.of());
    }

    private HttpAnswer reply(
            HttpRequest request, Caller caller, Route route, Map<String, String> variables, Map<String, String> query) {
        Object body = null;
        if (route.takesBody()) {
            if (!isJson(request.header("Content-Type"))) {
                return error(415, "Content-Type must be application/json");
            }
            try {
                body = json.read(request.body());
            } catch (MalformedJsonException e) {
                return error(400, "Malformed JSON: " + e.getMessage());
            }
        }
        Call call = new Call(request, caller, variables, query, body);
        Outcome outcome = outcome(route, () -> route.handler().handle(call));
        return outcome instanceof Outcome.Later later
                ? new HttpAnswer.Later(
                        later.patience(), later.hasCome(), () -> reply((Answer) outcome(route, later.work()::get)))
                : reply((Answer) outcome);
    }

    private HttpReply reply(Answer answer) {
        return reply(answer.status(), answer.view(), answer.status() == BUSY ? AGAIN : Map.of());
    }

    private static Outcome outcome(Route route, Supplier<Outcome> work) {
        try {
            return work.get();
        } catch (RefusedException e) {
            return route.refusals().answer(e);
        } catch (LedgerException
                | ProjectFileException
                | ChangeQueueException
                | RequestBookException
                | SessionStoreException
                | StorageException e) {
            // The files and the database belong to the caller's own user, so it may see their errors.
            LOG.warn("{} {}: {}", route.method(), String.join("/", route.pattern()), e.toString());
            return new Answer(500, Map.of("error", String.valueOf(e.getMessage())));
        } catch (RuntimeException | StackOverflowError e) { // a bug: the caller gets no details, the log has them
            LOG.error("{} {} failed", route.method(), String.join("/", route.pattern()), e);
            return new Answer(500, Map.of("error", "internal_error"));
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals(JSON) || (type.startsWith("application/") && type.endsWith("+json"));
    }

    private HttpReply error(int status, String sentence) {
        return reply(status, Map.of("error", sentence), Map.of());
    }

    private HttpReply reply(int status, Object view, Map<String, String> headers) {
        if (view instanceof PlainText plain) {
            byte[] bytes = plain.text().getBytes(StandardCharsets.UTF_8);
            return new HttpReply(status, TEXT, headers, HttpContent.of(bytes));
        }
        HttpContent content =
                view instanceof StreamedView streamed ? new ArrayContent(streamed) : HttpContent.of(json.line(view));
        return new HttpReply(status, JSON, headers, content);
    }

    private final class ArrayContent implements HttpContent {
        private final StreamedView elements;

        ArrayContent(StreamedView elements) {
            this.elements = elements;
        }

        @Override
        public long length() {
            return -1;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            String key = elements.key();
            byte[] comma = {','};
            boolean[] isFirst = {true};
            out.write(ascii(key == null ? "[" : "{\"" + key + "\":["));
            try {
                elements.forEachWhile(element -> {
                    try {
                        if (!isFirst[0]) {
                            out.write(comma);
                        }
                        isFirst[0] = false;
                        out.write(json.bytes(element));
                        return true;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            } catch (UncheckedIOException e) {
                throw e.getCause();
            } catch (LedgerException | ChangeQueueException | RefusedException e) {
                throw new IOException(e);
            }
            out.write(ascii(key == null ? "]\n" : "]}\n"));
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
