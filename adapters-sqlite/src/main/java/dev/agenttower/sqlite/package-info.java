/**
 * The stores on SQLite: {@link dev.agenttower.sqlite.Registry} creates and migrates the database file, {@link
 * dev.agenttower.sqlite.SqliteStores} reads and writes it.
 *
 * <p>Other processes write the same file, so rows are never cached.
 */
@NullMarked
package dev.agenttower.sqlite;

import org.jspecify.annotations.NullMarked;
