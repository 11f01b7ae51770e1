/**
 * Agents: panes that a person or a program has adopted, with their role, capability and label.
 */
@NullMarked
package dev.agenttower.core.agent;

import org.jspecify.annotations.NullMarked;
