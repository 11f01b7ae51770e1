/**
 * Who is asking: governed sessions, and the role of a caller by the session it runs in, what its environment says, and what the project says.
 *
 * <p>{@link dev.agenttower.core.governance.role.RoleResolution} and {@link dev.agenttower.core.governance.role.AgentSessions} are the use cases.
 */
@NullMarked
package dev.agenttower.core.governance.role;

import org.jspecify.annotations.NullMarked;
