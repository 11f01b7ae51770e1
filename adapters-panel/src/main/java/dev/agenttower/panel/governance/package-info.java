/**
 * Changes that wait for the human, their decision, their history, and the policy of projects.
 */
@NullMarked
package dev.agenttower.panel.governance;

import org.jspecify.annotations.NullMarked;
