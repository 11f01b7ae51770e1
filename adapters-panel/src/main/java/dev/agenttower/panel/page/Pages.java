package dev.agenttower.panel.page;

import dev.agenttower.panel.security.BrowserSession;
import dev.agenttower.panel.security.Visitor;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Writes pages. Thread-safe. */
public final class Pages {
    /** The attribute of a request that holds its session. */
    public static final String SESSION = "session";
    /** The attribute of a request that holds its {@link Visitor}. */
    public static final String VISITOR = "visitor";

    private static final String PACKAGE = "dev.agenttower.panel.html";

    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Pages.class.getClassLoader(), PACKAGE);
    private final IntSupplier pending;
    private final BooleanSupplier isDaemonDown;

    /**
     * Pages.
     *
     * @param pending the number of changes that wait for the human, at once
     * @param isDaemonDown whether the daemon did not answer last, at once
     */
    public Pages(IntSupplier pending, BooleanSupplier isDaemonDown) {
        this.pending = pending;
        this.isDaemonDown = isDaemonDown;
    }

    /** Answers with a page: a template with the values of its parameters, to which the frame is added. */
    public void show(Context context, String template, String title, String section, Map<String, ?> values) {
        Map<String, @Nullable Object> all = new HashMap<>(values);
        @Nullable BrowserSession session = context.attribute(SESSION);
        @Nullable Visitor visitor = context.attribute(VISITOR);
        all.put(
                "frame",
                new Frame(
                        title,
                        section,
                        session == null ? null : session.csrf(),
                        visitor,
                        pending.getAsInt(),
                        isDaemonDown.getAsBoolean()));
        context.contentType("text/html; charset=utf-8").result(render(template, all));
    }

    /** Answers with a page of lists. */
    public void tables(Context context, String title, String section, List<Table.Cell> projects, List<Table> tables) {
        show(context, "tables.jte", title, section, Map.of("projects", projects, "tables", tables));
    }

    /** A page that says in one sentence why there is no other. */
    public void error(Context context, int status, String title, String sentence) {
        context.status(status);
        show(context, "error.jte", title, "", Map.of("sentence", sentence));
    }

    /** The text of a template. */
    public byte[] render(String template, Map<String, @Nullable Object> values) {
        Utf8ByteOutput output = new Utf8ByteOutput();
        templates.render(template, values, output);
        return output.toByteArray();
    }
}
