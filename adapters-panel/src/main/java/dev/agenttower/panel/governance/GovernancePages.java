package dev.agenttower.panel.governance;

import dev.agenttower.client.GovernanceClient;
import dev.agenttower.client.GovernanceRefusedException;
import dev.agenttower.client.governance.change.Authorization;
import dev.agenttower.client.governance.change.ChangePreview;
import dev.agenttower.client.governance.change.Proposal;
import dev.agenttower.client.governance.change.SovereignChange;
import dev.agenttower.client.inbox.InboxFollower;
import dev.agenttower.core.inbox.InboxItem;
import dev.agenttower.core.inbox.InboxItem.Kind;
import dev.agenttower.core.json.MalformedJsonException;
import dev.agenttower.panel.page.Pages;
import dev.agenttower.panel.page.Routes;
import dev.agenttower.panel.page.Shown;
import dev.agenttower.panel.security.Visitor;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.router.JavalinDefaultRoutingApi;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The changes that wait for the human, and their decision: {@code /governance}. Thread-safe. */
public final class GovernancePages implements Routes {
    private static final String SECTION = "governance";
    private static final String CHANGE = "/governance/{project}/{id}";
    private static final int PER_PAGE = 20;
    private static final int REASON = 500;
    private static final Set<String> DONE = Set.of("authorized", "edited and authorized", "rejected");
    private static final Set<String> ASKING = Set.of("passphrase_required", "passphrase_wrong", "too_many_attempts");

    private final GovernanceClient daemon;
    private final InboxFollower waiting;
    private final Pages pages;
    private final InstantSource clock;

    /** Pages over the changes of all projects of a daemon. */
    public GovernancePages(GovernanceClient daemon, InboxFollower waiting, Pages pages, InstantSource clock) {
        this.daemon = daemon;
        this.waiting = waiting;
        this.pages = pages;
        this.clock = clock;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/governance", context -> list(context, "governance.jte"));
        routes.get("/governance/pending", context -> list(context, "pending.jte"));
        routes.get(CHANGE, context -> change(context, null));
        routes.get(CHANGE + "/edit", this::edit);
        routes.post(CHANGE + "/preview", this::previewEdit);
        routes.post(CHANGE + "/authorize", context -> decide(context, this::authorize));
        routes.post(CHANGE + "/reject", context -> decide(context, GovernancePages::reject));
    }

    private void list(Context context, String template) {
        List<InboxItem> all = waiting.items(Kind.CHANGE);
        int first = Math.min(number(context.queryParam("from")), all.size());
        List<InboxItem> shown = all.subList(first, Math.min(first + PER_PAGE, all.size()));
        List<ChangeCard> cards = shown.stream()
                .map(this::card)
                .flatMap(Optional::stream)
                .filter(ChangeCard::isPending)
                .toList();
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("cards", cards);
        values.put("count", all.size());
        values.put("first", first);
        values.put("next", first + PER_PAGE < all.size() ? first + PER_PAGE : -1);
        values.put("previous", first == 0 ? -1 : Math.max(first - PER_PAGE, 0));
        values.put(
                "unreadable",
                waiting.items(Kind.PROBLEM).stream().map(InboxItem::title).toList());
        values.put("isSplit", isSplit(context));
        values.put("done", done(context));
        pages.show(context, template, "Governance", SECTION, values);
    }

    /** A change as it is now; empty if it has gone meanwhile. */
    private Optional<ChangeCard> card(InboxItem item) {
        String project = item.project() == null ? "" : item.project();
        GovernanceClient client = daemon.inProject(project);
        try {
            return Optional.of(card(project, client.change(item.id()), client.preview(item.id())));
        } catch (GovernanceRefusedException e) {
            return Optional.empty();
        }
    }

    private ChangeCard card(String project, SovereignChange change, ChangePreview preview) {
        return ChangeCard.of(project, change, preview, clock.instant());
    }

    /** A page after a decision says which one it was. */
    private static @Nullable String done(Context context) {
        @Nullable String done = context.queryParam("done");
        @Nullable String id = context.queryParam("id");
        return done == null || id == null || !DONE.contains(done) ? null : id + " is " + done + ".";
    }

    private static boolean isSplit(Context context) {
        return "split".equals(context.queryParam("view"));
    }

    static int number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }

    private GovernanceClient client(Context context) {
        return daemon.inProject(context.pathParam("project"));
    }

    private void change(Context context, @Nullable String warning) {
        GovernanceClient client = client(context);
        SovereignChange change = client.change(context.pathParam("id"));
        ChangeCard card = card(context.pathParam("project"), change, client.preview(change.id()));
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("card", card);
        values.put("warning", warning);
        values.put("isSplit", isSplit(context));
        values.put("trail", ChangeTrail.of(client, change));
        pages.show(context, "change.jte", card.targetPath(), SECTION, values);
    }

    private void edit(Context context) {
        SovereignChange change = client(context).change(context.pathParam("id"));
        EditedProposal texts = EditedProposal.of(change.proposal())
                .orElseThrow(() -> new BadRequestResponse(
                        "This proposal cannot be edited in a form; use `agenttower scr edit " + change.id() + "`"));
        showEdit(context, change, texts, client(context).preview(change.id()), null);
    }

    private void previewEdit(Context context) {
        SovereignChange change = client(context).change(context.pathParam("id"));
        EditedProposal texts = EditedProposal.ofForm(context::formParam);
        try {
            showEdit(context, change, texts, client(context).preview(change.id(), edited(change, texts)), null);
        } catch (MalformedJsonException e) {
            showEdit(context, change, texts, null, e.getMessage());
        }
    }

    private void showEdit(
            Context context,
            SovereignChange change,
            EditedProposal texts,
            @Nullable ChangePreview preview,
            @Nullable String warning) {
        ChangePreview shown = preview == null ? client(context).preview(change.id()) : preview;
        Map<String, @Nullable Object> values = new HashMap<>();
        ChangeCard card = card(context.pathParam("project"), change, shown);
        values.put("card", card);
        values.put("texts", texts);
        values.put("warning", warning == null ? null : Shown.line(warning));
        values.put("isPreview", preview != null);
        boolean isFragment = "result".equals(context.header("HX-Target"));
        if (isFragment) {
            values.remove("texts");
        }
        pages.show(context, isFragment ? "result.jte" : "edit.jte", "Edit " + card.targetPath(), SECTION, values);
    }

    private static Proposal edited(SovereignChange change, EditedProposal texts) {
        Proposal original = change.proposal();
        if (original == null) {
            throw new BadRequestResponse("This proposal cannot be edited here.");
        }
        return texts.like(original);
    }

    /** A decision on a change, by a client that knows the project and the passphrase; returns what was done. */
    private interface Decision {
        String decide(Context context, GovernanceClient client);
    }

    private void decide(Context context, Decision decision) {
        Visitor visitor = context.attribute(Pages.VISITOR);
        if (visitor == null || !visitor.canDecide()) {
            pages.error(
                    context,
                    403,
                    "Not decided",
                    "Only a human decides: " + (visitor == null ? "nobody is known" : visitor.explanation())
                            + ". Decide in a terminal, or set a passphrase with `agenttower operator set-passphrase`.");
            return;
        }
        @Nullable String passphrase = context.formParam("passphrase");
        GovernanceClient client = client(context);
        try {
            String done = decision.decide(
                    context, passphrase == null || passphrase.isEmpty() ? client : client.withPassphrase(passphrase));
            waiting.decided(context.pathParam("project"), context.pathParam("id"));
            context.redirect(
                    "/governance?done=" + Shown.segment(done) + "&id=" + Shown.segment(context.pathParam("id")),
                    HttpStatus.SEE_OTHER);
        } catch (GovernanceRefusedException e) {
            boolean isStale = e.kind() == GovernanceRefusedException.Kind.CONFLICT;
            if (!isStale && !ASKING.contains(e.code()) && e.kind() != GovernanceRefusedException.Kind.INVALID) {
                throw e;
            }
            context.status(e.status());
            String warning = isStale
                    ? "Nothing was written: the file or the proposal has changed since you looked. This is how it is now."
                    : "Nothing was written: " + Shown.line(String.valueOf(e.getMessage()));
            if (context.formParam("new_text") == null) {
                change(context, warning);
            } else {
                EditedProposal texts = EditedProposal.ofForm(context::formParam);
                SovereignChange change = client.change(context.pathParam("id"));
                showEdit(context, change, texts, client.preview(change.id(), edited(change, texts)), warning);
            }
        }
    }

    private String authorize(Context context, GovernanceClient client) {
        String id = context.pathParam("id");
        SovereignChange change = client.change(id);
        @Nullable Proposal edited = context.formParam("new_text") == null
                ? null
                : edited(change, EditedProposal.ofForm(context::formParam));
        client.authorize(new Authorization(id, seen(context, "expected_sha256"), seenResult(context), edited));
        return edited == null ? "authorized" : "edited and authorized";
    }

    /** A hash that the human saw; null for a file that does not exist. */
    private static @Nullable String seen(Context context, String field) {
        @Nullable String hash = context.formParam(field);
        if (hash == null) {
            throw new BadRequestResponse("The form does not say what was seen.");
        }
        return hash.isEmpty() ? null : hash;
    }

    private static String seenResult(Context context) {
        @Nullable String hash = seen(context, "expected_result_sha256");
        if (hash == null) {
            throw new BadRequestResponse("Nothing can be authorized that was not seen.");
        }
        return hash;
    }

    private static String reject(Context context, GovernanceClient client) {
        String id = context.pathParam("id");
        @Nullable String reason = context.formParam("reason");
        client.reject(id, reason == null ? "" : reason.substring(0, Math.min(reason.length(), REASON)));
        return "rejected";
    }
}
