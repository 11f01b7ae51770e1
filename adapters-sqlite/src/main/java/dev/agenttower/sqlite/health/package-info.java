/** Figures of the dashboard and the state of the database. */
@NullMarked
package dev.agenttower.sqlite.health;

import org.jspecify.annotations.NullMarked;
