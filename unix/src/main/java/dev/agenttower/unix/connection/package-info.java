/**
 * The connection server of all protocols of the daemon: one thread accepts and receives, bounded workers serve. A protocol implements
 * {@link dev.agenttower.unix.connection.Protocol} and {@link dev.agenttower.unix.connection.Session}. Entry type: {@link
 * dev.agenttower.unix.connection.ConnectionServer}.
 */
@NullMarked
package dev.agenttower.unix.connection;

import org.jspecify.annotations.NullMarked;
