/** The database file: opened, prepared and migrated, read by several connections and written by one. */
@NullMarked
package dev.agenttower.sqlite.database;

import org.jspecify.annotations.NullMarked;
