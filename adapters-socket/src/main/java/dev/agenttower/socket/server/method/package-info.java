/** Methods of the socket by name: what a method is, what it is called with and what it gives back. */
@NullMarked
package dev.agenttower.socket.server.method;

import org.jspecify.annotations.NullMarked;
