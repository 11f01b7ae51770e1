/** Tests of the connection server, with a protocol of single words. */
@NullMarked
package dev.agenttower.unix.connection;

import org.jspecify.annotations.NullMarked;
