/** Sessions of agents, the active role, and the uncommitted changes that a session leaves. */
@NullMarked
package dev.agenttower.workspace.role;

import org.jspecify.annotations.NullMarked;
