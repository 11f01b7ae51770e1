package dev.agenttower.core.governance.policy;

import dev.agenttower.core.governance.project.Located;
import dev.agenttower.core.governance.project.ProjectTree;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an action is allowed. The checks run in a fixed order, and the first that fails denies.
 *
 * <p>A path must be allowed both as written and with all links resolved. Thread-safe; writes nothing.
 */
public final class PolicyDecision {
    private final ProjectTree tree;
    private final Intents intents;

    /** Decisions for the files of one project. */
    public PolicyDecision(ProjectTree tree, Intents intents) {
        this.tree = tree;
        this.intents = intents;
    }

    /** Decides one action. */
    public Ruling decide(Policy policy, ActionRequest request) {
        String target = request.target();
        Located located = target == null ? null : tree.locate(target);
        Ruling denial = located == null ? null : contained(request, located);
        if (denial == null) {
            denial = intent(request);
        }
        if (denial == null && located != null) {
            denial = unprotected(policy, request, located);
        }
        if (denial == null) {
            denial = arguments(request);
        }
        if (denial != null) {
            return denial;
        }
        String constitutional = policy.isFramework() ? constitutional(request, located) : null;
        if (constitutional != null) {
            denial = justified(policy, request, located, constitutional);
            if (denial != null) {
                return denial;
            }
        }
        return standard(policy, request, located, constitutional == null ? 3 : 2);
    }

    /** Whether a project keeps a path from the tools of agents, by its text or by where it really leads. */
    public boolean isUnreadable(Policy policy, String path) {
        PathSet unreadable = policy.settings().unreadablePaths();
        if (unreadable.isEmpty()) {
            return false;
        }
        Located located = tree.locate(path);
        String real = located.real();
        return unreadable.covers(located.normal()) || (real != null && unreadable.covers(real));
    }

    private static @Nullable Ruling contained(ActionRequest request, Located located) {
        if (located.real() != null
                && !located.normal().startsWith("..")
                && !located.normal().startsWith("/")) {
            return null;
        }
        return Ruling.denied(
                "path_outside_project_root",
                1,
                "denied_containment",
                "containment",
                "DENIED: Path " + request.target() + " escapes project root. Rationale: " + request.rationale());
    }

    private @Nullable Ruling intent(ActionRequest request) {
        String intentId = request.text("intent_id");
        if (intentId == null) {
            return null;
        }
        Optional<String> status = intents.status(intentId);
        if (status.isEmpty()) {
            return Ruling.denied(
                            "intent_not_found",
                            3,
                            "denied_intent",
                            "intent_not_found",
                            "DENIED: Intent " + intentId + " not found. Rationale: " + request.rationale())
                    .with("intent_id", intentId);
        }
        if (Intents.isOver(status.get())) {
            return Ruling.denied(
                            "intent_inactive",
                            3,
                            "denied_intent",
                            "intent_inactive",
                            "DENIED: Intent " + intentId + " is " + status.get() + ". Rationale: "
                                    + request.rationale())
                    .with("intent_id", intentId);
        }
        return null;
    }

    private @Nullable Ruling unprotected(Policy policy, ActionRequest request, Located located) {
        ProtectedPaths paths = policy.protectedPaths();
        String real = real(located);
        if (paths.touchesSovereign(located.normal())
                || paths.touchesSovereign(real)
                || leadsToSovereign(paths.sovereign(), real)) {
            return Ruling.denied(
                    "sovereign_path_violation",
                    1,
                    "sovereign_path_violation",
                    "sovereign_path_violation",
                    "DENIED: Attempt to modify sovereign path " + located.normal() + ". Rationale: "
                            + request.rationale());
        }
        if (paths.isKept(located.normal()) || paths.isKept(real)) {
            return Ruling.denied(
                    "governance_file_protected",
                    1,
                    "governance_lock_violation",
                    "gov_lock_violation",
                    "DENIED: Agent attempted to modify governance-locked file " + located.normal() + ". Rationale: "
                            + request.rationale());
        }
        return null;
    }

    /** Whether a path is a sovereign file under another name: a sovereign path may be a link, lie below one, or have a hard link. */
    private boolean leadsToSovereign(List<String> sovereign, String real) {
        return ProtectedPaths.touches(real, tree.destinationsElsewhere(sovereign))
                || !tree.sameFiles(real, sovereign).isEmpty();
    }

    /** Denies git names that git could parse as options. */
    private static @Nullable Ruling arguments(ActionRequest request) {
        for (String param : List.of("remote", "branch", "tag")) {
            String value = request.text(param);
            if (request.action().startsWith("git_") && value != null && value.startsWith("-")) {
                String reason = "git argument '" + value + "' begins with a dash";
                return Ruling.denied(
                        reason,
                        3,
                        "denied_" + request.normalAction(),
                        "denial_" + request.normalAction(),
                        "DENIED: " + reason + ". Rationale provided: " + request.rationale());
            }
        }
        return null;
    }

    /** Describes the constitutional object of an action; null if there is none. */
    private static @Nullable String constitutional(ActionRequest request, @Nullable Located located) {
        if (located != null
                && (ProtectedPaths.touches(located.normal(), ProtectedPaths.CONSTITUTIONAL)
                        || ProtectedPaths.touches(real(located), ProtectedPaths.CONSTITUTIONAL))) {
            return "Tier 2 path " + located.normal();
        }
        if (request.normalAction().equals("git_tag")) {
            return "git_tag is a Tier 2 action";
        }
        String branch = request.text("branch");
        return request.normalAction().equals("git_push") && (branch == null || branch.equals("main"))
                ? "Pushing to main is a Tier 2 action"
                : null;
    }

    private static @Nullable Ruling justified(
            Policy policy, ActionRequest request, @Nullable Located located, String what) {
        String lacks = null;
        if (what.startsWith("Tier 2 path ")
                && located != null
                && (!ProtectedPaths.CONSTITUTIONAL.contains(real(located))
                        || !policy.isListed(request.specId(), located.normal())
                        || !policy.isListed(request.specId(), real(located)))) {
            lacks = "explicit spec listing";
        } else {
            String justification = request.text("tier2_justification");
            if (justification == null || justification.isBlank()) {
                lacks = "tier2_justification";
            }
        }
        return lacks == null
                ? null
                : Ruling.denied(
                        "tier2_authorization_required",
                        2,
                        "tier2_denied",
                        "tier2_denied",
                        "DENIED: " + what + " requires " + lacks + ". Rationale: " + request.rationale());
    }

    private static Ruling standard(Policy policy, ActionRequest request, @Nullable Located located, int tier) {
        String reason = null;
        String brokenFile = PolicyFiles.SPECS;
        PolicyProblem settings = policy.problemOf(PolicyFiles.SETTINGS);
        if (settings != null) {
            reason = "Policy file " + settings.sentence();
            brokenFile = PolicyFiles.SETTINGS;
        } else if (!policy.authorizes(request.specId(), request.role(), request.normalAction())) {
            reason = "Spec " + request.specId() + " does not authorize role " + request.role() + " for action "
                    + request.normalAction();
        } else if (located != null && !allows(located, path -> policy.isInJurisdiction(request.role(), path))) {
            reason = "Path " + request.target() + " is outside the jurisdiction of role " + request.role();
            brokenFile = PolicyFiles.JURISDICTIONS;
        } else if (located != null && !allows(located, path -> policy.isCovered(request.specId(), path))) {
            reason = "Path " + request.target() + " is not authorized by spec " + request.specId();
        }
        if (reason == null) {
            return Ruling.allowed(tier, located == null ? null : real(located));
        }
        PolicyProblem problem = policy.problemOf(brokenFile);
        return Ruling.denied(
                        reason,
                        tier,
                        "denied_" + request.normalAction(),
                        "denial_" + request.normalAction(),
                        "DENIED: " + reason + ". Rationale provided: " + request.rationale())
                .withDetail(problem == null ? null : problem.sentence());
    }

    private static boolean allows(Located located, Predicate<String> covers) {
        return covers.test(located.normal()) && covers.test(real(located));
    }

    /** The resolved path of a contained one. */
    private static String real(Located located) {
        String real = located.real();
        if (real == null) {
            throw new IllegalStateException("'" + located.normal() + "' is outside the root");
        }
        return real;
    }
}
