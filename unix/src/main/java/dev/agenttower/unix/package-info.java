/**
 * Unix sockets in the file system, and the processes at their other end: what every server of such a socket needs, whatever protocol it
 * speaks. Entry type: {@link dev.agenttower.unix.SocketFile}.
 */
@NullMarked
package dev.agenttower.unix;

import org.jspecify.annotations.NullMarked;
