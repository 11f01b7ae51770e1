/**
 * Unix sockets in the file system, and who is at their other end: what every server and client of such a socket needs, whatever is spoken
 * on it. Entry types: {@link dev.agenttower.unix.SocketFile} to listen, {@link dev.agenttower.unix.SocketLink} to connect.
 */
@NullMarked
package dev.agenttower.unix;

import org.jspecify.annotations.NullMarked;
