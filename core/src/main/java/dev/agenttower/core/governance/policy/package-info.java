/**
 * What an agent may do: roles with their jurisdictions, specs that authorize roles, protected paths, and the decision over one action.
 *
 * <p>{@link dev.agenttower.core.governance.policy.ActionRequests} is the use case; the decision itself is
 * {@link dev.agenttower.core.governance.policy.PolicyDecision}, which reads no file but through ports.
 */
@NullMarked
package dev.agenttower.core.governance.policy;

import org.jspecify.annotations.NullMarked;
