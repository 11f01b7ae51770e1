/**
 * Governed sessions, and the role of a caller by its session, its environment, and the settings of the project.
 *
 * <p>{@link dev.agenttower.core.governance.role.RoleResolution} and {@link dev.agenttower.core.governance.role.AgentSessions} are the use cases.
 */
@NullMarked
package dev.agenttower.core.governance.role;

import org.jspecify.annotations.NullMarked;
