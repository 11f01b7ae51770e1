/** The database file: its permissions, its connections, one for writing and several for reading, and its JSON columns. */
@NullMarked
package dev.agenttower.sqlite.database;

import org.jspecify.annotations.NullMarked;
