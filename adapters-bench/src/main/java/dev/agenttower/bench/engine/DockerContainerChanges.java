package dev.agenttower.bench.engine;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agenttower.core.container.ContainerChanges;
import dev.agenttower.core.container.ContainerEngineException;
import dev.agenttower.core.container.Subscription;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event stream of a Docker engine. Each watch has one thread, {@code bench-events}, which blocks until the engine sends an event; it
 * reconnects to a lost engine after half a second at first, and later every five seconds.
 *
 * <p>Thread-safe. A listener is only called on the thread of its watch.
 */
public final class DockerContainerChanges implements ContainerChanges {
    private static final Logger LOG = LoggerFactory.getLogger(DockerContainerChanges.class);
    private static final String FILTERS = """
            {"type":["container"],"event":["start","die","stop","destroy","rename","pause","unpause"]}""";
    private static final String PATH = "/events?filters=" + URLEncoder.encode(FILTERS, StandardCharsets.UTF_8);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final EngineClient engine;
    private final Watches watches;

    /** Watches {@code engine}. */
    public DockerContainerChanges(EngineClient engine, Watches watches) {
        this.engine = engine;
        this.watches = watches;
    }

    @Override
    public Subscription watch(Listener listener) {
        return watches.start("bench-events", new Stream(listener)::follow);
    }

    /** One watch, with its last reported state and its delays. */
    private final class Stream {
        private final Listener listener;
        private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
        private boolean lost;

        Stream(Listener listener) {
            this.listener = listener;
        }

        Duration follow(WatchThread watch) {
            String reason;
            try (EngineConnection events = engine.open("docker events", PATH, Deadline.in(CONNECT_LIMIT))) {
                if (!watch.hold(events)) {
                    return Duration.ZERO;
                }
                backoff.reset();
                lost = false;
                listener.connected();
                read(watch, engine.mapper().createParser(events.body()));
                reason = "the docker engine ended its event stream";
            } catch (IOException broken) {
                reason = "the docker engine's event stream broke: "
                        + EngineClient.excerpt(String.valueOf(broken.getMessage()));
            } catch (ContainerEngineException failure) {
                reason = failure.getMessage();
            } catch (EngineAnswerException failure) {
                reason = failure.getMessage();
            }
            if (watch.isClosed()) {
                return Duration.ZERO;
            }
            if (!lost) {
                lost = true;
                LOG.debug("{}", reason);
                listener.lost(reason);
            }
            return backoff.next();
        }

        private void read(WatchThread watch, JsonParser events) throws IOException {
            JsonNode event = events.readValueAsTree();
            while (event != null && !watch.isClosed()) {
                listener.changed();
                event = events.readValueAsTree();
            }
        }
    }
}
