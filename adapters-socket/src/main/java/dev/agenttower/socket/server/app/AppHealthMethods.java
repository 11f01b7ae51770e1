package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.health.Dashboard;
import dev.agenttower.core.health.Health;
import dev.agenttower.core.health.Readiness;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.unix.connection.Lane;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code app.readiness} and {@code app.dashboard}. They change nothing and are not audited. */
public final class AppHealthMethods {
    private static final Logger LOG = LoggerFactory.getLogger(AppHealthMethods.class);
    private static final int DEFAULT_RECENT = 10;
    private static final int MAX_RECENT = 50;
    private static final long BUDGET_MS = 500;

    private final Health health;
    private final LongSupplier ticker;

    /**
     * The methods.
     *
     * @param ticker nanoseconds from any origin; measures the dashboard
     */
    public AppHealthMethods(Health health, LongSupplier ticker) {
        this.health = health;
        this.ticker = ticker;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.app("app.readiness", Lane.QUICK, this::readiness),
                Method.app("app.dashboard", Lane.QUICK, this::dashboard));
    }

    private Result readiness(Call call) {
        Readiness now = health.readiness();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("state", now.state().name().toLowerCase(Locale.ROOT));
        body.set("subsystems", HealthRows.subsystems(now.subsystems()));
        body.set("hints", HealthRows.hints(now.hints()));
        return Result.of(body);
    }

    private Result dashboard(Call call) {
        long start = ticker.getAsLong();
        int recent = new AppParams(call.params())
                .optionalWithin("recent_limit", DEFAULT_RECENT, 1, MAX_RECENT, "out of bounds [1,50]");
        Dashboard now = health.dashboard(recent);
        ObjectNode body = HealthRows.dashboard(now);
        long millis = TimeUnit.NANOSECONDS.toMillis(ticker.getAsLong() - start);
        if (millis > BUDGET_MS) {
            LOG.warn("app_dashboard_latency_exceeded latency_ms={} budget_ms={}", millis, BUDGET_MS);
        }
        return Result.of(body);
    }
}
