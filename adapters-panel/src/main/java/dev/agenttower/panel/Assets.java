package dev.agenttower.panel;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The styles and scripts of the pages, from the class path: no others can be asked for. */
final class Assets {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final Map<String, Asset> ASSETS = Map.of(
            "panel.css", new Asset("assets/panel.css", "text/css; charset=utf-8"),
            "panel.js", new Asset("assets/panel.js", SCRIPT),
            "icon.svg", new Asset("assets/icon.svg", "image/svg+xml"),
            "htmx.js", new Asset(WEBJARS + "htmx.org/2.0.4/dist/htmx.min.js", SCRIPT),
            "sse.js", new Asset(WEBJARS + "htmx-ext-sse/2.2.2/sse.js", SCRIPT));

    private Assets() {}

    private record Asset(String resource, String type) {}

    static void send(Context context) {
        @Nullable Asset asset = ASSETS.get(context.pathParam("name"));
        if (asset == null) {
            throw new NotFoundResponse();
        }
        try (@Nullable InputStream in = Assets.class.getResourceAsStream(asset.resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + asset.resource);
            }
            context.header("Cache-Control", "no-cache");
            context.contentType(asset.type).result(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
