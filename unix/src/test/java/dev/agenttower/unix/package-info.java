/** Tests of sockets in the file system. */
@NullMarked
package dev.agenttower.unix;

import org.jspecify.annotations.NullMarked;
