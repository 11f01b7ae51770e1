package dev.agenttower.panel;

import dev.agenttower.panel.page.Pages;
import dev.agenttower.panel.security.BrowserSession;
import dev.agenttower.panel.security.BrowserSessions;
import dev.agenttower.panel.security.OneTimeLink;
import dev.agenttower.panel.security.Origin;
import dev.agenttower.panel.security.Visitor;
import dev.agenttower.panel.security.Visitor.Standing;
import dev.agenttower.panel.security.VisitorCheck;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What each request has to pass before anything is done, in this order: address, origin, form, sender, session, token. Thread-safe. */
final class Gate {
    private static final String COOKIE = "agenttower_panel";
    private static final String ASSETS = "/assets/";
    private static final String OPEN = "/open";
    private static final String UPDATES = "/updates";
    /** The largest form with a proposal, whose characters other than letters and digits take three and more bytes. */
    static final long LARGEST_EDIT = 8 << 20;

    private static final Duration BETWEEN_WARNINGS = Duration.ofSeconds(10);
    private static final long LARGEST_FORM = 64 << 10;
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final Supplier<Origin> origin;
    private final OneTimeLink link;
    private final BrowserSessions sessions;
    private final VisitorCheck visitors;
    private final Pages pages;
    private final InstantSource clock;
    private final Consumer<String> warnings;
    private Instant nextWarning = Instant.EPOCH;

    /**
     * A gate.
     *
     * @param origin the address of the panel, known once it listens
     * @param warnings takes a line for the user when an agent or another user is refused, at most one in ten seconds
     */
    Gate(
            Supplier<Origin> origin,
            OneTimeLink link,
            BrowserSessions sessions,
            VisitorCheck visitors,
            Pages pages,
            InstantSource clock,
            Consumer<String> warnings) {
        this.origin = origin;
        this.link = link;
        this.sessions = sessions;
        this.visitors = visitors;
        this.pages = pages;
        this.clock = clock;
        this.warnings = warnings;
    }

    void addTo(JavalinDefaultRoutingApi routes) {
        routes.before(this::check);
        routes.get(OPEN, this::open);
        routes.post("/leave", this::leave);
    }

    private void check(Context context) {
        headers(context);
        boolean isRead =
                context.method().equals(HandlerType.GET) || context.method().equals(HandlerType.HEAD);
        boolean isChange = context.method().equals(HandlerType.POST);
        @Nullable String site = context.header("Sec-Fetch-Site");
        if (!origin.get().isHost(context.header("Host"))) {
            refuse(
                    context,
                    421,
                    "Wrong address",
                    "The panel answers under " + origin.get().text() + " alone.");
        } else if (!isRead && !isChange) {
            refuse(context, 405, "Not possible", "The panel knows no such request.");
        } else if (isChange ? !origin.get().isOwnPage(context.header("Origin"), site) : !Origin.isOwnRead(site)) {
            refuse(context, 403, "Refused", "The request does not come from a page of the panel.");
        } else if (isChange && !context.isFormUrlencoded()) {
            refuse(context, 415, "Not possible", "The panel reads forms alone.");
        } else if (isChange && !isSmall(context)) {
            refuse(context, 413, "Too large", "The form is too large.");
        } else if (!context.path().startsWith(ASSETS)) {
            checkSender(context, isChange);
        }
    }

    private static void headers(Context context) {
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Content-Type-Options", "nosniff");
        context.header("X-Frame-Options", "DENY");
        // Without any referrer, browsers would name no origin with the panel's own forms either.
        context.header("Referrer-Policy", "same-origin");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
        context.header("Cache-Control", "no-store");
    }

    private static boolean isSmall(Context context) {
        String path = context.path();
        boolean isEdit = path.endsWith("/preview") || path.endsWith("/authorize");
        // Forms have a length; -1 stands for none.
        return context.req().getContentLengthLong() >= 0
                && context.req().getContentLengthLong() <= (isEdit ? LARGEST_EDIT : LARGEST_FORM);
    }

    private void checkSender(Context context, boolean isChange) {
        Visitor visitor =
                visitors.visitor(context.req().getRemotePort(), origin.get().port());
        if (visitor.standing() == Standing.REFUSED) {
            warn("a request was refused: " + visitor.explanation());
            refuse(context, 403, "Refused", "Only a human uses the panel: " + visitor.explanation() + ".");
            return;
        }
        if (context.path().equals(OPEN)) {
            return;
        }
        Optional<BrowserSession> session = sessions.find(
                context.cookie(COOKIE), browser(context), !context.path().equals(UPDATES));
        if (session.isEmpty()) {
            refuse(
                    context,
                    401,
                    "No session",
                    "This browser has no session, or it has ended. Press Enter in the terminal that runs `agenttower panel` for a new link.");
            return;
        }
        context.attribute(Pages.SESSION, session.get());
        context.attribute(Pages.VISITOR, visitor);
        if (isChange && !session.get().isForm(context.formParam("csrf"))) {
            refuse(context, 403, "Refused", "The form is not one of this session: go back and load the page again.");
        }
    }

    /** Tells the user, but not so often that somebody could fill the terminal. */
    private void warn(String line) {
        synchronized (this) {
            Instant now = clock.instant();
            if (now.isBefore(nextWarning)) {
                return;
            }
            nextWarning = now.plus(BETWEEN_WARNINGS);
        }
        warnings.accept(line);
    }

    private void refuse(Context context, int status, String title, String sentence) {
        pages.error(context, status, title, sentence);
        context.skipRemainingHandlers();
    }

    private void open(Context context) {
        if (!link.redeem(context.queryParam("key"))) {
            pages.error(
                    context,
                    403,
                    "Link used up",
                    "Each link opens one session, within five minutes. Press Enter in the terminal that runs `agenttower panel` for a new one.");
            return;
        }
        BrowserSession session = sessions.open(browser(context));
        Cookie cookie = new Cookie(COOKIE, session.cookie(), "/", -1, false, true, null, SameSite.STRICT);
        context.cookie(cookie);
        context.redirect("/governance", HttpStatus.SEE_OTHER);
    }

    private void leave(Context context) {
        @Nullable BrowserSession session = context.attribute(Pages.SESSION);
        if (session != null) {
            sessions.end(session);
        }
        context.removeCookie(COOKIE);
        context.attribute(Pages.SESSION, null);
        pages.error(context, 200, "Session ended", "This session has ended.");
    }

    private static String browser(Context context) {
        @Nullable String browser = context.userAgent();
        return browser == null ? "" : browser;
    }
}
