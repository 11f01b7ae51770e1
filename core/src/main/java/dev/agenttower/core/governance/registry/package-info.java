/**
 * The governed projects of a user: which folders they are, how a caller selects one, and the use cases of each.
 *
 * <p>{@link dev.agenttower.core.governance.registry.GovernedProjects} is the entry;
 * {@link dev.agenttower.core.governance.registry.GovernedProject} is one project, which can be embedded alone.
 */
@NullMarked
package dev.agenttower.core.governance.registry;

import org.jspecify.annotations.NullMarked;
