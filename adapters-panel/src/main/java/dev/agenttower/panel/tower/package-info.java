/** What the tower knows of agents, prompts, routes and events, by the lists for control panels. */
@NullMarked
package dev.agenttower.panel.tower;

import org.jspecify.annotations.NullMarked;
