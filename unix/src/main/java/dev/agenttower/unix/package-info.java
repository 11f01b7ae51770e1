/**
 * Unix sockets in the file system, and the processes at their other end: shared by the servers of all protocols. Entry type: {@link
 * dev.agenttower.unix.SocketFile}.
 */
@NullMarked
package dev.agenttower.unix;

import org.jspecify.annotations.NullMarked;
