package dev.agenttower.socket.server.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agenttower.core.failure.ErrorCode;
import dev.agenttower.core.failure.RefusedException;
import dev.agenttower.core.scan.AppScans;
import dev.agenttower.core.scan.ScanKind;
import dev.agenttower.core.scan.ScanRecord;
import dev.agenttower.socket.server.method.Call;
import dev.agenttower.socket.server.method.Method;
import dev.agenttower.socket.server.method.Result;
import dev.agenttower.unix.connection.Lane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scans requested by control panels. */
public final class AppScanMethods {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final String WAIT = "wait";

    private final AppScans scans;

    /** The methods of one tower. */
    public AppScanMethods(AppScans scans) {
        this.scans = scans;
    }

    /** The methods. */
    public List<Method> methods() {
        return List.of(
                Method.app("app.scan.containers", Lane.PATIENT, call -> scan(ScanKind.CONTAINERS, call))
                        .inLane(AppScanMethods::lane),
                Method.app("app.scan.panes", Lane.PATIENT, call -> scan(ScanKind.PANES, call))
                        .inLane(AppScanMethods::lane),
                Method.app("app.scan.status", Lane.QUICK, this::status));
    }

    /** Only a call that waits for the end of the scan may block a thread. */
    private static Lane lane(ObjectNode params) {
        return params.path(WAIT).asBoolean(true) ? Lane.PATIENT : Lane.QUICK;
    }

    private Result scan(ScanKind kind, Call call) {
        boolean wait = new AppParams(call.params()).flag(WAIT, true);
        ScanRecord scan = scans.start(kind, wait ? LONGEST_WAIT : Duration.ZERO);
        if (wait && scan.state() == ScanRecord.State.RUNNING) {
            throw new RefusedException(
                    ErrorCode.SCAN_TIMEOUT,
                    "the scan did not end within " + LONGEST_WAIT.toSeconds() + " s and goes on; ask app.scan.status",
                    Map.of("scan_id", scan.scanId()));
        }
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("scan_id", scan.scanId())
                .put("state", scan.state().wire());
        if (wait) {
            body.set("result", result(scan.result()));
        }
        return Result.of(body);
    }

    private Result status(Call call) {
        String id = new AppParams(call.params()).requiredText("scan_id");
        ScanRecord scan = scans.find(id)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.SCAN_NOT_FOUND, "no scan that is remembered has this id", Map.of("scan_id", id)));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("state", scan.state().wire());
        body.put("scan_kind", scan.kind().wire());
        body.put("started_at", scan.startedAtMillis());
        body.put("completed_at", scan.completedAtMillis());
        body.set("result", result(scan.result()));
        return Result.of(body);
    }

    private static @Nullable ObjectNode result(ScanRecord.@Nullable Result result) {
        return result == null ? null : ScanRows.result(result);
    }
}
