/**
 * The policy: roles with their jurisdictions, specs that authorize roles, protected paths, and the decision about an action.
 *
 * <p>{@link dev.agenttower.core.governance.policy.ActionRequests} is the use case; the decision itself is
 * {@link dev.agenttower.core.governance.policy.PolicyDecision}, which reads files only through ports.
 */
@NullMarked
package dev.agenttower.core.governance.policy;

import org.jspecify.annotations.NullMarked;
